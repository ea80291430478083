"""Plain lines: the session told line by line where the output is no terminal."""

import time
from collections.abc import Callable
from typing import Final

from trainer.coach.words import BLOCKS, PHASES
from trainer.core.clock import SystemClock
from trainer.core.diary.training import Block
from trainer.core.linkwords import LOW_BATTERY
from trainer.core.ports import Clock, EnginePort
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import noted, tr, trn
from trainer.core.watchdog import OVER, Alarm
from trainer.terminal import words
from trainer.terminal.stop import StopButton

POLL_S: Final = 0.1
"""How often the snapshot is looked at: a rep lasts longer, whoever does it."""

_IN_SET: Final = frozenset({Phase.WORK, Phase.FOLLOW})


def run_lines(
    engine: EnginePort,
    write: Callable[[str], None],
    *,
    wait: Callable[[float], None] = time.sleep,
    clock: Clock | None = None,
) -> None:
    """Write one line per change until the session is over; it has to start by itself.

    Ctrl-C and SIGHUP are pain stops, SIGTERM is an end; insisting leaves an engine that hangs.
    Where `write` fails the session is stopped; a closed pipe raises nothing.
    """
    teller = Teller()
    button = StopButton(engine, clock or SystemClock())
    with button.on_signals(), button.on_failure():
        while not engine.is_finished:
            for line in teller.tell(engine.snapshot, button.judge()):
                write(line)
            if button.is_insisted:
                return
            wait(button.wait_s(POLL_S))
        for line in teller.tell(engine.snapshot, Alarm.NONE):
            write(line)


class Teller:
    """Turns snapshots into the lines that are new since the last one."""

    def __init__(self) -> None:
        self._last: Snapshot | None = None
        self._cue = ""
        self._message = ""

    def tell(self, snapshot: Snapshot, alarm: Alarm) -> list[str]:
        """Return the lines that say what changed, each with its stream time."""
        last, self._last = self._last, snapshot
        found = [_opening(snapshot)] if last is None else _changes(last, snapshot)
        found += self._tell_end(snapshot, alarm)
        message = words.message_words(snapshot, alarm)
        if message and message != self._message:
            self._message = message
            found.append(message)
        if snapshot.phase in OVER and (last is None or last.phase not in OVER):
            found += _link_lines(snapshot)
        minutes, seconds = divmod(int(snapshot.at_s), 60)
        return [f"{minutes}:{seconds:02d}  {line}" for line in found]

    def _tell_end(self, snapshot: Snapshot, alarm: Alarm) -> list[str]:
        """Tell an end or an alarm in one word, once."""
        is_end = snapshot.phase in OVER
        before = self._cue
        self._cue = tr(PHASES[snapshot.phase]) if is_end else ""
        if alarm is not Alarm.NONE:
            self._cue = words.cue_words(snapshot, alarm)
        return [self._cue] if self._cue and self._cue != before else []


def _opening(snapshot: Snapshot) -> str:
    parts = (words.badge_words(snapshot), *words.name_words(snapshot), words.foot_words(snapshot))
    return ", ".join(part for part in parts if part)


def _changes(last: Snapshot, new: Snapshot) -> list[str]:
    found: list[str] = []
    if new.athlete != last.athlete:
        name = words.clean(new.athlete) or tr("not named")
        found.append(tr("athlete: {name}").format(name=name))
    if new.block and (new.block, new.exercise) != (last.block, last.exercise):
        found.append(f"{tr(BLOCKS[Block(new.block)])}: {words.clean(new.exercise)}")
    if new.side is not last.side:
        found.append(tr("now the {foot}").format(foot=words.foot_words(new)))
    if new.mvc_n is not None and new.mvc_n != last.mvc_n:
        found.append(tr("maximal press: {force:.1f} N").format(force=new.mvc_n))
    found += _set_changes(last, new)
    if new.phase is not last.phase and new.phase in _PHASE_LINE:
        is_seen = new.phase is Phase.CLOCK and new.is_standing is not None
        text = tr(_STANCE_LINE if is_seen else _PHASE_LINE[new.phase])
        found.append(text.format(left=new.left_s, count=words.count_words(new)))
    target = words.target_words(new)
    is_load_due = new.load_band_n is not None and new.set_number != last.set_number
    if target and (is_load_due or target != words.target_words(last)):
        found.append(target)
    if new.plane and (new.plane, new.set_number) != (last.plane, last.set_number):
        found.append(words.clean(new.plane))
    if new.link.is_stale and not last.link.is_stale:
        found += _link_lines(new)
    if new.link.vitals.health.is_battery_low and not last.link.vitals.health.is_battery_low:
        found.append(f"{tr(LOW_BATTERY)}: {words.device_words(new.link.vitals)}")
    return found


def _link_lines(snapshot: Snapshot) -> list[str]:
    lines = (words.link_words(snapshot.link), words.device_words(snapshot.link.vitals))
    return [line for line in lines if line]


def _set_changes(last: Snapshot, new: Snapshot) -> list[str]:
    """Tell reps and the end of a set; what polling skipped shows in the numbers."""
    found: list[str] = []
    is_same_set = new.set_number == last.set_number
    if is_same_set and new.rep != last.rep and new.rep:
        is_taken_back = new.rep < last.rep
        text = tr("{count} (one taken back)") if is_taken_back else "{count}"
        found.append(text.format(count=words.count_words(new)))
    is_on = new.phase in _IN_SET or new.phase is Phase.PAUSED
    if last.phase in _IN_SET and not (is_same_set and is_on):
        reps = f": {trn('{n} rep', '{n} reps', new.rep)}" if is_same_set else ""
        found.append(tr("set {number} over").format(number=last.set_number) + reps)
    return found


_STANCE_LINE: Final = noted("{left:.0f} s on one leg")
"""Where a sensor leads it: only the time that is stood counts."""

_PHASE_LINE: Final = {
    Phase.TARE: noted("zero: {left:.0f} s without pressing"),
    Phase.MVC_PRESS: "{count}",
    Phase.COUNTDOWN: noted("starts in {left:.0f} s"),
    Phase.REST: noted("rest {left:.0f} s"),
    Phase.CLOCK: noted("{left:.0f} s by the clock"),
    Phase.PAUSED: noted("paused"),
    Phase.MVC_REST: noted("rest {left:.0f} s"),
}
