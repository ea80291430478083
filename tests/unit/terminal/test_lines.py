"""The session as plain lines."""

import errno
import signal
from collections.abc import Callable
from dataclasses import replace

from tests.unit.terminal.fakeengine import WORK, FakeEngine
from trainer.core.cues import Side
from trainer.core.link import Health, Vitals
from trainer.core.snapshot import LinkState, Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.terminal.lines import Teller, run_lines

READY = replace(
    WORK, phase=Phase.READY, cue="READY", message="Feet on.", set_number=0, rep=0, hold_s=0.0
)


def run(engine: FakeEngine) -> list[str]:
    lines: list[str] = []
    run_lines(engine, lines.append, wait=engine.step, clock=engine.clock)
    return lines


def told(*snapshots: Snapshot) -> list[str]:
    """Return what is told of the snapshots after the first, without the time."""
    teller = Teller()
    teller.tell(snapshots[0], Alarm.NONE)
    return [line[6:] for s in snapshots[1:] for line in teller.tell(s, Alarm.NONE)]


def change(**fields: object) -> Callable[[FakeEngine], None]:
    return lambda engine: engine.show(**fields)


def test_it_asks_for_nothing_and_ends_with_the_session(engine: FakeEngine) -> None:
    engine.snapshot = READY
    engine.script = [
        change(),
        change(phase=Phase.TARE, left_s=2.0, message="Relax."),
        change(phase=Phase.WORK, set_number=1, message="", at_s=70.0),
        change(rep=1),
        change(phase=Phase.DONE, message="Well done."),
    ]
    lines = run(engine)
    assert engine.sent == []
    assert [line[6:] for line in lines] == [
        "SIMULATED, Toe curl, Anna, LEFT FOOT",
        "Feet on.",
        "zero: 2 s without pressing",
        "Relax.",
        "rep 1 of 20   set 1 of 3",
        "set 1 over: 1 rep",
        "DONE",
        "Well done.",
        "link 87.7 Hz, 3 lost, 1 rejected, 1 gap",
    ]
    assert lines[4].startswith("1:10  ")


def test_a_replay_needs_no_start(engine: FakeEngine) -> None:
    engine.snapshot = replace(WORK, phase=Phase.FOLLOW, sets=0, reps=0, is_simulated=False)
    assert run(engine)[0] == "0:00  REPLAY, Toe curl, Anna, LEFT FOOT"
    assert engine.sent == []


def test_what_was_last_shown_is_told_also_when_the_session_ends_between_two_looks(
    engine: FakeEngine,
) -> None:
    def end(it: FakeEngine) -> None:
        it.show(phase=Phase.DONE, rep=20)
        it.is_finished = True

    engine.script = [end]
    assert [line[6:] for line in run(engine)][2:4] == [
        "rep 20 of 20   set 1 of 3",
        "set 1 over: 20 reps",
    ]


def test_a_signal_stops_the_session_and_says_so_once(engine: FakeEngine) -> None:
    engine.script = [lambda _: signal.raise_signal(signal.SIGHUP)]
    lines = run(engine)
    assert engine.pain_stops == 1
    assert sum("STOPPED" in line for line in lines) == 1


def test_an_engine_that_hangs_is_told_and_a_second_signal_leaves_it(engine: FakeEngine) -> None:
    engine.is_hung = True
    engine.script = [
        lambda _: signal.raise_signal(signal.SIGINT),
        change(),
        change(),
        lambda _: signal.raise_signal(signal.SIGINT),
        *[change()] * 50,
    ]
    lines = run(engine)
    assert engine.pain_stops == 2
    assert not engine.is_finished
    assert sum(line.endswith("STOPPED") for line in lines) == 1
    assert "does not answer" in lines[-1]


def test_a_reader_that_went_away_stops_the_session(engine: FakeEngine) -> None:
    def write(line: str) -> None:
        raise BrokenPipeError(errno.EPIPE, line)

    run_lines(engine, write, wait=engine.step, clock=engine.clock)
    assert engine.pain_stops == 1


def test_polling_does_not_run_hot(engine: FakeEngine) -> None:
    engine.script = [change()] * 20
    run(engine)
    assert engine.clock.monotonic_s() >= 2.0


def test_a_rep_that_was_taken_back_is_told() -> None:
    assert told(WORK, replace(WORK, rep=6)) == ["rep 6 of 20   set 1 of 3 (one taken back)"]


def test_the_next_sets_zero_reps_are_no_news() -> None:
    rest = replace(WORK, phase=Phase.REST, left_s=45.0, rep=20)
    count = replace(rest, phase=Phase.COUNTDOWN, set_number=2, rep=0, left_s=3.0)
    assert told(rest, count) == ["starts in 3 s"]


