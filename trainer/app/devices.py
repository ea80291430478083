"""What `footspring device` does with the devices one has: list, add, show, fit, rank."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from trainer.app.devicecheck import block_words, check_due
from trainer.app.deviceshelf import OWN_KINDS, DeviceShelf, said_last
from trainer.app.notebook import Answer
from trainer.core.diary.devices import (
    Characteristic,
    Device,
    DeviceUse,
    FitForm,
    TryOut,
)
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind, kind_of
from trainer.devices.checks import points_to_check
from trainer.devices.levels import is_open, next_tension
from trainer.devices.ranking import rank

if TYPE_CHECKING:
    from trainer.devices.wear import Wear

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
_CONTROL: Final = ("flexion", "extension", "adduction", "abduction")
GATE_SETS: Final = 2
"""So many of the newest sets with a device are looked at for its next tension."""

CLEAN_PCT: Final = 10.0
"""A set with no more compensated reps than this, all reps done, is one by which a tension may go
up; a proposal, stricter than the limit of a try-out."""


def catalogue_lines(shelf: DeviceShelf) -> Answer:
    """Return the kinds of devices: those that are open first."""
    highest = shelf.ladder.highest
    kinds = sorted(shelf.catalogue.values(), key=lambda kind: not is_open(kind.level, highest))
    return Answer(tuple(_kind_line(kind, is_open(kind.level, highest)) for kind in kinds), kinds)


def list_devices(shelf: DeviceShelf) -> Answer:
    """Return the athlete's devices, blocked ones and due checks among them."""
    blocked, worn = shelf.blocked, shelf.worn
    rows, lines = [], []
    for device in shelf.devices.values():
        due = check_due(shelf, device.device_id)
        block = blocked.get(device.device_id)
        state = block_words(device.device_id, block) if block else ""
        check = tr("next safety check {day}").format(day=due.on)
        if due.is_due:
            check = tr("safety check due ({why})").format(why=due.why)
        title = tr(shelf.kind(device).title)
        lost = worn_line(worn[device.device_id]) if device.device_id in worn else ""
        words = (title, device.size, tension_of(shelf, device), state, lost, check)
        lines.append(f"{device.device_id}: " + ", ".join(word for word in words if word))
        rows.append(
            {
                **asdict(device),
                "is_blocked": block is not None,
                "blocked_because": block.reason if block else None,
                "has_lost_resistance": device.device_id in worn,
                "is_check_due": due.is_due,
                "check_on": due.on,
            }
        )
    if not lines:
        lines = [tr("no devices yet: `footspring device kinds` shows what there is to add")]
    return Answer(tuple(lines), rows)


def add_device(shelf: DeviceShelf, device: Device) -> Answer:
    """Add a device. Raises UsageError: an id that cannot be, or that stands already."""
    if not _ID.fullmatch(device.device_id):
        raise UsageError(
            tr(
                "'{device}' cannot be a device's id: give 1 to 30 small letters, digits, - or _."
            ).format(device=device.device_id)
        )
    if device.device_id in shelf.devices:
        raise UsageError(
            tr("'{device}' is there already: choose another id.").format(device=device.device_id)
        )
    kind = kind_of(shelf.catalogue, device.kind)
    added = replace(device, tensions=device.tensions or kind.tensions)
    if added.tension and added.tension not in [one.name for one in added.tensions]:
        raise _no_tension(added, added.tension)
    shelf.book.note(added, key=device.device_id)
    lines = [tr("added '{device}': {title}").format(device=device.device_id, title=tr(kind.title))]
    if not is_open(kind.level, shelf.ladder.highest):
        lines.append(
            tr("It is {level}: it opens with a later gate of the programme.").format(
                level=kind.level
            )
        )
    lines += [tr(kind.use), kind.reminder(), tr("Before its first use look it over:")]
    lines += points_to_check()
    return Answer(tuple(lines), asdict(added))


