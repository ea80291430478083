"""Notes of a circuit in the diary as it goes: its sets, where it stands, pain, and its end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from trainer.app.circuitorder import CircuitOrder
from trainer.app.leftopen import ENDED
from trainer.app.made import made_key
from trainer.coach.circuit import CircuitCoach
from trainer.core.cues import Side, StopReason
from trainer.core.diary.session import RESUME, Progress
from trainer.core.diary.training import NO_FIGURE, PainReport, PainSite, SetLog
from trainer.core.snapshot import Snapshot
from trainer.library.diary import Diary, Noting

NOT_SAID: Final = 10.0
"""Of a pain stop nobody gives a figure: it is taken as the worst."""


@dataclass(frozen=True, slots=True)
class Bearings:
    """What a note says beside its record."""

    order: CircuitOrder
    session_id: str
    sets: int
    is_simulated: bool
    now: Callable[[], datetime]
    """The instant in the athlete's zone."""


class CircuitLog:
    """Keeps the diary in step with the coach; each set stands in it once."""

    def __init__(self, diary: Diary, coach: CircuitCoach, bearings: Bearings) -> None:
        self._diary = diary
        self._coach = coach
        self._bearings = bearings
        self._kept: dict[str, object] = {
            f"{bearings.session_id}/{number}": log for number, log in coach.logs.items()
        }
        self._progress: int | None = None
        self._is_pain_noted = False

    def keep(self) -> None:
        """Note what is new since the last time; raises StorageError."""
        coach, own = self._coach, self._bearings
        view = coach.view()
        for number, done in coach.logs.items():
            self._note(view, f"{own.session_id}/{number}", done)
        if coach.readiness is not None:
            self._note(view, f"{own.session_id}/readiness", coach.readiness)
        log = coach.session_log()
        if coach.logs:
            self._note(view, own.session_id, log)
        self._keep_pain(view)
        if not coach.has_begun:
            return
        if own.order.made is not None:
            self._note(view, made_key(own.session_id), own.order.made)
        if log.is_complete or (coach.is_over and len(coach.logs) >= own.sets):
            self._close()
        else:
            self._keep_progress(view)

    def _note(self, view: Snapshot, key: str, said: object) -> None:
        if self._kept.get(key) == said:
            return
        self._diary.note(self._noting(view, key, said), replaces=True)
        self._kept[key] = said

    def _noting(self, view: Snapshot, key: str, said: object) -> Noting:
        own = self._bearings
        return Noting(view.athlete, own.now(), said, own.is_simulated, key)

    def _keep_progress(self, view: Snapshot) -> None:
        own, standing = self._bearings, self._coach.standing
        said = Progress(
            session_id=own.session_id,
            programme=own.order.programme,
            circuit=own.order.circuit,
            feet=own.order.feet,
            number=standing.number,
            sets=own.sets,
            dose_share=standing.dose_share,
            warmed_s=standing.warmed_s,
            lasted_s=standing.lasted_s,
            stop_reason=view.stop_reason or (ENDED if self._coach.is_over else ""),
        )
        self._progress = self._diary.note(self._noting(view, RESUME, said), replaces=True)

    def _close(self) -> None:
        """Leave nothing to go on with."""
        if self._progress is not None:
            self._diary.take_back(self._progress)
            self._progress = None
        elif self._bearings.order.resumed is not None:
            self._diary.take_back(self._bearings.order.resumed.entry_id)

    def _keep_pain(self, view: Snapshot) -> None:
        """Note pain that stopped the session, once it is certain that it was pain."""
        if view.stop_reason != StopReason.PAIN.value or self._is_pain_noted:
            return
        self._is_pain_noted = True
        told = self._coach.stopping_pain
        said = PainReport(
            site=PainSite.NOT_SAID if told is None else told.site,
            side=view.side or Side.LEFT,
            level=NOT_SAID if told is None else told.level,
            is_sharp=told is None or told.is_sharp,
            session_id=self._bearings.session_id,
            device=self._coach.device,
            words=NO_FIGURE if told is None else "",
        )
        self._diary.note(self._noting(view, "", said))


def set_logs(diary: Diary, athlete: str, session_id: str) -> tuple[SetLog, ...]:
    """Return a session's sets as they were noted, in order."""
    entries = diary.entries(athlete, SetLog)
    own = [entry for entry in entries if entry.said.session_id == session_id]
    own.sort(key=lambda entry: int(entry.key.rpartition("/")[2]))
    return tuple(entry.said for entry in own)
