"""Which source a session gets that none was named for: none at all where nothing is measured."""

from datetime import datetime

from trainer.app.circuitorder import CircuitOrder, find_circuit, resume_order
from trainer.app.order import Order
from trainer.app.programmes import load_programme
from trainer.coach.agenda import Item
from trainer.coach.programme import Led
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.core.texts import tr
from trainer.library.diary import Diary
from trainer.sources.catalog import NONE


def choose_source(order: Order, diary: Diary, athlete: str, folders: Folders, now: datetime) -> str:
    """Return what the session trains with: as ordered; none where only the clock leads it.

    Raises UsageError: the circuit is not known, or nothing was cut off.
    """
    if order.is_source_given or order.balance is not None:
        return order.source
    asked = CircuitOrder(order.circuit or "", order.programme, made=order.made)
    if order.is_resumed:
        asked = resume_order(diary, athlete, now)
    if not asked.circuit:
        return order.source
    programme = load_programme(asked.programme or None, folders)
    made = asked.made
    circuit = find_circuit(programme, asked.circuit) if made is None else made.circuit
    leads = {programme.drills[step.exercise].led for step in circuit.steps}
    return NONE if leads == {Led.CLOCK} else order.source


def refuse_unseen(agenda: tuple[Item, ...]) -> None:
    """Raise UsageError where a set is to be measured, and no sensor takes part."""
    seen = next((item.drill for item in agenda if item.drill.led is not Led.CLOCK), None)
    if seen is not None:
        raise UsageError(
            tr(
                "--source none: {exercise} is measured, and no sensor takes part. Name the pad "
                "with --source, or choose `--circuit travel`."
            ).format(exercise=seen.id)
        )
