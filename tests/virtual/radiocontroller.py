"""A virtual Bluetooth controller that leaves the pace to the radio, and the host above it.

Three things differ from the controller it is built on: a packet counts as sent when the radio has
sent it, so a host's queue can fill; an advertisement carries the scan response too, with a signal
strength; a connection attempt can be called off. The data path makes no bytes and no log lines of
its packets: both ends are in one process, and this is most of what a virtual stream costs.
"""

import asyncio
import dataclasses
from typing import Any, Final, Protocol

from bumble import hci, ll
from bumble.controller import Controller
from bumble.device import Device, DeviceConfiguration
from bumble.host import Host

SLOT_MS: Final = 0.625
"""Unit of an advertising interval, Bluetooth Core 5.4, Vol 4, Part E, 7.8.5."""
DATA_BYTES: Final = 251
"""Most bytes of a data packet with data length extension, ibid. Vol 6, Part B, 2.4."""


class Air(Protocol):
    """The radio, as a controller uses it."""

    def send_data(
        self, sender: "RadioController", peer: hci.Address, is_first: bool, data: bytes
    ) -> None:
        """Queue a fragment for the next connection events."""
        ...


class RadioController(Controller):
    """A controller on a RadioLink."""

    # Legacy advertising, as BlueZ and the node's chip use it, and no resolving of addresses.
    le_features = Controller.le_features & ~(
        hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
        | hci.LeFeatureMask.LE_PERIODIC_ADVERTISING
        | hci.LeFeatureMask.LL_PRIVACY
    )
    le_acl_data_packet_length = DATA_BYTES

    def __init__(self, name: str, air: Any, queue_packets: int = 64) -> None:  # noqa: ANN401 - a LocalLink and an Air: Python has no type for both
        self.total_num_le_acl_data_packets = queue_packets
        super().__init__(name, link=air)
        self._air: Air = air
        self.signal_dbm = -60
        """How strong this controller is heard."""

    @property
    def is_listening(self) -> bool:
        """Return whether an advertisement would change anything."""
        return self.le_scan_enable or self.pending_le_connection is not None

    def on_hci_acl_data_packet(self, packet: hci.HCI_AclDataPacket) -> None:
        """Give the radio what the host wants to send."""
        connection = self.find_le_connection_by_handle(packet.connection_handle)
        if connection is not None:
            is_first = packet.pb_flag != hci.HCI_ACL_PB_CONTINUATION
            self._air.send_data(self, connection.peer_address, is_first, packet.data)

    def receive(self, source: hci.Address, is_first: bool, data: bytes) -> None:
        """Hand the host what the radio has received."""
        connection = self.le_connections.get(source)
        if connection is not None:
            flag = hci.HCI_ACL_PB_FIRST_FLUSHABLE if is_first else hci.HCI_ACL_PB_CONTINUATION
            self._tell(hci.HCI_AclDataPacket(connection.handle, flag, 0, len(data), data))

    def sent(self, peer: hci.Address) -> None:
        """Tell the host that one packet was sent."""
        connection = self.le_connections.get(peer)
        if connection is not None:
            self._tell(hci.HCI_Number_Of_Completed_Packets_Event([connection.handle], [1]))

    def _tell(self, packet: hci.HCI_Packet) -> None:
        host = self.host
        if isinstance(host, RadioHost):
            asyncio.get_running_loop().call_soon(host.take, packet)
        else:
            # Another program's host, behind a socket.
            self.send_hci_packet(packet)

    def send_advertising_pdu(self, packet: ll.AdvertisingPdu) -> None:
        """Send an advertisement together with what a scanner would be answered."""
        if isinstance(packet, ll.AdvInd):
            answer = self.le_legacy_advertiser.scan_response_data
            packet = dataclasses.replace(packet, data=packet.data + answer)
        super().send_advertising_pdu(packet)

    def on_advertising_pdu(self, pdu: ll.AdvInd | ll.AdvExtInd) -> None:
        """Report an advertisement once, as strong as its sender is; connect where that is due."""
        if self.le_scan_enable:
            report = hci.HCI_LE_Advertising_Report_Event.Report(
                event_type=hci.HCI_LE_Advertising_Report_Event.EventType.ADV_IND,
                address_type=pdu.advertiser_address.address_type,
                address=pdu.advertiser_address,
                data=pdu.data,
                rssi=self._strength(pdu.advertiser_address),
            )
            self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([report]))
        pending = self.pending_le_connection
        if pending and pending.peer_address == pdu.advertiser_address:
            self.create_le_connection(pdu.advertiser_address)

    def _strength(self, address: hci.Address) -> int:
        sender = self.link.find_le_controller(address)
        return sender.signal_dbm if isinstance(sender, RadioController) else -127

    def on_hci_le_set_advertising_parameters_command(
        self, command: hci.HCI_LE_Set_Advertising_Parameters_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Take the parameters; the advertiser wants its interval in milliseconds."""
        status = super().on_hci_le_set_advertising_parameters_command(command)
        advertiser = self.le_legacy_advertiser
        advertiser.advertising_interval_min = round(advertiser.advertising_interval_min * SLOT_MS)
        return status

    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Call off the connection attempt, and say so as the standard has it."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
                connection_handle=0,
                role=hci.Role.CENTRAL,
                peer_address_type=pending.peer_address_type,
                peer_address=pending.peer_address,
                connection_interval=0,
                peripheral_latency=0,
                supervision_timeout=0,
                central_clock_accuracy=0,
            )
        )
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)


class RadioHost(Host):
    """A host whose data packets reach its controller as they are."""

    def __init__(self, controller: RadioController) -> None:
        super().__init__()
        self._radio = controller
        controller.host = self
        self.set_packet_sink(controller)

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """Send a packet to the controller."""
        if isinstance(packet, hci.HCI_AclDataPacket):
            self._radio.on_hci_acl_data_packet(packet)
        else:
            super().send_hci_packet(packet)

    def take(self, packet: hci.HCI_Packet) -> None:
        """Take data, or the news that data was sent, from the controller."""
        if isinstance(packet, hci.HCI_AclDataPacket):
            if packet.connection_handle in self.connections:
                self.on_hci_acl_data_packet(packet)
        elif (
            isinstance(packet, hci.HCI_Number_Of_Completed_Packets_Event)
            and packet.connection_handles[0] in self.connections
        ):
            self.on_hci_number_of_completed_packets_event(packet)


def make_device(controller: RadioController, address: str, name: str, mtu: int = 247) -> Device:
    """Return a device on a controller, not powered on yet; `mtu` is what it grants as a server."""
    settings = DeviceConfiguration(name=name, address=hci.Address(address))
    device = Device(config=settings, host=RadioHost(controller))
    device.gatt_server.max_mtu = mtu
    return device
