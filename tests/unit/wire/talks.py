"""Conversations with a dialect, as whoever holds a link leads them."""

from trainer.core.packets import Packet, UnitPacket
from trainer.wire.dialect import Advert, Broadcast, Dialect, Speech, Wish

WISH = Wish(clock=3)


def an_advert(name: str = "", at_s: float = 7.0) -> Advert:
    """Return an advertisement that says a name alone."""
    return Advert("AA:BB:CC:DD:EE:FF", name, at_s)


def begin(dialect: Dialect, wish: Wish = WISH) -> Speech:
    """Return a conversation with a device of this kind."""
    assert dialect.speak is not None
    return dialect.speak(an_advert(), wish)


def overhear(dialect: Dialect) -> Broadcast:
    """Return a listener to a device of this kind."""
    assert dialect.listen is not None
    return dialect.listen(an_advert())


def only(packets: tuple[Packet, ...]) -> UnitPacket:
    """Return the one packet of samples, of one channel."""
    assert len(packets) == 1
    packet = packets[0]
    assert isinstance(packet, UnitPacket)
    assert packet.values.shape == (len(packet.time_s), 1)
    return packet


def forces(packet: UnitPacket) -> list[float]:
    """Return the packet's samples in the unit of its stream."""
    return [float(force) for force in packet.values[:, 0]]


def times_s(packet: UnitPacket) -> list[float]:
    """Return the packet's stamps."""
    return [float(at_s) for at_s in packet.time_s]
