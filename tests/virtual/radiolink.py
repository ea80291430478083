"""A radio between virtual controllers: data moves at connection events, a few packets in each.

What is modelled is what decides about a stream: the connection interval, the packets that fit in
one event, silence, the supervision timeout, and that a packet is done with only when it was sent.
Nothing is lost or reordered within a connection, as on a real link layer.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bumble import controller as bumble_controller
from bumble import hci, ll
from bumble.link import LocalLink

from tests.virtual.radiocontroller import RadioController

INTERVAL_UNIT_S: Final = 0.00125
"""Unit of a connection interval, Bluetooth Core 5.4, Vol 6, Part B, 4.5.1."""
TIMEOUT_UNIT_S: Final = 0.01
"""Unit of a supervision timeout, ibid. 4.5.2."""


@dataclass(eq=False)
class Bond:
    """One connection as the radio sees it."""

    central: RadioController
    peripheral: RadioController
    central_address: hci.Address
    peripheral_address: hci.Address
    interval_s: float
    timeout_s: float
    anchor_s: float
    is_half: bool = False
    """Whether one end is gone without a word."""
    upward: deque[Callable[[], None]] = field(default_factory=deque)
    """What the peripheral has to send, each a call that delivers it."""
    downward: deque[Callable[[], None]] = field(default_factory=deque)
    """What the central has to send."""
    event: asyncio.TimerHandle | None = None
    supervision: asyncio.TimerHandle | None = None

    def queue_of(self, sender: object) -> deque[Callable[[], None]]:
        """Return what one end has to send."""
        return self.upward if sender is self.peripheral else self.downward

    def next_event_s(self, now_s: float) -> float:
        """Return when the next connection event is."""
        passed = int((now_s - self.anchor_s) / self.interval_s + 1e-6) + 1
        return self.anchor_s + passed * self.interval_s


class RadioLink(LocalLink):
    """The air between all controllers of a test."""

    def __init__(self, packets_per_event: int = 4, least_interval_s: float = 0.0075) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.packets_per_event = packets_per_event
        self.least_interval_s = least_interval_s
        """No connection gets a shorter interval than this, whatever is asked."""
        self.bonds: list[Bond] = []
        self._away: set[object] = set()
        self._is_silent = False

    def silence(self) -> None:
        """Let nothing through any more."""
        self._is_silent = True
        self._look_around()

    def clear(self) -> None:
        """Let everything through again."""
        self._is_silent = False
        self._look_around()

    def walk_away(self, controller: RadioController) -> None:
        """Take one controller out of everybody's reach."""
        self._away.add(controller)
        self._look_around()

    def come_back(self, controller: RadioController) -> None:
        """Bring a controller back into reach."""
        self._away.discard(controller)
        self._look_around()

    def vanish(self, controller: RadioController) -> None:
        """End a controller's connections without a word, as when its battery is pulled."""
        for bond in [bond for bond in self.bonds if controller in (bond.central, bond.peripheral)]:
            bond.is_half = True
            bond.queue_of(controller).clear()
            _drop(bond, controller, hci.HCI_CONNECTION_TERMINATED_BY_LOCAL_HOST_ERROR)
        self._look_around()

    def waiting(self, sender: RadioController) -> int:
        """Return the packets that a controller has taken and not sent yet."""
        return sum(len(bond.queue_of(sender)) for bond in self.bonds)

    def interval_s(self, controller: RadioController) -> float:
        """Return the interval of a controller's first connection; 0 where it has none."""
        return next((bond.interval_s for bond in self._bonds_of(controller)), 0.0)

    def send_data(
        self, sender: RadioController, peer: hci.Address, is_first: bool, data: bytes
    ) -> None:
        """Queue a fragment for the next connection events."""
        bond = self._bond(sender, peer)
        if bond is None:
            return
        receiver = bond.peripheral if sender is bond.central else bond.central
        source = bond.central_address if sender is bond.central else bond.peripheral_address
        self._queue(
            bond, sender, partial(_hand_over, sender, peer, receiver, source, is_first, data)
        )

    def send_advertising_pdu(
        self, sender_controller: bumble_controller.Controller, packet: ll.AdvertisingPdu
    ) -> None:
        """Let an advertisement be heard by who listens, a connection request by who is meant."""
        loop = asyncio.get_running_loop()
        for other in self._others(sender_controller):
            if isinstance(packet, ll.ConnectInd):
                if other.random_address == packet.advertiser_address:
                    self._begin(sender_controller, other, packet)
                    loop.call_soon(other.on_ll_advertising_pdu, packet)
            elif other.is_listening:
                loop.call_soon(other.on_ll_advertising_pdu, packet)

    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """Queue a control packet, in its order among the data."""
        for bond in self.bonds:
            if (sender_address, receiver_address) == (
                bond.central_address,
                bond.peripheral_address,
            ):
                sender, receiver = bond.central, bond.peripheral
            elif (sender_address, receiver_address) == (
                bond.peripheral_address,
                bond.central_address,
            ):
                sender, receiver = bond.peripheral, bond.central
            else:
                continue
            self._queue(bond, sender, partial(self._control, bond, receiver, packet))
            return

    def _control(self, bond: Bond, receiver: RadioController, packet: ll.ControlPdu) -> None:
        if isinstance(packet, ll.ConnectionUpdateInd):
            self._set_pace(bond, packet.interval, packet.timeout)
        is_central = receiver is bond.central
        sender_address = bond.peripheral_address if is_central else bond.central_address
        if sender_address in receiver.le_connections:
            receiver.on_ll_control_pdu(sender_address, packet)
        if isinstance(packet, ll.TerminateInd):
            self._end(bond)

    def _begin(
        self,
        sender: bumble_controller.Controller,
        advertiser: RadioController,
        packet: ll.ConnectInd,
    ) -> None:
        assert isinstance(sender, RadioController)
        now_s = asyncio.get_running_loop().time()
        bond = Bond(
            sender,
            advertiser,
            packet.initiator_address,
            packet.advertiser_address,
            interval_s=1.0,
            timeout_s=1.0,
            anchor_s=now_s,
        )
        self._set_pace(bond, packet.interval, packet.timeout)
        self.bonds.append(bond)

    def _set_pace(self, bond: Bond, interval: int, timeout: int) -> None:
        bond.interval_s = max(interval * INTERVAL_UNIT_S, self.least_interval_s)
        bond.timeout_s = timeout * TIMEOUT_UNIT_S
        bond.anchor_s = asyncio.get_running_loop().time()

    def _others(self, sender: object) -> Iterator[RadioController]:
        if self._is_silent or sender in self._away:
            return
        for other in self.controllers:
            if other is not sender and other not in self._away:
                assert isinstance(other, RadioController)
                yield other

    def _bonds_of(self, controller: object) -> Iterator[Bond]:
        return (bond for bond in self.bonds if controller in (bond.central, bond.peripheral))

    def _bond(self, sender: object, peer: hci.Address) -> Bond | None:
        for bond in self.bonds:
            if sender is bond.peripheral and peer == bond.central_address:
                return bond
            if sender is bond.central and peer == bond.peripheral_address:
                return bond
        return None

    def _is_reachable(self, bond: Bond) -> bool:
        ends = {bond.central, bond.peripheral}
        return not (self._is_silent or bond.is_half or ends & self._away)

    def _look_around(self) -> None:
        for bond in list(self.bonds):
            if not self._is_reachable(bond):
                self._watch(bond)
            elif bond.supervision is not None:
                bond.supervision.cancel()
                bond.supervision = None
                self._plan(bond)

    def _watch(self, bond: Bond) -> None:
        if bond.supervision is None:
            loop = asyncio.get_running_loop()
            bond.supervision = loop.call_later(bond.timeout_s, self._time_out, bond)

    def _time_out(self, bond: Bond) -> None:
        for end in (bond.central, bond.peripheral):
            _drop(bond, end, hci.HCI_CONNECTION_TIMEOUT_ERROR)
        self._end(bond)

    def _end(self, bond: Bond) -> None:
        self.bonds.remove(bond)
        for timer in (bond.event, bond.supervision):
            if timer is not None:
                timer.cancel()
        bond.event = bond.supervision = None
        bond.upward.clear()
        bond.downward.clear()

    def _queue(self, bond: Bond, sender: object, delivery: Callable[[], None]) -> None:
        bond.queue_of(sender).append(delivery)
        self._plan(bond)

    def _plan(self, bond: Bond) -> None:
        if bond.event is None and (bond.upward or bond.downward):
            loop = asyncio.get_running_loop()
            bond.event = loop.call_at(bond.next_event_s(loop.time()), self._event, bond)

    def _event(self, bond: Bond) -> None:
        bond.event = None
        if not self._is_reachable(bond):
            return
        for queue in (bond.downward, bond.upward):
            for _ in range(min(self.packets_per_event, len(queue))):
                # A termination empties both queues.
                if queue:
                    queue.popleft()()
        if bond in self.bonds:
            self._plan(bond)


def _hand_over(
    sender: RadioController,
    peer: hci.Address,
    receiver: RadioController,
    source: hci.Address,
    is_first: bool,
    data: bytes,
) -> None:
    sender.sent(peer)
    receiver.receive(source, is_first, data)


def _drop(bond: Bond, end: RadioController, reason: int) -> None:
    peer = bond.peripheral_address if end is bond.central else bond.central_address
    connection = end.le_connections.get(peer)
    if connection is not None:
        end.on_le_disconnected(connection, reason)
