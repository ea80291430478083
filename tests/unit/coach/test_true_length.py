"""What a circuit takes when it is run, from warm-up to cooldown, against what is reckoned of it."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import Final

import pytest

from tests.unit.coach.person import EXERCISE, make_hold
from tests.unit.coach.programmes import SHIPPED, shipped
from tests.unit.coach.test_circuit import Doer
from trainer.coach.agenda import make_agenda
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.length import ANSWER_S, circuit_min, due_min, max_presses_min
from trainer.coach.plan import KnownMvc
from trainer.coach.programme import Circuit, Programme
from trainer.coach.rung import rung_circuit, rungs_in_order
from trainer.core.commands import Next
from trainer.core.cues import BalanceAsked, MaxPressAsked, PressAsked, RelaxAsked, Side
from trainer.core.diary.training import Block, EndedBy
from trainer.core.events import HoldStarted, StanceSeen, TapSeen
from trainer.core.snapshot import Phase

KNOWN: Final = (KnownMvc("Ann", Side.LEFT, 90.0), KnownMvc("Ann", Side.RIGHT, 95.0))
TAP_EVERY_S: Final = 1.0
CAP_S: Final = 15 * 60.0


class Prompt(Doer):
    """Somebody who answers every cue at once, and at whom nothing has to be said twice."""

    def __init__(
        self,
        programme: Programme,
        circuit: Circuit,
        slowness_s: float = 0.0,
        known: tuple[KnownMvc, ...] = KNOWN,
    ) -> None:
        made = CircuitPlan(
            circuit,
            make_agenda(circuit, programme.drills),
            EXERCISE,
            "Ann",
            known_mvc=known,
            luck=(0.1, 0.7, 0.4, 0.9, 0.3, 0.6),
            cap_s=inf,
        )
        super().__init__(replace(made, cap_s=CAP_S) if slowness_s else made)
        self.step_s = 0.1
        self._answer_s = ANSWER_S / 2 + slowness_s
        self._heard = self._maximal = 0

    def run(self) -> "Prompt":
        """Go through the whole circuit."""
        self.do(Next())
        while not self.coach.is_over:
            if self.view().phase is Phase.CHECK:
                self.wait(1.0)
                self.do(Next())
            elif len(self.heard(MaxPressAsked)) > self._maximal:
                self._maximal += 1
                self.wait(self._answer_s)
                self._press_hard()
            elif self._hears(PressAsked):
                self.wait(self._answer_s)
                self._press()
            elif self.view().cue == "TAP":
                self.wait(TAP_EVERY_S)
                self.feel(TapSeen(self.at_s))
            elif self.view().is_standing is not None:
                self.wait(0.25)
                stood_s = self.at_s - self.last(BalanceAsked).at_s
                self.feel(StanceSeen(self.at_s, is_standing=True, stood_s=stood_s))
            else:
                self.wait(self.step_s)
        return self

    def _press(self) -> None:
        """Hold until told to let go; a foot that has been cut off lets go by itself."""
        start_s = self.at_s
        self.feel(HoldStarted(self.at_s, start_s))
        while not self._hears(RelaxAsked) and self.view().phase is Phase.WORK:
            self.wait(self.step_s)
        self.wait(self._answer_s)
        self.end_press(make_hold(start_s, self.at_s - start_s, 36.0))

    def _press_hard(self) -> None:
        start_s = self.at_s
        self.feel(HoldStarted(self.at_s, start_s))
        self.wait(EXERCISE.mvc.press_s + self._answer_s)
        self.end_press(make_hold(start_s, self.at_s - start_s, 90.0))

    def _hears(self, kind: type[PressAsked | RelaxAsked]) -> bool:
        """Return whether the newest cue about a press is of a kind, and not heard yet."""
        for number in range(len(self.cues) - 1, self._heard - 1, -1):
            if isinstance(self.cues[number], PressAsked | RelaxAsked):
                if not isinstance(self.cues[number], kind):
                    return False
                self._heard = number + 1
                return True
        return False


def circuits() -> Iterator[tuple[str, str]]:
    for name in SHIPPED:
        own = [key for key in shipped(name).circuits if name == "foundation" or key not in _FIRST]
        yield from ((name, key) for key in own)


_FIRST: Final = frozenset(shipped("foundation").circuits)


@pytest.mark.parametrize(("name", "circuit_id"), list(circuits()))
def test_a_shipped_circuit_takes_what_is_reckoned_of_it(name: str, circuit_id: str) -> None:
    programme = shipped(name)
    circuit = programme.circuits[circuit_id]
    ran = Prompt(programme, circuit).run()
    assert {log.ended_by for log in ran.coach.logs.values()} == {EndedBy.DONE}
    lasted_s = ran.coach.session_log().duration_s
    assert lasted_s == pytest.approx(60 * circuit_min(circuit, programme.drills), rel=0.05)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_rung_takes_more_than_fifteen_minutes_when_it_is_run(name: str) -> None:
    programme = shipped(name)
    longest = max(
        (rung_circuit(programme, rung.id) for _, rung in rungs_in_order(programme)),
        key=lambda circuit: circuit_min(circuit, programme.drills),
    )
    assert Prompt(programme, longest).run().coach.session_log().duration_s <= CAP_S


def test_who_is_slow_leaves_sets_out_and_cools_down_within_the_cap() -> None:
    programme = shipped("foundation")
    ran = Prompt(programme, programme.circuits["standard"], slowness_s=1.5).run()
    log = ran.coach.session_log()
    assert log.duration_s <= CAP_S
    assert log.is_complete
    logs = ran.coach.logs.values()
    dropped = [one for one in logs if one.ended_by is EndedBy.SKIPPED]
    assert dropped
    assert {one.block for one in dropped} == {Block.WORK}
    assert len({one.side for one in dropped}) == 2


@pytest.mark.parametrize("circuit_id", ["baseline", "standard_set", "try_out"])
def test_maximal_presses_are_reckoned_where_no_maximum_is_known(circuit_id: str) -> None:
    programme = shipped("foundation")
    circuit, drills = programme.circuits[circuit_id], programme.drills
    lasted_s = Prompt(programme, circuit, known=()).run().coach.session_log().duration_s
    whole_min = circuit_min(circuit, drills) + max_presses_min(circuit, drills)
    assert lasted_s == pytest.approx(60 * whole_min, rel=0.03)


def test_a_baseline_measures_anew_and_a_standard_set_only_what_is_not_known() -> None:
    circuits, drills = shipped("foundation").circuits, shipped("foundation").drills
    assert due_min(circuits["baseline"], drills) == pytest.approx(20.4, abs=0.1)
    for circuit_id in ("standard_set", "standard"):
        circuit = circuits[circuit_id]
        assert due_min(circuit, drills) == circuit_min(circuit, drills)
    assert max_presses_min(circuits["standard"], drills) == 0
