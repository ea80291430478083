"""Sequences under a share of body weight: each beat asks for another plane, and the load counts.

A beat counts where the load was in the band for most of it. Where the weight is not known there is
no band: a beat counts where somebody stands there, and how to note the weight is said.
"""

from typing import ClassVar, Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.part import Part
from trainer.coach.words import OVERLOAD, foot
from trainer.core.cues import LoadAsked
from trainer.core.diary.training import EndedBy
from trainer.core.events import LoadSeen
from trainer.core.texts import noted, tr

MOST_OF_BEAT: Final = 0.5
"""Share of a beat in the band from which on it counts: the rest is the way there."""

STANDS_N: Final = 50.0
"""Without a band, somebody stands on the pad from here on (detect/onleg.py)."""

NO_WEIGHT: Final = noted(
    "Your weight is not known: footspring log weight KG. No load is asked for."
)


class Sequence(Part):
    """One set of beats, through the planes in turn."""

    is_timed: ClassVar[bool] = True
    asks_force: ClassVar[bool] = True

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow
        self._beat = 0
        self._in_band: list[bool] = []
        self._side_of_band = ""
        self.load_n: float | None = None

    @property
    def word(self) -> str:
        """Return the plane of the beat that is on, or the first cue of the exercise."""
        beats = self._circuit.item.drill.beats
        return tr(beats[self._beat % len(beats)]).upper() if beats else tr("MOVE")

    @property
    def left_s(self) -> float:
        """Return the seconds that are left of the set."""
        flow = self._circuit
        beats = flow.item.beats - self._beat - 1
        return max(0.0, flow.timer.left_s(flow.now_s)) + beats * flow.item.step.tempo.rep_s

    def enter(self) -> None:
        """Begin the beats; an interrupted set begins anew, for it is one effort."""
        flow = self._circuit
        flow.begin_set()
        self._beat, self._in_band, self._side_of_band, self.load_n = 0, [], "", None
        band = flow.load_band_n
        low_n, high_n = (STANDS_N, None) if band is None else band
        flow.message = self._opening()
        flow.say(LoadAsked(flow.now_s, flow.item.set_s, low_n, high_n))
        flow.timer.start(flow.now_s, flow.item.step.tempo.rep_s)

    def ring(self) -> None:
        """Weigh the beat that is over, and go on to the next plane."""
        flow = self._circuit
        if self._in_band and sum(self._in_band) >= MOST_OF_BEAT * len(self._in_band):
            flow.marks.beats += 1
        self._in_band = []
        self._beat += 1
        if self._beat >= flow.item.beats:
            flow.finish_set(EndedBy.DONE)
        else:
            flow.timer.start(flow.now_s, flow.item.step.tempo.rep_s)

    def seen(self, event: LoadSeen) -> None:
        """Take in what the foot bears now."""
        flow = self._circuit
        self.load_n = event.load_n
        flow.marks.loads_n.append(event.load_n)
        low_n, high_n = flow.load_band_n or (STANDS_N, float("inf"))
        self._in_band.append(low_n <= event.load_n <= high_n)
        if not self._beat:
            # How much is to be borne is to be read before what is wrong with it.
            return
        side = "less" if event.load_n < low_n else "more" if event.load_n > high_n else "in"
        if side != self._side_of_band:
            self._side_of_band = side
            flow.message = self._told(side)

    def resume(self) -> None:
        """End a set whose middle nobody saw."""
        self._circuit.finish_set(EndedBy.CUT_OFF)

    def zero(self) -> None:
        """Leave the cells alone: what they bear is what counts."""

    def overloaded(self) -> None:
        """Ask for less."""
        self.flow.message = tr(OVERLOAD)

    def _opening(self) -> str:
        flow = self._circuit
        how = tr(flow.item.drill.how)
        band = flow.load_band_n
        if band is None:
            return f"{tr(NO_WEIGHT)} {how}"
        text = tr("Let your {foot} bear {low:.0f} to {high:.0f} N, {pct:.0f} % of your weight.")
        told = text.format(
            foot=foot(flow.labels.side),
            low=band[0],
            high=band[1],
            pct=flow.item.step.target_pct_bw or 0.0,
        )
        return f"{told} {how}"

    def _told(self, side: str) -> str:
        if side == "in" and self._circuit.load_band_n is None:
            return tr(NO_WEIGHT)
        cues = self._circuit.item.drill.cues
        return {
            "less": tr("More weight onto the foot."),
            "more": tr("Less weight on the foot."),
            "in": tr(cues[0]) if cues else tr("Good, just like that."),
        }[side]
