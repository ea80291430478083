"""A device's resistance: measured at known stretches, held against its first figure, drawn."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from trainer.app.devicepicture import picture_path
from trainer.app.devices import characteristic_line, known_u, tension_of
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.devicesource import analysis_of, find_source, is_simulated
from trainer.app.notebook import Answer
from trainer.app.privatefile import write_picture
from trainer.core.diary.devices import Characteristic
from trainer.core.diary.entry import Entry
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.stiffness import StretchStep, characterise, expanded
from trainer.devices.stretchsteps import steps_of_table, steps_of_trace
from trainer.devices.wear import Wear, wear
from trainer.report.devicepage import StretchLine, StretchPage, StretchPoint, write_stretch

MOST_TABLE_BYTES: Final = 1_000_000
"""Ten thousand rows: more is a recording, no table of stretches."""


def characterise_device(
    shelf: DeviceShelf,
    device_id: str,
    source: str,
    stretches_mm: Sequence[float],
    picture: Path | None = None,
) -> Answer:
    """Measure a device's resistance, and compare it with the first time at this tension."""
    device = shelf.find(device_id)
    path = picture_path(picture, f"{device_id}-resistance")
    steps, is_sim = _steps(shelf, source, stretches_mm)
    tension = tension_of(shelf, device)
    now = characterise(device_id, steps, tension=tension, source=Path(source).name)
    # Against the first, not the last: a little lost each quarter adds up.
    first = _first(shelf.book.entries(Characteristic), now, is_sim=is_sim)
    found = wear(first.said, now) if first else None
    lines = [f"{device_id}: {characteristic_line(now)}"]
    if found and first:
        lines.append(_wear_line(found, f"{first.local_day}"))
    if is_sim:
        lines.append(tr("from a simulated pad"))
    page = _page(steps, now, first, "; ".join(lines[1:]), is_sim=is_sim)
    write_picture(path, lambda part: write_stretch(page, part))
    shelf.book.note(now, is_simulated=is_sim)
    lines.append(tr("picture: {path}").format(path=path))
    table = {
        **asdict(now),
        "loss_pct": found and found.loss_pct,
        "loss_u_pct": found and found.u_pct,
        "picture": f"{path}",
    }
    return Answer(tuple(lines), table, status=int(found is not None and found.has_lost))


def _first(
    entries: Sequence[Entry[Characteristic]], now: Characteristic, *, is_sim: bool
) -> Entry[Characteristic] | None:
    """Return the first figure of the same device at the same tension, from a pad of that kind."""
    same = (
        entry
        for entry in entries
        if (entry.said.device_id, entry.said.tension) == (now.device_id, now.tension)
        and entry.is_simulated == is_sim
    )
    return next(same, None)


def _page(
    steps: Sequence[StretchStep],
    now: Characteristic,
    first: Entry[Characteristic] | None,
    told: str,
    *,
    is_sim: bool,
) -> StretchPage:
    top = max(range(len(steps)), key=lambda index: steps[index].stretch_mm)
    points = [StretchPoint(s.stretch_mm, s.force_n, 2 * s.force_u_n) for s in steps]
    name = f"{now.device_id}, {now.tension}" if now.tension else now.device_id
    return StretchPage(
        title=tr("Resistance of {device}").format(device=name),
        note=f"{characteristic_line(now)}. {told}",
        way_up=points[: top + 1],
        way_back=points[top:] if len(points) > top + 1 else [],
        now=_line(tr("now"), now),
        first=_line(tr("first, {day}").format(day=first.local_day), first.said) if first else None,
        is_simulated=is_sim,
    )


def _line(name: str, one: Characteristic) -> StretchLine:
    u = expanded(one.stiffness_u_n_mm, one.steps)
    label = f"{name}: {one.stiffness_n_mm:.3f} ± {known_u(u, 3)} N/mm"
    return StretchLine(label, one.stiffness_n_mm, one.stretch_mm, one.force_n)


def _steps(
    shelf: DeviceShelf, source: str, stretches_mm: Sequence[float]
) -> tuple[tuple[StretchStep, ...], bool]:
    path = find_source(shelf, source)
    if path.is_file() and path.stat().st_size < MOST_TABLE_BYTES and not stretches_mm:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{path}: is no table. Name the stretches of a recording with --stretches 0,10,20."
            ) from error
        return steps_of_table(text, path.name), False
    if not stretches_mm:
        raise UsageError(
            f"'{source}': name the stretches that were held, in order: --stretches 0,10,20,30,20,10"
        )
    analysis = analysis_of(shelf, source)
    time_s = np.concatenate([block.time_s for block in analysis.blocks])
    force_n = np.concatenate([block.force_n[:, -1] for block in analysis.blocks])
    return steps_of_trace(time_s, force_n, stretches_mm, source), is_simulated(analysis)


def _wear_line(found: Wear, day: str) -> str:
    change = tr("against the first, {day}: {loss:+.1f} % ± {u:.1f} ({by})").format(
        day=day, loss=-found.loss_pct, u=found.u_pct, by=tr(found.by)
    )
    if found.has_lost:
        return change + tr(": it has LOST RESISTANCE. Replace it, or add it anew under another id.")
    return change + tr(": no loss seen beyond the uncertainty")
