"""What the guest tells of its scenarios: the table of a run, and its closing line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Result:
    """How one scenario went."""

    name: str
    is_passed: bool
    took_s: float
    why: str = ""
    """Why it failed."""
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


class ResultError(Exception):
    """The guest told something that is no result."""


@dataclass(slots=True)
class Run:
    """The results of one run, as they come in."""

    results: list[Result] = field(default_factory=list[Result])
    is_whole: bool = False
    """Whether the guest said that these are all."""

    def add(self, told: object) -> Result | None:
        """Take in what the guest told; None for the word that it has ended."""
        if not isinstance(told, Mapping):
            raise ResultError(f"no result: {told!r}")
        if told.get("ended"):
            self.is_whole = True
            return None
        result = parse(told)
        self.results.append(result)
        return result

    @property
    def is_passed(self) -> bool:
        """Return whether all scenarios ran and passed."""
        passed = all(result.is_passed for result in self.results)
        return self.is_whole and bool(self.results) and passed


def parse(told: Mapping[object, object]) -> Result:
    """Return one result. Raises ResultError."""
    name, passed, seconds = (told.get(key) for key in ("name", "passed", "seconds"))
    why, facts = told.get("why", ""), told.get("facts", {})
    if not isinstance(name, str) or not isinstance(passed, bool):
        raise ResultError(f"a result without name or verdict: {told!r}")
    if not isinstance(seconds, int | float) or not isinstance(facts, dict):
        raise ResultError(f"a result without seconds or facts: {told!r}")
    return Result(name.replace("_", " "), passed, float(seconds), str(why), facts)


def line(result: Result) -> str:
    """Return a result as one row of the table."""
    verdict = "passed" if result.is_passed else "FAILED"
    said = json.dumps(result.facts) if result.is_passed else result.why
    return f"{verdict}  {result.took_s:5.1f} s  {result.name:20}  {said}"


def closing(results: Sequence[Result], skipped: int = 0) -> str:
    """Return the closing line."""
    passed = sum(result.is_passed for result in results)
    tail = f", {skipped} skipped" if skipped else ""
    return f"{passed} passed, {len(results) - passed} failed{tail}"
