"""What a visit to a node found: in plain words, and as an object for programs."""

from typing import Final

from trainer.core.link import Health
from trainer.core.linkwords import battery_words, signal_word
from trainer.core.packets import Status
from trainer.core.texts import tr
from trainer.nodekit.nodeinfo import NodeState
from trainer.terminal.words import clean

LABEL: Final = 14
"""Width of what stands left of a value."""


def node_text(state: NodeState, newest: str) -> str:
    """Return lines about a node; `newest` is the firmware that this program brings."""
    info = state.info
    rows = [
        (tr("firmware"), _firmware(info.firmware, newest)),
        (tr("kind"), info.kind),
        (tr("board"), tr("{board}, chip {chip}").format(board=info.board, chip=info.chip)),
        (tr("converter"), info.converter),
        (tr("cells"), ", ".join(tr(cell) for cell in info.cells) or tr("none")),
        (tr("force"), _rate(info.force_rate_hz)),
        (tr("motion"), _rate(info.imu_rate_hz)),
        (tr("battery"), battery_words(_health(state)) or tr("not known")),
        (tr("signal"), _signal(state.signal_dbm)),
        (tr("round trip"), _round_trip(state)),
        (tr("radio packet"), tr("{n} bytes").format(n=state.packet_bytes)),
        (tr("dropped"), _dropped(state)),
    ]
    rows += [(tr("trouble"), trouble) for trouble in state.troubles]
    head = f"{clean(info.name) or tr('without a name')} ({state.address})"
    return "\n".join([head, *(f"  {label:<{LABEL}}{value}" for label, value in rows)])


def node_object(state: NodeState, newest: str) -> dict[str, object]:
    """Return what `node_text` says, units in the names."""
    info, last = state.info, state.answers[-1]
    return {
        "name": info.name,
        "address": state.address,
        "firmware": info.firmware,
        "newest_firmware": newest,
        "kind": info.kind,
        "board": info.board,
        "chip": info.chip,
        "converter": info.converter,
        "cells": list(info.cells),
        "force_rate_hz": info.force_rate_hz,
        "imu_rate_hz": info.imu_rate_hz,
        "battery_v": last.battery_v,
        "is_battery_low": _health(state).is_battery_low,
        "signal_dbm": state.signal_dbm,
        "round_trip_s": round(state.round_trip_s, 6),
        "least_round_trip_s": round(state.least_round_trip_s, 6),
        "packet_bytes": state.packet_bytes,
        "force_frames_dropped": last.force_dropped,
        "imu_frames_dropped": last.imu_dropped,
        "troubles": list(state.troubles),
    }


def _firmware(firmware: str, newest: str) -> str:
    if firmware == newest:
        return tr("{firmware}, as this program brings it").format(firmware=firmware)
    if _numbers(firmware) > _numbers(newest):
        text = tr("{firmware}, newer than the {newest} that this program brings")
    else:
        text = tr("{firmware}; this program brings {newest}: footspring node install")
    return text.format(firmware=firmware, newest=newest)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _health(state: NodeState) -> Health:
    last = state.answers[-1]
    return Health(last.battery_v, is_battery_low=Status.LOW_BATTERY in last.status)


def _rate(rate_hz: float) -> str:
    return tr("{rate:.1f} samples/s, nominal").format(rate=rate_hz) if rate_hz else tr("none")


def _signal(signal_dbm: int | None) -> str:
    return tr("not known") if signal_dbm is None else f"{signal_dbm} dBm, {signal_word(signal_dbm)}"


def _round_trip(state: NodeState) -> str:
    return tr("{median:.0f} ms, median of {n}; {least:.0f} ms at best").format(
        median=1000 * state.round_trip_s,
        n=len(state.answers),
        least=1000 * state.least_round_trip_s,
    )


def _dropped(state: NodeState) -> str:
    last = state.answers[-1]
    text = tr("{force} force and {motion} motion frames since its start")
    return text.format(force=last.force_dropped, motion=last.imu_dropped)
