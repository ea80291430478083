"""The device and the surface of a session's sets: as ordered, else as noted beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from trainer.app.deviceshelf import DeviceShelf
from trainer.coach.programme import Circuit, Drill, Led, Step
from trainer.core.diary.devices import DeviceUse, SafetyCheck
from trainer.core.diary.training import Block, SessionKind
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind
from trainer.devices.checks import next_check

WITHOUT: Final = "none"
"""In place of a device's id."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sets are done with and on."""

    device_id: str = ""
    """Empty: none."""
    kind: Kind | None = None
    surface: str = ""
    is_ordered: bool = False
    """Named for this session, `none` too."""


def choose_device(shelf: DeviceShelf, asked: str | None, resumed: str = "") -> Chosen:
    """Return what a session is done with. Raises UsageError: not known, blocked, or closed.

    A session that goes on (its id is `resumed`) keeps its device. What was only noted for the sets
    to come and is blocked since is left out.
    """
    uses = shelf.book.entries(DeviceUse)
    noted = uses[-1].said if uses else DeviceUse("")
    if asked == WITHOUT:
        return Chosen(surface=noted.surface, is_ordered=True)
    if asked is not None:
        device = shelf.find(asked)
        shelf.refuse_blocked(asked)
        shelf.refuse_closed(device)
        return Chosen(asked, shelf.kind(device), noted.surface, is_ordered=True)
    before = [e.said.device for e in shelf.sets() if resumed and e.said.session_id == resumed]
    used = next((device for device in reversed(before) if device), noted.device_id)
    found = shelf.devices.get(used)
    if found is None or found.device_id in shelf.blocked:
        return Chosen(surface=noted.surface)
    return Chosen(found.device_id, shelf.kind(found), noted.surface)


def check_due(shelf: DeviceShelf, device_id: str) -> str:
    """Return in one sentence that a device is to be looked over; empty where it was, lately."""
    checks = (entry for entry in shelf.book.entries(SafetyCheck) if entry.said.is_passed)
    own = [entry.local_day for entry in checks if entry.said.device_id == device_id]
    today = shelf.book.now().date()
    due = next_check(own[-1] if own else None, today, shelf.limits.check_days)
    if not due.is_due:
        return ""
    text = tr("{device}: look it over first (`footspring device check {device}`); {why}.")
    return text.format(device=device_id, why=due.why)


def lay_into(circuit: Circuit, drills: Mapping[str, Drill], chosen: Chosen) -> Circuit:
    """Return the circuit with the device and the surface laid into its work.

    Of a support and in a try-out that is every set without a device of its own; any other one is
    used where an exercise asks for its kind. Raises UsageError: it was ordered, and none does.
    """
    steps = tuple(
        _on_surface(step, drills[step.exercise], chosen.surface) for step in circuit.steps
    )
    kind = chosen.kind
    if kind is None:
        return replace(circuit, steps=steps)
    if kind.is_assistive or circuit.kind is SessionKind.TRY_OUT:
        return replace(circuit, steps=tuple(_with(step, kind.kind_id) for step in steps))
    steps = tuple(_instead(step, drills[step.exercise], kind.kind_id) for step in steps)
    if chosen.is_ordered and not any(step.device == kind.kind_id for step in steps):
        known = ", ".join(dict.fromkeys(s.device for s in circuit.steps if s.device))
        raise UsageError(
            tr(
                "--device {device}: no exercise of circuit {circuit} is done with a {kind}; its "
                "devices: {known}. Choose another circuit, or `--circuit try_out`."
            ).format(
                device=chosen.device_id,
                circuit=circuit.id,
                kind=kind.kind_id,
                known=known or tr("none"),
            )
        )
    return replace(circuit, steps=steps)


def untargeted(circuit: Circuit) -> Circuit:
    """Return a try-out without its target forces: where no maximum is known, nobody measures one.

    A target guessed from the first presses would be another one for each device.
    """
    if circuit.kind is not SessionKind.TRY_OUT:
        return circuit
    steps = tuple(replace(step, target_pct_mvc=None) for step in circuit.steps)
    return replace(circuit, steps=steps)


def _with(step: Step, kind_id: str) -> Step:
    is_bare = step.block is Block.WORK and not step.device
    return replace(step, device=kind_id) if is_bare else step


def _instead(step: Step, drill: Drill, kind_id: str) -> Step:
    """Let a device take the place of another one that the exercise may be done with, too."""
    return replace(step, device=kind_id) if step.device and kind_id in drill.devices else step


def _on_surface(step: Step, drill: Drill, surface: str) -> Step:
    # A pad lies on the floor: only where one stands on the ground itself does it matter.
    is_meant = drill.led is Led.BALANCE and step.block is Block.WORK and not step.surface
    return replace(step, surface=surface) if surface and is_meant else step
