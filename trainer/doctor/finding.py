"""A finding: what one check found, how it is judged, and what to do about it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """How a finding is judged."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "not known"


BAD: Final = frozenset({Verdict.WARN, Verdict.FAIL})
"""Something is to be done."""

_ORDER: Final = (Verdict.UNKNOWN, Verdict.OK, Verdict.WARN, Verdict.FAIL)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    id: str
    title: str
    verdict: Verdict
    value: float | None
    """In `unit`; None where it is no number or not known."""
    unit: str
    shown: str
    """The value with its unit, and the cells it is of, as a person reads it."""
    limit: str
    source: str
    """Where the limit comes from."""
    advice: str
    """What to do; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked at, which limit holds and why, and what helps."""

    id: str
    title: str
    source: str
    """Where the limit comes from."""
    advice: str
    unit: str = ""
    warn_above: float = math.inf
    fail_above: float = math.inf
    rule: str = ""
    """The limit in words, where it is no plain number."""

    @property
    def limit(self) -> str:
        """Return the limit in words."""
        if self.rule:
            return self.rule
        least = min(self.warn_above, self.fail_above)
        words = f"at most {_number(least)} {self.unit}".rstrip()
        is_both = math.isfinite(self.fail_above) and self.warn_above < self.fail_above
        return f"{words}; fails above {_number(self.fail_above)}" if is_both else words

    def judge(self, value: float, where: str = "") -> Finding:
        """Return the finding of a value, which is worse the larger it is."""
        return self.find(self._verdict(value), value, where)

    def judge_cells(self, values: Mapping[str, float]) -> Finding:
        """Return the finding of the worst cell; it names all that are as badly judged."""
        worst = max(values.values())
        verdict = self._verdict(worst)
        if verdict is Verdict.OK:
            return self.find(verdict, worst)
        as_bad = [cell for cell, value in values.items() if self._verdict(value) is verdict]
        return self.find(verdict, worst, ", ".join(as_bad))

    def find(self, verdict: Verdict, value: float, where: str = "") -> Finding:
        """Return the finding of a value that is judged already."""
        words = f"{_number(value)} {self.unit}".strip()
        return self._made(verdict, value, f"{words} ({where})" if where else words)

    def tell(self, verdict: Verdict, words: str, advice: str = "") -> Finding:
        """Return a finding in words; `advice` stands in for the check's own."""
        return self._made(verdict, None, words, advice)

    def unknown(self, why: str) -> Finding:
        """Return that it is not known, and why."""
        return self._made(Verdict.UNKNOWN, None, f"not known: {why}")

    def _verdict(self, value: float) -> Verdict:
        if value > self.fail_above:
            return Verdict.FAIL
        return Verdict.WARN if value > self.warn_above else Verdict.OK

    def _made(self, verdict: Verdict, value: float | None, shown: str, advice: str = "") -> Finding:
        told = (advice or self.advice) if verdict in BAD else ""
        number = None if value is None or not math.isfinite(value) else value
        return Finding(
            self.id, self.title, verdict, number, self.unit, shown, self.limit, self.source, told
        )


def worst_of(findings: tuple[Finding, ...]) -> Verdict:
    """Return the worst verdict: of none, ok."""
    return max((found.verdict for found in findings), key=_ORDER.index, default=Verdict.OK)


def _number(value: float) -> str:
    """Return a number with three digits that count, large ones whole."""
    return f"{value:,.0f}" if abs(value) >= _WHOLE_FROM else f"{value:.3g}"


_WHOLE_FROM: Final = 100.0
