"""The words about what is near by: kinds, names, signals, and what to type next."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.linkwords import signal_word
from trainer.core.texts import tr, trn
from trainer.sources.ble.surroundings import Near
from trainer.terminal.words import clean
from trainer.wire.footnode import FOOT

NOW_S: Final = 1.5
"""Heard within this time is now: a node that nobody came for advertises once a second."""
GONE_S: Final = 10.0
"""Not heard for so long: switched off, gone, or connected to somebody else."""
MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Wants:
    """What a person wants to see."""

    is_all: bool = False
    """Devices of unknown kinds too."""
    is_nodes_only: bool = False
    is_json: bool = False


def kind_words(device: Near) -> str:
    """Return what kind of device it is."""
    return device.dialect.title if device.dialect else tr("unknown kind")


def name_words(device: Near) -> str:
    """Return its name as a terminal can show it."""
    return clean(device.name) or tr("without a name")


def signal_words(device: Near) -> str:
    """Return its signal in figures and in a word."""
    if device.signal_dbm is None:
        return tr("signal unknown")
    return f"{device.signal_dbm} dBm {signal_word(device.signal_dbm)}"


def ago_words(device: Near) -> str:
    """Return how long ago it was heard."""
    if device.ago_s < NOW_S:
        return tr("now")
    if device.ago_s < MINUTE_S:
        return f"{device.ago_s:.0f} s"
    return f"{device.ago_s // MINUTE_S:.0f} min"


def hints(near: Sequence[Near], wants: Wants) -> list[str]:
    """Return what to do next, and what is the matter with a device."""
    known = [device for device in near if device.dialect is not None]
    if not known:
        return _nothing_hints(len(near), wants)
    found = _next_hints(_best(known), wants)
    found += _namesake_hints(known)
    found += [device.trouble for device in known if device.trouble]
    return found


def _nothing_hints(others: int, wants: Wants) -> list[str]:
    heard = (
        tr("No foot node is heard.")
        if wants.is_nodes_only
        else tr("No sensor that footspring knows is heard.")
    )
    advice = tr(
        "Switch it on and bring it within a few metres. One that another program or a phone is "
        "connected to is not heard either: close that first."
    )
    found = [f"{heard} {advice}"]
    if others and not wants.is_all:
        found.append(
            trn(
                "{n} device of an unknown kind is near: --all lists it.",
                "{n} of unknown kinds are near: --all lists them.",
                others,
            )
        )
    return found


def _best(known: Sequence[Near]) -> Near:
    """Return the device that is proposed: rather one that delivers a curve, and is still there."""
    return min(
        known,
        key=lambda device: (
            device.ago_s > GONE_S,
            device.dialect is None or not device.dialect.is_steady,
            device.dialect is not FOOT,
        ),
    )


def _next_hints(device: Near, wants: Wants) -> list[str]:
    is_clear = device.name and device.name.isprintable() and not device.is_namesake
    called = device.name if is_clear else device.address
    source = shlex.quote(f"ble:{called}")
    train = tr("to train with it:  footspring run --source {source}").format(source=source)
    about = tr("more about it:     footspring node info {name}").format(name=shlex.quote(called))
    if wants.is_nodes_only:
        return [about, train]
    return [train, about] if device.dialect is FOOT else [train]


def _namesake_hints(known: Sequence[Near]) -> list[str]:
    namesakes = [device for device in known if device.is_namesake]
    if not namesakes:
        return []
    words = tr("* another device has the same name: call it by its address")
    node = next((device for device in namesakes if device.dialect is FOOT), None)
    if node is None:
        return [f"{words}."]
    text = tr("{words}, or footspring node rename {address} NEW.")
    return [text.format(words=words, address=node.address)]
