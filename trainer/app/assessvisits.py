"""`assess list`: the visits in order of time, each with what was measured in it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from trainer.app.notebook import Answer, Notebook
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.texts import tr, trn


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit's part that kept to one protocol."""

    visit: str
    protocol: str
    protocol_version: int
    days: tuple[str, ...]
    """YYYY-MM-DD; a visit may be split over days."""
    sources: tuple[str, ...]
    figures: int
    not_told: int
    is_practice: bool
    device: str
    position: str
    pitch_deg: float | None
    is_simulated: bool

    def line(self) -> str:
        """Return the line of the list."""
        parts = [
            f"{self.visit}: {self.protocol}",
            tr("version {n}").format(n=self.protocol_version),
            trn("{n} figure", "{n} figures", self.figures),
            " + ".join(self.days),
            self.device,
            self.position,
            "" if self.pitch_deg is None else f"{self.pitch_deg:g}°",
            tr("practice") if self.is_practice else "",
            tr("simulated") if self.is_simulated else "",
        ]
        return ", ".join(part for part in parts if part)


def list_visits(book: Notebook) -> Answer:
    """Return the visits."""
    visits: dict[tuple[str, str, int], list[Entry[Assessment]]] = {}
    for entry in book.entries(Assessment):
        said = entry.said
        visits.setdefault((said.visit, said.protocol, said.protocol_version), []).append(entry)
    if not visits:
        none = tr("no assessments yet: `footspring run --circuit baseline` makes the first")
        return Answer((none,), [])
    rows = [_row(entries) for entries in visits.values()]
    return Answer(tuple(row.line() for row in rows), [asdict(row) for row in rows])


def _row(entries: Sequence[Entry[Assessment]]) -> VisitRow:
    last = entries[-1].said
    known = sum(entry.said.value is not None for entry in entries)
    return VisitRow(
        visit=last.visit,
        protocol=last.protocol,
        protocol_version=last.protocol_version,
        days=tuple(sorted({f"{entry.local_day:%Y-%m-%d}" for entry in entries})),
        sources=tuple(dict.fromkeys(entry.said.source for entry in entries)),
        figures=known,
        not_told=len(entries) - known,
        is_practice=any(entry.said.is_practice for entry in entries),
        device=last.device,
        position=last.position,
        pitch_deg=last.pitch_deg,
        is_simulated=any(entry.is_simulated for entry in entries),
    )
