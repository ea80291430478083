"""How a sensor speaks: what it advertises, what it must be asked, what its bytes mean; no IO.

A `Dialect` is one kind of sensor. A `Speech` is one conversation with one of them: it is made when
a link stands and thrown away with it, so nothing of a lost link can spoil the next. Who holds the
link (sources/ble) does what the speech asks and hands it what comes; bytes that mean nothing are
counted and never raise.

The course of a conversation:
1. Subscribe to each of `characteristics`, in order.
2. Do what `greet` asks; hand every answer to a `Read` to `hear`, like a notification.
3. Hand every notification to `hear`, and do what it asks in turn.
4. About once a second do what `tick` asks.
5. Before a disconnect that is wanted, do what `part` asks.
Right before a request goes out, `sending` is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from trainer.core.link import Health
from trainer.core.packets import Packet, Stream, StreamInfo


@dataclass(frozen=True, slots=True)
class Advert:
    """What one advertisement of a device said."""

    address: str
    name: str
    """Empty where it has none."""
    at_s: float
    """Host monotonic time."""
    services: tuple[str, ...] = ()
    """128-bit UUIDs in lower case, also of 16-bit ones."""
    makers: Mapping[int, bytes] = field(default_factory=dict[int, bytes])
    """Manufacturer data by company number, without that number."""
    signal_dbm: int | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Write to a characteristic."""

    characteristic: str
    data: bytes
    is_answered: bool = True
    """Whether the device confirms it: a write with response."""


@dataclass(frozen=True, slots=True)
class Read:
    """Read a characteristic; the answer is handed to `hear`."""

    characteristic: str
    is_optional: bool = False
    """Whether the conversation goes on where the device has none, or does not answer."""


Request: TypeAlias = Write | Read


@dataclass(frozen=True, slots=True)
class Heard:
    """What some bytes led to."""

    packets: tuple[Packet, ...] = ()
    bad_bytes: int = 0
    """Bytes that meant nothing: foreign, damaged, cut off."""
    requests: tuple[Request, ...] = ()
    health: Health | None = None
    """What the device says of itself; None where it said nothing new."""
    refusal: str = ""
    """Why nothing can be done with this device, and what to do; ends the conversation."""


NOTHING_HEARD = Heard()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a device that can do several things; others pass it over."""

    streams: frozenset[Stream] = frozenset(Stream)
    """Streams that are wanted, where the device has them."""
    is_resumed: bool = False
    """True to go on after a lost link: what the device kept meanwhile is wanted too."""
    clock: int = 0
    """Number of the device's clock among those of a source (core/packets.py: StreamInfo.clock)."""


class Speech(Protocol):
    """One conversation over one link."""

    @property
    def characteristics(self) -> tuple[str, ...]:
        """Return the UUIDs to subscribe to, in order."""
        ...

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return what the device delivers; empty until it is known."""
        ...

    def greet(self) -> Sequence[Request]:
        """Return what to do once all is subscribed."""
        ...

    def sending(self, request: Request, at_s: float) -> None:
        """Take notice that a request goes out now, host monotonic seconds."""
        ...

    def hear(self, characteristic: str, data: bytes, at_s: float) -> Heard:
        """Return what a notification, or the answer to a Read, means; never raises."""
        ...

    def tick(self, at_s: float) -> Sequence[Request]:
        """Return what is to be done by now."""
        ...

    def part(self) -> Sequence[Request]:
        """Return what to do before a disconnect that is wanted."""
        ...


class Broadcast(Protocol):
    """A device that speaks by its advertisements alone."""

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return what the device delivers."""
        ...

    def overhear(self, advert: Advert) -> Heard:
        """Return what an advertisement means; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of sensor; exactly one of `speak` and `listen` is given."""

    id: str
    """As a person writes it after `--source ble:`."""
    title: str
    matches: Callable[[Advert], bool]
    """Tells by an advertisement whether a device is of this kind."""
    speak: Callable[[Advert, Wish], Speech] | None = None
    """Begins a conversation with the device of an advertisement."""
    listen: Callable[[Advert], Broadcast] | None = None
    """Begins listening to the device of an advertisement."""
    is_steady: bool = True
    """Whether samples come all the time: then silence means a lost link."""
    packet_bytes: int = 20
    """Bytes that a notification must be able to carry; a link always carries 20."""
