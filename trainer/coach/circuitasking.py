"""What a circuit asks the person: readiness, how each set was, and how it went at the end."""

from dataclasses import replace
from typing import Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.dose import (
    DIALLED_SHARE,
    Pain,
    PainAct,
    is_too_heavy,
    judge_pain,
    judge_readiness,
)
from trainer.coach.setlog import DoneSet
from trainer.core.cues import SetRated
from trainer.core.diary.training import EndedBy, ReadinessCheck, SessionLog
from trainer.core.snapshot import Phase
from trainer.core.texts import tr

QUESTIONS: Final = ("pain", "stiffness", "tiredness")
"""Of the readiness check, in the order in which they are asked."""

CLOSING: Final = ("breath", "posture", "replaced")
"""After the last set, each answered by yes or no."""

YES: Final = 10.0
NO: Final = 0.0
"""Figures that stand for them where there are keys of figures alone."""

HELD_S: Final = 0.7
"""The same answer again within this is a key that was held: keyboards wait half a second, and at
most 0.66 s as X servers are shipped, before they repeat one."""


class AskingFlow(CircuitFlow):
    """The flow with its questions and answers."""

    def __init__(self, order: CircuitPlan) -> None:
        super().__init__(order)
        self.readiness: ReadinessCheck | None = None
        self.answers: dict[str, float] = {}
        self.replies: dict[str, bool | None] = {}
        """To the questions at the end; None where one was passed over."""
        self.stopping_pain: Pain | None = None
        """The answer that stopped the session."""
        self._keyed: tuple[str, float] | None = None
        """The newest answer to a question, and when it was given or repeated."""

    @property
    def is_yes_no(self) -> bool:
        """Return whether the question that is open is answered by yes or no."""
        return self.question in CLOSING

    @property
    def question(self) -> str:
        """Return what a figure is asked for now; empty where nothing is."""
        if self.phase is Phase.READINESS:
            return next((q for q in QUESTIONS if q not in self.answers), "")
        rated = self.done.get(self.item.number)
        if self.phase is not Phase.REST or rated is None:
            return ""
        if rated.page is not None and rated.ease is None:
            return "ease"
        if rated.page is not None and rated.pain is None:
            return "pain"
        is_closing = self.times.has_ended
        return next((q for q in CLOSING if q not in self.replies), "") if is_closing else ""

    def reply(self, *, is_yes: bool | None) -> None:
        """Take in a yes, a no, or that the question is passed over."""
        if self.is_yes_no and not self._is_held(str(is_yes)):
            self.replies[self.question] = is_yes

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set back."""
        super().shift(by_s)
        if self._keyed is not None:
            self._keyed = (self._keyed[0], self._keyed[1] + by_s)

    def _is_held(self, said: str) -> bool:
        """Return whether an answer is the one before it, of a key that was not let go."""
        before, self._keyed = self._keyed, (said, self.now_s)
        return before is not None and before[0] == said and self.now_s - before[1] < HELD_S

    def sum_up(self, log: SessionLog) -> SessionLog:
        """Return the session's record with what the person said of it at the end."""
        has_replaced = self.replies.get("replaced")
        return replace(
            log,
            breath=self.replies.get("breath"),
            posture=self.replies.get("posture"),
            replaced=tr("light mobility work") if has_replaced else "",
        )

    def answer(self, figure: float) -> PainAct:
        """Take in a figure for the question that is open."""
        asked = self.question
        if asked in CLOSING:
            if figure in {YES, NO}:
                self.reply(is_yes=figure == YES)
            return PainAct.GO_ON
        if asked and self._is_held(str(figure)):
            return PainAct.GO_ON
        if asked == "ease" or (not asked and self.phase is Phase.WORK):
            return self.rate_ease(figure)
        if self.phase is Phase.READINESS and asked:
            self.answers[asked] = figure
            return self._weigh_readiness()
        return self.rate_pain(Pain(figure)) if asked == "pain" else PainAct.GO_ON

    def rate_readiness(self, pain: float, stiffness: float, tiredness: float) -> PainAct:
        """Take in all three answers."""
        if self.phase is not Phase.READINESS:
            return PainAct.GO_ON
        self.answers = dict(zip(QUESTIONS, (pain, stiffness, tiredness), strict=True))
        return self._weigh_readiness()

    def _weigh_readiness(self) -> PainAct:
        found = judge_readiness(*(self.answers.get(question, 0.0) for question in QUESTIONS))
        self.share = found.dose_share
        if len(self.answers) == len(QUESTIONS):
            self.readiness = found
        return PainAct.STOP if found.dose_share <= 0 else PainAct.GO_ON

    def rate_ease(self, ease: float) -> PainAct:
        """Take in how easy the set is, or was; one that is too heavy ends."""
        if self.phase is Phase.WORK:
            self.ease = ease
            if is_too_heavy(ease, self.book.counted, self.plan.reps):
                self.lighten()
                self.notice = tr("Too heavy for so many reps: this set ends, the next is lighter.")
                self.finish_set(EndedBy.TOO_HEAVY)
            return PainAct.GO_ON
        rated = self.done.get(self.item.number)
        if rated is not None and rated.page is not None:
            rated.ease = ease
            self._say_rated(rated)
        return PainAct.GO_ON

    def rate_pain(self, pain: Pain) -> PainAct:
        """Take in how much the set hurts, or hurt, and return what follows."""
        is_known = self.order.has_known_pain or self.answers.get("pain", 0.0) > 0
        act = judge_pain(pain, is_known=is_known)
        self.stopping_pain = pain if act is PainAct.STOP else None
        rated = None if self.is_on else self.done.get(self.item.number)
        if self.is_on:
            self.pain = pain.level
        elif rated is not None and rated.ended_by is not EndedBy.SKIPPED:
            rated.pain = pain.level
            self._say_rated(rated)
        if act is PainAct.DIAL_BACK:
            self.share *= DIALLED_SHARE
            self.load_share *= DIALLED_SHARE
            self.notice = tr("Dialled back: fewer reps and less force from the next set on.")
        return act

    def _say_rated(self, rated: DoneSet) -> None:
        self.say(SetRated(self.now_s, rated.item.number, rated.ease, rated.pain))
