"""Safety checks of a device, and what blocks it or frees it again."""

from collections.abc import Iterator
from dataclasses import asdict

from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Answer
from trainer.core.diary.devices import DeviceStanding, SafetyCheck, Standing
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.checks import Due, faults, next_check, points_to_check, unanswered
from trainer.devices.standing import Blocked


def check_device(shelf: DeviceShelf, check: SafetyCheck | None, device_id: str) -> Answer:
    """Note a safety check and block what it found a fault in; without one: what to look at.

    One that passes lifts what earlier ones found. Raises UsageError: part of it was not answered.
    """
    shelf.find(device_id)
    if check is None:
        due = check_due(shelf, device_id)
        head = tr("safety check of '{device}': {day} ({why})").format(
            device=device_id, day=tr("due now") if due.is_due else f"{due.on}", why=due.why
        )
        return Answer((head, *points_to_check()), {"is_due": due.is_due, "on": f"{due.on}"})
    found, missing = faults(check), unanswered(check)
    if missing and not found:
        raise UsageError(
            tr(
                "'{device}': {options} not answered, nothing is noted. Look at it, and say good or "
                "bad of all three: `footspring device check {device}` says how."
            ).format(device=device_id, options=", ".join(missing))
        )
    shelf.book.note(check)
    if not found:
        return Answer(tuple(_passed(shelf, device_id)), asdict(check))
    reason = tr("safety check: {faults}").format(faults=", ".join(found))
    shelf.book.note(DeviceStanding(device_id, Standing.BLOCKED, reason, is_by_check=True))
    return Answer((shelf.advice(device_id, shelf.blocked[device_id]),), asdict(check), status=1)


def _passed(shelf: DeviceShelf, device_id: str) -> Iterator[str]:
    """Lift what earlier checks found; tell of that, of the next look, and of what still stands."""
    before = shelf.blocked.get(device_id)
    due = check_due(shelf, device_id)
    yield tr("'{device}' passed; next check {day}").format(device=device_id, day=due.on)
    if before is None:
        return
    said = DeviceStanding(device_id, Standing.FREE, tr("it passed a check"), is_by_check=True)
    shelf.book.note(said)
    left = shelf.blocked.get(device_id)
    if left is None:
        yield tr("It is free again; what checks had found is lifted: {reason}.").format(
            reason=before.reason
        )
    else:
        yield tr("Still {state}.").format(state=block_words(device_id, left))


def block_words(device_id: str, block: Blocked) -> str:
    """Return why a device is blocked, and what frees it."""
    how = f"`footspring device unblock {device_id} --reason ...`"
    if block.is_by_check:
        how = f"`footspring device check {device_id}`"
    return tr("BLOCKED: {reason} (when it is over: {how})").format(reason=block.reason, how=how)


def check_due(shelf: DeviceShelf, device_id: str) -> Due:
    """Return when a device is to be looked over."""
    days = [e.local_day for e in shelf.book.entries(SafetyCheck) if e.said.device_id == device_id]
    today = shelf.book.now().date()
    return next_check(max(days, default=None), today, shelf.limits.check_days)


def set_standing(shelf: DeviceShelf, device_id: str, standing: Standing, reason: str) -> Answer:
    """Block or free a device. Raises UsageError: no reason, or nothing to free."""
    if device_id not in shelf.blocked:
        shelf.find(device_id)
    if not reason.strip():
        raise UsageError(
            tr("'{device}': give --reason with a few words; they are kept.").format(
                device=device_id
            )
        )
    before = shelf.blocked.get(device_id)
    if standing is Standing.FREE and before is None:
        raise UsageError(tr("'{device}' is not blocked: nothing to do.").format(device=device_id))
    shelf.book.note(DeviceStanding(device_id, standing, reason.strip()))
    if standing is Standing.BLOCKED:
        return Answer((shelf.advice(device_id, shelf.blocked[device_id]),))
    line = tr("'{device}' is free again: {reason}. Begin with its lightest setting.").format(
        device=device_id, reason=reason.strip()
    )
    lifted = before.reason if before else ""
    told = tr("lifted: {reasons}").format(reasons=lifted)
    return Answer((line, told), {"device_id": device_id, "lifted": lifted})