def show_device(shelf: DeviceShelf, device_id: str) -> Answer:
    """Return all that is known of a device."""
    device = shelf.find(device_id)
    kind, book = shelf.kind(device), shelf.book
    fit: FitForm | None = said_last(book.entries(FitForm), device_id)
    measured: Characteristic | None = said_last(book.entries(Characteristic), device_id)
    tried: TryOut | None = said_last(book.entries(TryOut), device_id)
    lines = [f"{device_id}: {tr(kind.title)}", tr(kind.use), kind.reminder()]
    lines.append(tr("for: {exercises}").format(exercises=", ".join(kind.serves)))
    if device_id in shelf.blocked:
        lines.append(shelf.advice(device_id, shelf.blocked[device_id]))
    if fit:
        lines.append(_fit_line(fit))
    if measured:
        lines.append(characteristic_line(measured))
    loss = shelf.worn.get(device_id)
    if loss:
        lines.append(worn_line(loss))
    if tried:
        lines.append(tried.verdict)
    due = check_due(shelf, device_id)
    lines.append(tr("next safety check: {day} ({why})").format(day=due.on, why=due.why))
    instead = shelf.instead_of(device)
    lines.append(tr("in its place: {names}").format(names=", ".join(instead) or "-"))
    table = {
        "device": asdict(device),
        "kind": asdict(kind),
        "fit": asdict(fit) if fit else None,
        "characteristic": asdict(measured) if measured else None,
        "loss_pct": loss and loss.loss_pct,
        "try_out": asdict(tried) if tried else None,
        "is_blocked": device_id in shelf.blocked,
        "substitutes": instead,
    }
    return Answer(tuple(lines), table)


def fit_device(shelf: DeviceShelf, form: FitForm) -> Answer:
    """Note how a device fits."""
    shelf.find(form.device_id)
    shelf.book.note(form)
    return Answer((_fit_line(form),), asdict(form))


def rank_devices(shelf: DeviceShelf, weak: Sequence[str]) -> Answer:
    """Return the ranking for what is weak: as said, else as the newest sets show."""
    wanted = tuple(weak) or weak_qualities(shelf)
    ranked = rank(shelf.candidates(), wanted, shelf.ladder.highest)
    head = tr("weak now: {names}").format(names=", ".join(wanted) or tr("nothing seen yet"))
    lines = [head]
    for place, one in enumerate(ranked, 1):
        mark = f"{place}." if one.is_usable else tr("not now:")
        lines.append(f"{mark} {one.device_id} ({one.points:g}): {'; '.join(one.reasons)}")
    if not ranked:
        lines.append(tr("no devices yet: `footspring device kinds` shows what there is to add"))
    return Answer(tuple(lines), {"weak": wanted, "ranking": [asdict(one) for one in ranked]})


def weak_qualities(shelf: DeviceShelf) -> tuple[str, ...]:
    """Return the direction of the toes whose newest sets held the tempo worst, if there are two."""
    from trainer.app.programmes import load_programme  # noqa: PLC0415 - read only where asked

    drills = load_programme().drills
    worst: dict[str, float] = {}
    for entry in shelf.sets():
        log = entry.said
        drill = drills.get(log.exercise)
        if drill and log.tempo_cv_pct is not None and log.device not in shelf.assistive():
            worst[str(drill.direction)] = log.tempo_cv_pct
    known = {name: cv for name, cv in worst.items() if name in _CONTROL}
    return (max(known, key=lambda name: known[name]),) if len(known) > 1 else ()


def tensions(shelf: DeviceShelf, device_id: str, chosen: str = "") -> Answer:
    """Return the tensions of a device and the next one, or take another one into use."""
    device = shelf.find(device_id)
    current = tension_of(shelf, device)
    if chosen:
        shelf.refuse_blocked(device_id)
        named = {one.name: one for one in device.tensions}
        if chosen not in named:
            raise _no_tension(device, chosen)
        if not is_open(named[chosen].level, shelf.ladder.highest):
            raise UsageError(
                tr(
                    "'{name}' is {level}; {highest} is the highest level open now. Pass the next "
                    "gate of the programme first."
                ).format(name=chosen, level=named[chosen].level, highest=shelf.ladder.highest)
            )
        shelf.book.note(DeviceUse(device_id, chosen))
        current = chosen
    passed = _is_gate_passed(shelf.sets(), device_id)
    following = next_tension(device.tensions, current, shelf.ladder.highest, is_gate_passed=passed)
    lines = [
        ("* " if one.name == current else "  ")
        + f"{one.name} ({one.level})"
        + (f", {one.force_n:g} N" if one.force_n else "")
        for one in device.tensions
    ]
    name = following.tension.name if following.tension else tr("none now")
    lines.append(tr("next: {name} ({why})").format(name=name, why=following.why))
    table = {"now": current, "next": following.tension and following.tension.name}
    return Answer(tuple(lines), table)