def test_the_end_of_a_set_is_told_also_when_the_next_one_was_seen_first() -> None:
    follow = replace(WORK, phase=Phase.FOLLOW)
    assert told(WORK, replace(WORK, set_number=2, rep=1)) == ["set 1 over"]
    assert told(follow, replace(follow, set_number=2, rep=1)) == ["set 1 over"]
    assert told(WORK, replace(WORK, phase=Phase.REST, set_number=2, rep=0, left_s=9.0)) == [
        "set 1 over",
        "rest 9 s",
    ]


def test_foot_athlete_target_and_maximum_are_told_when_they_change() -> None:
    changed = replace(
        WORK, side=Side.RIGHT, athlete="", mvc_n=60.0, target_low_n=20.0, target_high_n=24.0
    )
    assert told(WORK, changed) == [
        "athlete: not named",
        "now the RIGHT FOOT",
        "maximal press: 60.0 N",
        "target 20.0 to 24.0 N",
    ]


def test_stale_data_are_told_once() -> None:
    stale = replace(WORK, link=replace(WORK.link, is_stale=True))
    lines = told(WORK, stale, replace(stale, hold_s=2.0))
    assert len(lines) == 1
    assert lines[0].startswith("NO DATA")


def test_force_and_timers_alone_are_no_news() -> None:
    assert told(WORK, replace(WORK, force_n=3.0, hold_s=1.4, left_s=2.0, seq=9, at_s=9.0)) == []


def test_each_maximal_press_is_told() -> None:
    ready = replace(WORK, phase=Phase.MVC_REST, mvc_trial=2, mvc_trials=3, left_s=30.0)
    assert told(ready, replace(ready, phase=Phase.MVC_PRESS)) == ["max press 2 of 3"]


def test_a_battery_that_runs_low_is_told_once_and_the_device_at_a_loss_of_data() -> None:
    well = replace(WORK, link=LinkState(94.9, vitals=Vitals(Health(battery_v=3.6), -67)))
    low_link = LinkState(94.9, vitals=Vitals(Health(battery_v=3.4, is_battery_low=True), -67))
    low = replace(WORK, link=low_link)
    stale = replace(WORK, link=replace(low_link, is_stale=True))
    assert told(well, low, low, stale) == [
        "BATTERY LOW: battery 3.40 V LOW, -67 dBm strong",
        "NO DATA 94.9 Hz, 0 lost, 0 rejected, 0 gaps",
        "battery 3.40 V LOW, -67 dBm strong",
    ]


def test_blocks_of_a_circuit_are_told_with_the_margin_beside_the_reps() -> None:
    teller = Teller()
    teller.tell(replace(WORK, block="warm-up", exercise="Toe waves"), Alarm.NONE)
    told = teller.tell(
        replace(WORK, block="work", exercise="Toe curl", margin_pct=62.0, rep=WORK.rep + 1),
        Alarm.NONE,
    )
    assert any(line.endswith("work: Toe curl") for line in told)
    assert any(line.endswith("62 % to fatigue") for line in told)


def test_a_margin_that_is_not_known_yet_is_said_to_be_so() -> None:
    teller = Teller()
    teller.tell(WORK, Alarm.NONE)
    told = teller.tell(replace(WORK, rep=WORK.rep + 1, is_margin_watched=True), Alarm.NONE)
    assert any(line.endswith("margin not known yet") for line in told)


def test_a_sequence_tells_its_band_in_each_set_and_the_plane_of_each_beat() -> None:
    count = replace(WORK, phase=Phase.COUNTDOWN, target_low_n=None, target_high_n=None)
    first = replace(count, phase=Phase.WORK, plane="PRESS", load_band_n=(224.0, 336.0))
    second = replace(first, plane="SPREAD")
    assert told(count, first, second, second, replace(first, set_number=2)) == [
        "bear 224 to 336 N",
        "PRESS",
        "SPREAD",
        "set 1 over",
        "bear 224 to 336 N",
        "PRESS",
    ]


def test_a_stance_that_is_seen_is_not_said_to_be_led_by_the_clock() -> None:
    rest = replace(WORK, phase=Phase.REST)
    stance = replace(rest, phase=Phase.CLOCK, left_s=29.0)
    assert told(rest, stance) == ["29 s by the clock"]
    assert told(rest, replace(stance, is_standing=False)) == ["29 s on one leg"]


def test_a_pause_is_no_end_of_a_set() -> None:
    assert told(WORK, replace(WORK, phase=Phase.PAUSED)) == ["paused"]
