"""A node's life in one script: what it says must be the same bytes on every Python.

Runs on MicroPython too, so the parts that pretend are handed in.
"""

import binascii

import footwire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tests.unit.firmware.fakes import Rig

SEED = 65_530
START_US = 0xFFF00000
"""So that numbers of frames and the clock of frames wrap."""
SLOTS = 20


def run_node(rig: "Rig") -> "list[str]":
    """Return all that a node said, in hexadecimal, from boot to the second resumed start.

    The rig is made with SEED, START_US and rings of SLOTS frames.
    """
    said = [_hex(rig.radio.info)]
    rig.radio.connect()
    rig.run(10_000)
    rig.tell(footwire.encode_ping(1))
    rig.tell(footwire.encode_start(3, footwire.FRESH))
    rig.run(700_000)
    # The loop stalls: conversions are missed.
    rig.clock.us += 37_000
    rig.converter.bits = [0, 1, 4, 2]
    rig.run(400_000)
    # The queue is full for longer than the rings hold.
    rig.radio.room = 0
    rig.run(1_500_000)
    rig.radio.room = 1_000_000
    rig.run(200_000)
    # The link is lost for less than that.
    rig.battery.mv = 3400
    rig.radio.lose()
    rig.run(600_000)
    rig.radio.connect()
    rig.tell(footwire.encode_ping(2))
    rig.tell(footwire.encode_start(3, footwire.RESUME))
    rig.imu.is_mute = True
    rig.run(300_000)
    rig.tell(footwire.encode_rename("Zehe"))
    # The link is lost until the chips sleep.
    rig.radio.lose()
    rig.run(3_000_000)
    rig.radio.connect()
    rig.tell(footwire.encode_start(1, footwire.RESUME))
    rig.run(300_000)
    rig.tell(footwire.encode_ping(3))
    said.extend(_hex(frame) for frame in rig.radio.sent)
    said.extend(_hex(report) for report in rig.radio.reports)
    said.append(_hex(rig.radio.info))
    return said


def _hex(data: bytes) -> str:
    return binascii.hexlify(data).decode()
