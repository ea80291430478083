"""Which findings stand on which page: what is to be done first and large, all else small."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.core.texts import noted, tr, trn
from trainer.dashboard.shapes import Shape
from trainer.dashboard.theme import DIM, GREEN, INK, ORANGE, VERMILLION
from trainer.doctor.finding import BAD, Finding, Verdict

LARGE: Final = 2
"""Findings with what to do on a page."""
SMALL: Final = 14
"""Findings without on a page."""

MARKS: Final = {
    Verdict.OK: (Shape.TICK, GREEN, noted("OK")),
    Verdict.WARN: (Shape.ALERT, ORANGE, noted("WATCH")),
    Verdict.FAIL: (Shape.SQUARE, VERMILLION, noted("FAILS")),
    Verdict.UNKNOWN: (Shape.CIRCLE, DIM, noted("NOT KNOWN")),
}
"""Symbol, colour and word of a verdict."""

_FIRST: Final = (Verdict.FAIL, Verdict.WARN, Verdict.UNKNOWN, Verdict.OK)


@dataclass(frozen=True, slots=True)
class Page:
    """Findings that are shown at once."""

    findings: tuple[Finding, ...]
    is_large: bool
    """Whether there is room for what to do."""


def make_pages(findings: tuple[Finding, ...]) -> tuple[Page, ...]:
    """Return the pages, the worst first."""
    ranked = sorted(findings, key=lambda found: _FIRST.index(found.verdict))
    bad = [found for found in ranked if found.verdict in BAD]
    rest = [found for found in ranked if found.verdict not in BAD]
    large = [Page(part, is_large=True) for part in _parts(bad, LARGE)]
    return (*large, *(Page(part, is_large=False) for part in _parts(rest, SMALL)))


def sum_up(findings: tuple[Finding, ...]) -> tuple[str, Shape, str]:
    """Return all of it in a word or two, with its symbol and colour."""
    fails, warns = (
        sum(found.verdict is verdict for found in findings)
        for verdict in (Verdict.FAIL, Verdict.WARN)
    )
    if fails:
        return trn("{n} FAILS", "{n} FAIL", fails), Shape.SQUARE, VERMILLION
    if warns:
        return tr("{n} TO WATCH").format(n=warns), Shape.ALERT, ORANGE
    if not findings:
        return tr("NOT MEASURED"), Shape.CIRCLE, INK
    return tr("ALL IS WELL"), Shape.TICK, GREEN


def _parts(findings: list[Finding], size: int) -> Iterator[tuple[Finding, ...]]:
    for start in range(0, len(findings), size):
        yield tuple(findings[start : start + size])
