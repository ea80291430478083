"""What is near by on the radio as it comes and goes: devices, their signal, a force they tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.packets import UnitPacket
from trainer.core.units import NEWTON_PER_UNIT
from trainer.sources.ble.finder import Sighting
from trainer.wire.dialect import Advert, Broadcast, Dialect, Heard

SMOOTHED: Final = 0.25
"""Share of a new advertisement in the signal that is shown: single ones differ by 10 dB, as each
goes over another of three channels."""


@dataclass(frozen=True, slots=True)
class Near:
    """A device as it stands now."""

    name: str
    """As it advertises, unchanged; empty where it has none."""
    address: str
    dialect: Dialect | None
    """None where it is of no kind that we know."""
    signal_dbm: int | None
    """Mean of the last few advertisements."""
    ago_s: float
    """Since it was last heard."""
    force_n: float | None
    """What a device tells that only advertises."""
    is_namesake: bool
    """Whether another device that is near has the same name."""
    trouble: str = ""
    """Why it cannot be used as it is, and what to do."""


class Surroundings:
    """Everything that was heard of, in the order in which it was first heard."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self.heard_s: float | None = None
        """When anything at all was last heard, host monotonic time."""

    def note(self, sighting: Sighting) -> None:
        """Take notice of an advertisement."""
        address = sighting.advert.address
        self._entries.setdefault(address, _Entry()).note(sighting)
        self.heard_s = sighting.advert.at_s

    def near(self, at_s: float) -> tuple[Near, ...]:
        """Return the devices, those of known kinds first; nobody changes places."""
        names = Counter(entry.name for entry in self._entries.values() if entry.dialect)
        found = [entry.near(at_s, names) for entry in self._entries.values()]
        return tuple(sorted(found, key=lambda near: near.dialect is None))


class _Entry:
    """One device."""

    def __init__(self) -> None:
        self._sighting: Sighting | None = None
        self._signal_dbm: float | None = None
        self._broadcast: Broadcast | None = None
        self._force_n: float | None = None
        self._trouble = ""

    @property
    def dialect(self) -> Dialect | None:
        """Return its kind."""
        return self._sighting.dialect if self._sighting else None

    @property
    def name(self) -> str:
        """Return its name as it is compared."""
        return self._sighting.advert.name.casefold() if self._sighting else ""

    def note(self, sighting: Sighting) -> None:
        """Take notice of its newest advertisement."""
        self._sighting = sighting
        advert, dialect = sighting.advert, sighting.dialect
        self._smooth(advert.signal_dbm)
        if self._broadcast is None and dialect is not None and dialect.listen is not None:
            self._broadcast = dialect.listen(advert)
        if self._broadcast is not None:
            self._weigh(self._broadcast, advert)

    def near(self, at_s: float, names: Counter[str]) -> Near:
        """Return it as it stands."""
        assert self._sighting is not None
        advert = self._sighting.advert
        return Near(
            advert.name,
            advert.address,
            self.dialect,
            None if self._signal_dbm is None else round(self._signal_dbm),
            max(0.0, at_s - advert.at_s),
            self._force_n,
            is_namesake=bool(self.dialect and self.name) and names[self.name] > 1,
            trouble=self._trouble,
        )

    def _smooth(self, signal_dbm: int | None) -> None:
        if signal_dbm is not None:
            before = signal_dbm if self._signal_dbm is None else self._signal_dbm
            self._signal_dbm = before + SMOOTHED * (signal_dbm - before)

    def _weigh(self, broadcast: Broadcast, advert: Advert) -> None:
        heard = broadcast.overhear(advert)
        forces = _forces_n(heard, broadcast)
        if forces:
            self._force_n = forces[-1]
        if forces or heard.refusal:
            self._trouble = heard.refusal


def _forces_n(heard: Heard, broadcast: Broadcast) -> Sequence[float]:
    per_unit = NEWTON_PER_UNIT[broadcast.streams[0].unit]
    return [
        float(row.sum()) * per_unit
        for packet in heard.packets
        if isinstance(packet, UnitPacket)
        for row in packet.values
    ]
