"""What is worth a tone, and the beat of a trace."""

from dataclasses import replace

from tests.unit.box.test_signs import HOLD, PRESS, WORK
from trainer.box.ear import Ear
from trainer.box.signs import Tone
from trainer.core.snapshot import LinkState, Phase, Snapshot
from trainer.core.watchdog import Alarm

TRACE = ((10.0, 0.0), (11.0, 25.0), (12.0, 25.0), (13.0, 0.0), (13.0, 0.0), (14.0, 25.0))
TRACED = replace(WORK, block="work", target_low_n=None, trace=TRACE)


def beats(
    ear: Ear, scene: Snapshot, packet_s: float, look_s: float = 0.02
) -> list[tuple[float, Tone]]:
    """Return tones and when they were heard; stream time and the clock begin at 9 s and 100 s."""
    heard: list[tuple[float, Tone]] = []
    for look in range(round(6.0 / look_s)):
        gone_s = look * look_s
        at_s = 9.0 + packet_s * (gone_s // packet_s)
        tone = ear.hear(replace(scene, at_s=at_s), Alarm.NONE, 100.0 + gone_s)
        if tone is not None:
            heard.append((9.0 + gone_s, tone))
    return heard


def test_tones_tell_begin_target_rest_and_stop_once() -> None:
    ear = Ear()
    story = [
        Snapshot(phase=Phase.COUNTDOWN),
        WORK,
        PRESS,
        HOLD,
        replace(HOLD, force_n=17.0),
        HOLD,
        WORK,
        replace(HOLD, force_n=25.0),
        Snapshot(phase=Phase.REST),
        Snapshot(phase=Phase.STOPPED, is_pain_asked=True),
        Snapshot(phase=Phase.STOPPED),
    ]
    heard = [ear.hear(snapshot, Alarm.NONE, 0.0) for snapshot in story]
    target = Tone.TARGET
    assert heard == [
        *(None, Tone.START, None, target, None, None, None, target, Tone.REST, Tone.STOP, None)
    ]


def test_a_stop_is_heard_though_the_engine_does_not_answer_and_once() -> None:
    ear = Ear()
    alarms = [Alarm.NONE, Alarm.STOPPING, Alarm.UNANSWERED]
    assert [ear.hear(HOLD, alarm, 0.0) for alarm in alarms] == [Tone.TARGET, Tone.STOP, None]
    assert ear.hear(Snapshot(phase=Phase.STOPPED), Alarm.NONE, 0.0) is None


def test_what_is_first_seen_begins_nothing() -> None:
    assert Ear().hear(Snapshot(phase=Phase.REST), Alarm.NONE, 0.0) is None


def test_the_beat_of_a_trace_is_heard_when_it_turns_however_coarse_the_packets_are() -> None:
    for packet_s in (0.02, 0.05, 0.09):
        heard = beats(Ear(), TRACED, packet_s)
        assert [tone for _, tone in heard] == [Tone.TICK, Tone.TOCK, Tone.TICK]
        for (at_s, _), due_s in zip(heard, (10.0, 12.0, 13.0), strict=True):
            assert 0.0 <= at_s - due_s < 0.05


def test_without_a_circuit_or_without_data_nothing_beats() -> None:
    assert beats(Ear(), replace(TRACED, block=""), 0.05) == []
    assert beats(Ear(), replace(TRACED, link=LinkState(is_stale=True)), 0.05) == []
    assert beats(Ear(), replace(TRACED, phase=Phase.REST), 0.05) == []


def test_a_circuit_without_a_trace_beats_with_its_cues() -> None:
    ear = Ear()
    free = replace(WORK, block="work", target_low_n=None)
    story = [free, replace(free, is_press_asked=True), free, free]
    heard = [ear.hear(snapshot, Alarm.NONE, 0.0) for snapshot in story]
    assert heard == [None, Tone.TICK, Tone.TOCK, None]


def test_a_stream_clock_that_is_set_back_beats_again() -> None:
    ear = Ear()
    assert len(beats(ear, TRACED, 0.05)) == 3
    assert len(beats(ear, TRACED, 0.05)) == 3
