"""The step down after pain: a rung, resistance and reps, and never to anything heavier."""

from collections.abc import Iterator
from dataclasses import replace

from trainer.coach.programme import Circuit, Step
from trainer.coach.rung import scale_dose
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import Block
from trainer.core.texts import tr
from trainer.plan.days import WEEK, since
from trainer.plan.ladder import Sight, capital, eased_circuit
from trainer.plan.pain import Hurt
from trainer.plan.position import MOST_CUTS, Position, rung_at
from trainer.plan.session import fit_cap


def decide_dial_back(sight: Sight) -> Decision | None:
    """Return the step down that new pain asks for: one rung, less force, fewer reps."""
    fresh = [hurt for hurt in sight.hurts if hurt.cuts and _is_fresh(sight, hurt)]
    if not fresh:
        return None
    worst = max(fresh, key=lambda hurt: (hurt.cuts, hurt.at))
    lower = _lower(sight, worst.cuts)
    rung = rung_at(sight.records.programme, lower.index)
    text = tr("{pain}: {changes} and one more rest day.")
    return Decision(
        What.DIAL_BACK,
        "flare-up",
        text.format(
            pain=capital(worst.reason.sentence),
            changes=", ".join(_changes(sight.position, lower, rung.id)),
        ),
        worst.reason.figures,
        sight.records.programme.id,
        rung.id,
        lower.resistance_cuts,
        lower.rep_cuts,
    )


def _changes(old: Position, new: Position, rung: str) -> Iterator[str]:
    """Yield what really changes: on the lowest rung, and with all cuts taken, that is less."""
    if new.index < old.index:
        yield tr("down to rung {rung}").format(rung=rung)
    else:
        yield tr("still rung {rung}, the lowest").format(rung=rung)
    if new.resistance_cuts > old.resistance_cuts:
        yield tr("less resistance")
    if new.rep_cuts > old.rep_cuts:
        yield tr("fewer reps")


def load_of(circuit: Circuit) -> float:
    """Return the load of a circuit's work: seconds under force times percent of the maximum."""
    return sum(
        step.sets * _pressed_s(step) * (step.target_pct_mvc or 0.0)
        for step in circuit.steps
        if step.block is Block.WORK
    )


def _lower(sight: Sight, cuts: int) -> Position:
    """Return the place a rung below, with more cuts where that rung would be the heavier one.

    The last rung of a phase may ask for more than the first one of the next.
    """
    ladder = tuple(_lower_places(sight.position, cuts))
    most = _load(sight, sight.position)
    return next((place for place in ladder if _load(sight, place) <= most), ladder[-1])


def _lower_places(position: Position, cuts: int) -> Iterator[Position]:
    for more in range(cuts, MOST_CUTS + 1):
        yield replace(
            position,
            index=max(0, position.index - 1),
            below=None,
            resistance_cuts=min(MOST_CUTS, position.resistance_cuts + more),
            rep_cuts=min(MOST_CUTS, position.rep_cuts + more),
        )


def _load(sight: Sight, position: Position) -> float:
    circuit = eased_circuit(sight.records, position, sight.at)
    circuit = scale_dose(circuit, resistance=position.resistance, reps=position.reps)
    return load_of(fit_cap(circuit, sight.records.programme))


def _pressed_s(step: Step) -> float:
    return step.duration_s or step.reps * (step.hold_s or step.tempo.up_s + step.tempo.hold_s)


def _is_fresh(sight: Sight, hurt: Hurt) -> bool:
    """Whether pain was not answered yet: what follows before the next hard work is the same."""
    position = sight.position
    if position.since is None or sight.at - hurt.at > 2 * WEEK:
        return False
    if position.dialled_at is None:
        return True
    if hurt.at <= position.dialled_at:
        return False
    worked = any(
        position.dialled_at < entry.at <= hurt.at
        for entry in since(sight.records.sessions, position.dialled_at)
        if entry.said.is_hard
    )
    return worked or hurt.at - position.dialled_at >= WEEK
