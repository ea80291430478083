"""The link to the pad: delays, packets, signal, battery, reconnects, firmware."""

from typing import Final

import numpy as np

from trainer.core.link import Vitals
from trainer.core.linkwords import WEAK_DBM, battery_words, signal_word
from trainer.core.packets import CountsPacket
from trainer.core.texts import noted
from trainer.doctor.finding import Check, Finding, Verdict
from trainer.doctor.take import Take
from trainer.timing.clockfit import ClockFit

LATE: Final = Check(
    "late",
    noted("Packets come in time"),
    "a cue that is half a reaction time late misleads (chosen); after 1 s without samples data "
    "are called stale",
    noted(
        "On the radio: bring the pad closer, keep Wi-Fi on 5 GHz or on a cable. Else end other "
        "programs."
    ),
    "ms (99 of 100 packets)",
    150.0,
    1000.0,
)
PACKETS: Final = Check(
    "packets",
    noted("Packets a second"),
    "chosen: more than 60 a second have not been tried",
    noted(
        "Let the pad gather more samples in a packet: a newer firmware does (footspring node "
        "install)."
    ),
    "packets/s",
    60.0,
)
SIGNAL: Final = Check(
    "signal",
    noted("Signal"),
    "10 dB above the -95 dBm at which an nRF52840 begins to lose bits (product specification 1.8)",
    noted("Bring the pad closer, and nothing of metal and no body between."),
    "dBm",
    rule=f"{WEAK_DBM} dBm or stronger",
)
RECONNECTS: Final = Check(
    "reconnects",
    noted("Lost links"),
    "chosen: none in a minute at rest",
    noted("Bring the pad closer, charge its battery, and let no other program use Bluetooth."),
    "",
    0.0,
    3.0,
)
BAD_BYTES: Final = Check(
    "bad_bytes",
    noted("Bytes that mean nothing"),
    "a radio's own checks let none through: other firmware, or a bug",
    noted("Give the pad this version's firmware: footspring node install."),
    "",
    0.0,
    1000.0,
)
BATTERY: Final = Check(
    "battery",
    noted("Battery"),
    "the device's own limit",
    noted("Charge it before you train."),
    rule="not called low by the device",
)
FIRMWARE: Final = Check(
    "firmware",
    noted("What the pad says of itself"),
    "for a report of a fault",
    "",
    rule="none: for information",
)
LINK_CHECKS: Final = (LATE, PACKETS, SIGNAL, RECONNECTS, BAD_BYTES, BATTERY, FIRMWARE)

_WRAP_S: Final = 2**32 / 1e6


def link_findings(taken: Take, vitals: Vitals, *, is_live: bool) -> tuple[Finding, ...]:
    """Return what is found of the link; what a source does not tell is left out."""
    found = list(_packet_findings(taken)) if is_live else []
    if vitals.signal_dbm is not None:
        is_weak = vitals.signal_dbm < WEAK_DBM
        verdict = Verdict.WARN if is_weak else Verdict.OK
        found.append(SIGNAL.find(verdict, vitals.signal_dbm, signal_word(vitals.signal_dbm)))
        found += [RECONNECTS.judge(vitals.reconnects), BAD_BYTES.judge(vitals.bad_bytes)]
    battery = battery_words(vitals.health)
    if battery:
        is_low = vitals.health.is_battery_low
        found.append(BATTERY.tell(Verdict.WARN if is_low else Verdict.OK, battery))
    if vitals.health.about:
        found.append(FIRMWARE.tell(Verdict.OK, vitals.health.about))
    return tuple(found)


def _packet_findings(taken: Take) -> tuple[Finding, ...]:
    if len(taken.packets) < 2:  # noqa: PLR2004 - a span needs two
        return ()
    arrivals_s = [packet.arrival_s for packet in taken.packets]
    span_s = max(arrivals_s) - min(arrivals_s)
    found = (LATE.judge(_late_ms(taken)),)
    # Two frames of one packet arrive as one.
    rate = (len(set(arrivals_s)) - 1) / span_s if span_s > 0 else 0.0
    return (*found, _packets(taken, rate))


def _packets(taken: Take, rate: float) -> Finding:
    sizes = [len(packet.frame) for packet in taken.packets if isinstance(packet, CountsPacket)]
    largest = max(sizes, default=0)
    size = f"{largest} bytes" if largest else ""
    return PACKETS.judge(rate, size)


def _late_ms(taken: Take) -> float:
    """Return how much later than at best packets came, by the fit of the two clocks."""
    pairs = _stamps(taken)
    fit = ClockFit()
    for device_s, arrival_s in pairs:
        fit.push(device_s, arrival_s)
    late_s = [fit.late_s(device_s, arrival_s) or 0.0 for device_s, arrival_s in pairs]
    return 1e3 * max(0.0, float(np.percentile(late_s, 99)))


def _stamps(taken: Take) -> list[tuple[float, float]]:
    """Return device and arrival seconds of the packets, the device's clock unwrapped."""
    pairs: list[tuple[float, float]] = []
    turns = 0
    last_s = 0.0
    for packet in taken.packets:
        if isinstance(packet, CountsPacket):
            tick_s = packet.tick_us / 1e6
            length_s = len(packet.counts) * packet.period_us16 / 16e6
            turns += tick_s < last_s - _WRAP_S / 2
            last_s = tick_s
            pairs.append((turns * _WRAP_S + tick_s + length_s, packet.arrival_s))
        elif len(packet.time_s):
            pairs.append((float(packet.time_s[-1]), packet.arrival_s))
    return pairs