def tension_of(shelf: DeviceShelf, device: Device) -> str:
    """Return the tension in use: as said last, else as added."""
    used = [e.said for e in shelf.book.entries(DeviceUse) if e.said.device_id == device.device_id]
    return next((one.tension for one in reversed(used) if one.tension), device.tension)


def undo(shelf: DeviceShelf) -> Answer:
    """Take back what was noted last of devices."""
    entry = shelf.book.newest(*OWN_KINDS)
    if entry is None:
        return Answer((tr("nothing to take back"),), status=1)
    shelf.book.library.diary.take_back(entry.entry_id)
    line = tr("taken back: {what} of '{device}'").format(
        what=type(entry.said).__name__, device=entry.said.device_id
    )
    return Answer((line,))


def characteristic_line(one: Characteristic) -> str:
    """Return a characteristic in one line, uncertainties at 95 %."""
    from trainer.devices.stiffness import expanded  # noqa: PLC0415 - loads scipy

    words = [
        tr("stiffness {k:.3f} N/mm ± {u}").format(
            k=one.stiffness_n_mm, u=known_u(expanded(one.stiffness_u_n_mm, one.steps), 3)
        ),
        tr("{force:.1f} N ± {u} at {stretch:.0f} mm").format(
            force=one.force_n,
            u=known_u(expanded(one.force_u_n, one.steps), 2),
            stretch=one.stretch_mm,
        ),
    ]
    if one.hysteresis_pct is not None and one.hysteresis_u_pct is not None:
        u = expanded(one.hysteresis_u_pct, one.steps)
        words.append(tr("hysteresis {h:.1f} % ± {u}").format(h=one.hysteresis_pct, u=known_u(u, 1)))
    if one.drift_pct_min is not None and one.drift_u_pct_min is not None:
        u = 2 * one.drift_u_pct_min
        words.append(
            tr("drift {d:.2f} % a minute ± {u}").format(d=one.drift_pct_min, u=known_u(u, 2))
        )
    return ", ".join(words)


def worn_line(loss: "Wear") -> str:
    """Return that a device has lost resistance, and how much."""
    return tr("LOST RESISTANCE: {loss:.0f} % ± {u:.0f} since its first measurement").format(
        loss=loss.loss_pct, u=loss.u_pct
    )


def known_u(u: float, decimals: int) -> str:
    """Return an uncertainty as written; one that rounds to nothing is not known."""
    written = f"{u:.{decimals}f}"
    return written if float(written) > 0 else tr("(not known)")


def _is_gate_passed(sets: Sequence[Entry[SetLog]], device_id: str) -> bool:
    """Return whether the newest sets with a device were whole, clean and without pain."""
    newest = [e.said for e in sets if e.said.device == device_id and e.said.is_measured][
        -GATE_SETS:
    ]
    return len(newest) == GATE_SETS and all(
        log.counted_reps >= max(1, log.asked_reps)
        and 100 * log.compensated_reps <= CLEAN_PCT * log.counted_reps
        and (log.pain or 0) == 0
        for log in newest
    )


def _no_tension(device: Device, name: str) -> UsageError:
    known = ", ".join(one.name for one in device.tensions) or "-"
    return UsageError(
        tr("'{device}' has no tension '{name}'. It has: {known}.").format(
            device=device.device_id, name=name, known=known
        )
    )


def _kind_line(kind: Kind, is_now: bool) -> str:  # noqa: FBT001 - said by the caller's name
    words = [f"{kind.kind_id}: {tr(kind.title)}", str(kind.level)]
    words.append(tr("open") if is_now else tr("opens with a later gate"))
    if kind.qualities:
        words.append(tr("trains {names}").format(names=", ".join(kind.qualities)))
    if kind.is_assistive:
        words.append(tr("a support, results kept apart"))
    words.append(tr("toes can spread") if kind.allows_splay else tr("toes cannot spread"))
    return ", ".join(words)


def _fit_line(form: FitForm) -> str:
    words = [
        tr("comfort {comfort:g} of 10").format(comfort=form.comfort),
        tr("right size") if form.is_right_size else tr("wrong size"),
        tr("adjustable") if form.is_adjustable else tr("not adjustable"),
        tr("fits the shoe") if form.fits_shoe else tr("does not fit the shoe"),
    ]
    return f"{form.device_id}: " + ", ".join(words)
