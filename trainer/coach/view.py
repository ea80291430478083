"""The view: the flow as a snapshot, built anew only where something changed."""

from trainer.coach.flow import Flow
from trainer.coach.part import Part
from trainer.coach.words import NO_DATA
from trainer.core.cues import StopReason
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import tr

_WORK = frozenset({Phase.WORK, Phase.FOLLOW})
_MVC = frozenset({Phase.MVC_READY, Phase.MVC_PRESS, Phase.MVC_REST})


class View:
    """Remembers the last snapshot."""

    def __init__(self) -> None:
        self._version = -1
        self._shown_s: float = 0.0
        self._snapshot = Snapshot()

    def show(self, flow: Flow, part: Part) -> Snapshot:
        """Return all that the coach knows; what the engine knows is left at its default."""
        is_running = part.is_timed or flow.lamp_s is not None
        shown_s = flow.now_s if is_running else 0.0
        if flow.version != self._version or shown_s != self._shown_s:
            self._version, self._shown_s = flow.version, shown_s
            self._snapshot = _picture(flow, part)
        return self._snapshot


def _picture(flow: Flow, part: Part) -> Snapshot:
    labels, book, target = flow.labels, flow.book, flow.target
    is_follow = flow.phase is Phase.FOLLOW
    is_new_set = flow.phase is Phase.COUNTDOWN
    return Snapshot(
        phase=flow.phase,
        exercise=tr(flow.exercise.title),
        athlete=labels.athlete,
        side=labels.side,
        is_press_asked=not flow.is_stale and _is_press_asked(flow, part),
        cue=tr("WAIT") if flow.is_stale else part.word,
        message=tr(NO_DATA) if flow.is_stale else flow.message,
        set_number=book.sets + is_new_set,
        sets=0 if is_follow else len(labels.sides),
        rep=0 if is_new_set else book.counted,
        reps=0 if is_follow else flow.plan.reps,
        hold_s=0.0 if flow.lamp_s is None else max(0.0, flow.now_s - flow.lamp_s),
        hold_goal_s=part.goal_s,
        left_s=part.left_s,
        target_low_n=None if target is None else target.low_n,
        target_high_n=None if target is None else target.high_n,
        is_target_estimated=target is not None and target.is_estimated,
        mvc_n=flow.mvc_n,
        mvc_trial=flow.maxima.trial if flow.phase in _MVC else 0,
        mvc_trials=flow.exercise.mvc.trials if flow.phase in _MVC else 0,
        is_compensating=flow.is_compensating,
        decline_pct=flow.decline_pct if flow.phase in _WORK else None,
        can_undo=flow.can_undo,
        stop_reason="" if flow.stop_reason is None else flow.stop_reason.value,
        is_pain_asked=flow.stop_reason is StopReason.BUTTON,
    )


def _is_press_asked(flow: Flow, part: Part) -> bool:
    if flow.phase is Phase.FOLLOW:
        return flow.lamp_s is not None
    return flow.phase is Phase.WORK and part.is_force_wanted
