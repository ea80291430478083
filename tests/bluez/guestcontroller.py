"""The controller of the guest: its host is the guest's kernel; counts the frames it hands over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bumble import hci, ll
from bumble.transport.common import Transport

from tests.virtual.peripheral import NOTIFICATION
from tests.virtual.radiocontroller import RadioController
from tests.virtual.radiolink import RadioLink
from trainer.wire import footwire

ADDRESS: Final = "F0:FF:FF:FF:FF:FE"
_OPCODE: Final = 4
"""Place of the opcode in a packet: after length and channel of L2CAP, two bytes each."""
_VALUE: Final = 7
"""Place of a notification's value: after the opcode and two bytes of handle."""
_KINDS: Final = {footwire.FORCE: "force", footwire.IMU: "imu"}


@dataclass(slots=True)
class Tally:
    """Frames of one stream that the guest was handed, also such as were sent again."""

    frames: int = 0
    numbers: set[int] = field(default_factory=set)


class GuestController(RadioController):
    """A controller on the virtual radio, with a line to the guest."""

    def __init__(self, link: RadioLink, line: Transport) -> None:
        super().__init__("guest", link)
        self.public_address = hci.Address(ADDRESS, hci.Address.PUBLIC_DEVICE_ADDRESS)
        line.source.set_packet_sink(self)
        self.host = line.sink
        self._tallies: dict[str, Tally] = {}
        self.count_anew()

    def count_anew(self) -> None:
        """Forget what was counted."""
        self._tallies = {kind: Tally() for kind in _KINDS.values()}

    def tally(self) -> Mapping[str, Mapping[str, int]]:
        """Return, per stream, the frames handed over and the different numbers among them."""
        return {
            kind: {"frames": tally.frames, "numbers": len(tally.numbers)}
            for kind, tally in self._tallies.items()
        }

    def on_advertising_pdu(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        """Report an advertisement, and that the scan was answered with nothing more.

        Linux keeps an advertisement back until it knows the answer.
        """
        is_scanning = self.le_scan_enable
        super().on_advertising_pdu(pdu)
        if is_scanning:
            kind = hci.HCI_LE_Advertising_Report_Event.EventType.SCAN_RSP
            address = pdu.advertiser_address
            answer = hci.HCI_LE_Advertising_Report_Event.Report(
                event_type=kind,
                address_type=address.address_type,
                address=address,
                data=b"",
                rssi=-60,
            )
            self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([answer]))

    def receive(self, source: hci.Address, is_first: bool, data: bytes) -> None:
        """Hand over what the radio has received; a frame fits in one packet."""
        if is_first and data[_OPCODE : _OPCODE + 1] == bytes([NOTIFICATION]):
            self._count(data[_VALUE:])
        super().receive(source, is_first, data)

    def _count(self, value: bytes) -> None:
        start = 0
        while length := footwire.frame_length(value, start):
            tally = self._tallies[_KINDS[value[start] & 0xF]]
            tally.frames += 1
            tally.numbers.add(int.from_bytes(value[start + 2 : start + 4], "little"))
            start += length
