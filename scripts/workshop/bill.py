"""The bill of materials: parts, estimated prices and how many each build takes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TABLE: Final = Path(__file__).with_name("bill.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """An estimate, US dollars."""

    low_usd: int
    high_usd: int

    def times(self, count: int) -> "Price":
        """Return the price of so many."""
        return Price(self.low_usd * count, self.high_usd * count)

    def plus(self, other: "Price") -> "Price":
        """Return the price of both."""
        return Price(self.low_usd + other.low_usd, self.high_usd + other.high_usd)

    def __str__(self) -> str:
        """Return it as a person writes it."""
        same = self.low_usd == self.high_usd
        return f"{self.low_usd}" if same else f"{self.low_usd}-{self.high_usd}"


@dataclass(frozen=True, slots=True)
class BillPart:
    """One line of the bill."""

    title: str
    price: Price
    """Of one."""
    count: dict[str, int]
    """By build; a build that needs none is not named."""


@dataclass(frozen=True, slots=True)
class Bill:
    """All parts of all builds."""

    builds: dict[str, str]
    """Titles by id."""
    parts: tuple[BillPart, ...]
    computer: BillPart

    def total(self, build: str) -> Price:
        """Return what a build costs without the computer."""
        total = Price(0, 0)
        for part in self.parts:
            total = total.plus(part.price.times(part.count.get(build, 0)))
        return total


def read_bill() -> Bill:
    """Return the bill."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    builds = {build["id"]: build["title"] for build in table["builds"]}
    computer = table["computer"] | {"count": dict.fromkeys(builds, 1)}
    return Bill(builds, tuple(_part(part) for part in table["parts"]), _part(computer))


def _part(entry: dict[str, Any]) -> BillPart:
    return BillPart(entry["title"], Price(*entry["usd"]), entry["count"])
