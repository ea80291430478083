"""What a node says of itself, out of the bytes of INFO and of its reports; no IO."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import Status
from trainer.wire import footwire
from trainer.wire.footnode import version_refusal

TROUBLES: Final = {
    Status.SATURATED: "a cell is pressed beyond its range",
    Status.NOT_READY: "the converter does not answer: check its wires",
    Status.POWER_DOWN: "the converter's supply broke down",
    Status.QUEUE_OVERFLOW: "samples were dropped as the radio took none",
    Status.IMU_FAULT: "the inertial sensor does not answer",
    Status.LOW_BATTERY: "the battery is low: charge it",
}


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """What a node is."""

    firmware: str
    kind: str
    board: str
    converter: str
    chip: str
    """The chip's own number, hexadecimal."""
    force_rate_hz: float
    """Nominal; 0 without cells."""
    imu_rate_hz: float
    """Nominal; 0 without an inertial sensor."""
    cells: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A node's answer to a ping."""

    round_trip_s: float
    """From the question to the answer, less what the node took."""
    status: Status
    battery_v: float | None
    force_dropped: int
    """Frames since it was switched on, modulo 2^16."""
    imu_dropped: int


@dataclass(frozen=True, slots=True)
class NodeState:
    """What a visit to a node found."""

    address: str
    info: NodeInfo
    answers: tuple[Answer, ...]
    """To the pings, in order; at least one."""
    packet_bytes: int
    """What a notification can carry."""
    signal_dbm: int | None
    """As it advertised before."""

    @property
    def round_trip_s(self) -> float:
        """Return the median of the round trips."""
        return median(answer.round_trip_s for answer in self.answers)

    @property
    def least_round_trip_s(self) -> float:
        """Return the shortest round trip; half of it bounds the error of the node's clock."""
        return min(answer.round_trip_s for answer in self.answers)

    @property
    def troubles(self) -> tuple[str, ...]:
        """Return what the node says is wrong."""
        status = self.answers[-1].status
        return tuple(words for flag, words in TROUBLES.items() if flag in status)


def parse_info(data: bytes, who: str) -> NodeInfo:
    """Return what a node is. Raises SourceError for other firmware and damaged bytes."""
    try:
        refusal = version_refusal(data, who)
        if refusal:
            raise SourceError(refusal, SourceFault.REFUSED)
        firmware, kind, board, converter, chip, force, imu, roles, name = footwire.decode_info(data)
    except ValueError as error:
        raise SourceError(
            f"{who}: what the node says of itself is damaged ({len(data)} bytes). Switch it off "
            "and on; if that does not help, give it its firmware anew: footspring node install.",
            SourceFault.REFUSED,
        ) from error
    return NodeInfo(
        firmware=".".join(map(str, firmware)),
        kind=footwire.KINDS.get(kind, f"unknown ({kind})"),
        board=footwire.BOARDS.get(board, f"unknown ({board})"),
        converter=footwire.CONVERTERS.get(converter, f"unknown ({converter})"),
        chip=chip.hex(),
        force_rate_hz=force / 10,
        imu_rate_hz=imu / 10,
        cells=_cells(roles),
        name=name,
    )


def parse_answer(data: bytes, mark: int, asked_s: float, heard_s: float) -> Answer | None:
    """Return a node's answer, None for bytes that are none to the ping of that mark."""
    try:
        report = footwire.decode_report(data)
    except ValueError:
        return None
    status, answered, received_us, sent_us, battery_mv, force_dropped, imu_dropped, _ = report
    if answered != mark:
        return None
    took_s = max(sent_us - received_us, 0) * 1e-6
    return Answer(
        max(heard_s - asked_s - took_s, 0.0),
        Status(status),
        battery_mv / 1000 if battery_mv else None,
        force_dropped,
        imu_dropped,
    )


def _cells(roles: Sequence[int]) -> tuple[str, ...]:
    known = dict(enumerate(footwire.ROLES))
    return tuple(known.get(role) or f"unknown ({role})" for role in roles)
