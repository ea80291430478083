"""How a device and its link are told in few words, the same on every screen."""

from enum import StrEnum
from typing import Final

from trainer.core.link import Health, Vitals
from trainer.core.texts import noted, tr, trn

STRONG_DBM: Final = -70
"""Every Bluetooth receiver must still understand a signal as faint as this (Bluetooth Core 5.4, Vol
6, Part A, 4.1)."""
WEAK_DBM: Final = -85
"""10 dB above the -95 dBm at which an nRF52840 begins to lose bits (its product specification 1.8);
a hand or a foot in between costs as much."""

LOW_BATTERY: Final = noted("BATTERY LOW")

NO_SENSOR: Final = noted("no sensor, unmeasured")


class Strength(StrEnum):
    """How strong a signal is, as it is said."""

    STRONG = noted("strong")
    FAIR = noted("fair")
    WEAK = noted("weak")


def judge_signal(signal_dbm: int) -> Strength:
    """Return strong, fair or weak."""
    if signal_dbm >= STRONG_DBM:
        return Strength.STRONG
    return Strength.FAIR if signal_dbm >= WEAK_DBM else Strength.WEAK


def signal_word(signal_dbm: int) -> str:
    """Return strong, fair or weak, in the language in use."""
    return tr(judge_signal(signal_dbm).value)


def battery_words(health: Health) -> str:
    """Return volts or per cent, and LOW where the device says so; empty where nothing is known."""
    if health.battery_v is not None:
        words = f"{health.battery_v:.2f} V"
    elif health.battery_pct is not None:
        words = f"{health.battery_pct:.0f} %"
    else:
        words = tr("battery") * health.is_battery_low
    return tr("{battery} LOW").format(battery=words) if health.is_battery_low else words


def standing_words(vitals: Vitals) -> tuple[str, ...]:
    """Return battery and signal, as far as they are known: what changes slowly."""
    battery = battery_words(vitals.health)
    signal_dbm = vitals.signal_dbm
    signal = "" if signal_dbm is None else f"{signal_dbm} dBm {signal_word(signal_dbm)}"
    return tuple(part for part in (battery, signal) if part)


def trouble_words(vitals: Vitals) -> tuple[str, ...]:
    """Return reconnects and bad bytes, where there are any."""
    told = (
        trn("{n} reconnect", "{n} reconnects", vitals.reconnects) * bool(vitals.reconnects),
        trn("{n} bad byte", "{n} bad bytes", vitals.bad_bytes) * bool(vitals.bad_bytes),
    )
    return tuple(words for words in told if words)
