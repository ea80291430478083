"""What is near by, as a live table in a terminal, as plain lines, or as JSON lines."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live

from trainer.sources.ble.surroundings import Near
from trainer.terminal.scanpage import Frame, draw_page
from trainer.terminal.scanwords import Wants, hints, kind_words, name_words, signal_words

AGAIN_S = 1.0
"""Seconds between two JSON lines of one device."""


class View(Protocol):
    """What shows the surroundings."""

    def show(self, near: Sequence[Near], since_s: float) -> None:
        """Show what is near, so long after the beginning."""
        ...


def scan_view(
    wants: Wants, *, is_live: bool, console: Console | None = None
) -> AbstractContextManager[View]:
    """Return what shows a scan, on standard output where no console is given."""
    console = console or Console(highlight=False)
    if wants.is_json:
        return nullcontext(JsonLines(_write, is_all=wants.is_all))
    if is_live and not console.is_dumb_terminal:
        return LiveTable(console, wants)
    return PlainLines(_write, wants)


class LiveTable:
    """A table that stays where it is; the last one is left standing."""

    def __init__(self, console: Console, wants: Wants) -> None:
        self._console = console
        self._wants = wants
        self._is_plain = not console.encoding.lower().startswith("utf")
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="crop")

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._live.stop()

    def show(self, near: Sequence[Near], since_s: float) -> None:
        """Draw the table."""
        width, height = self._console.size
        page = draw_page(near, since_s, self._wants, Frame(width, height, self._is_plain))
        self._live.update(page, refresh=True)


class PlainLines:
    """A line for each device once it is seen, and what to do at the end."""

    def __init__(self, write: Callable[[str], None], wants: Wants) -> None:
        self._write = write
        self._wants = wants
        self._told: dict[str, str] = {}
        self._near: Sequence[Near] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        if kind is None:
            for hint in hints(self._near, self._wants):
                self._write(hint)

    def show(self, near: Sequence[Near], since_s: float) -> None:  # noqa: ARG002 - a view's signature
        """Tell of a device that is new, whose name or kind is, or who got a namesake."""
        self._near = near
        for device in near:
            if device.dialect is None and not self._wants.is_all:
                continue
            mark = "*" * device.is_namesake
            who = f"{kind_words(device)}: {mark}{name_words(device)}, {device.address}"
            if self._told.get(device.address) != who:
                self._told[device.address] = who
                force = "" if device.force_n is None else f", {device.force_n:.1f} N"
                self._write(f"{who}, {signal_words(device)}{force}")


class JsonLines:
    """One object in a line per device and second in which it is heard."""

    def __init__(self, write: Callable[[str], None], *, is_all: bool = False) -> None:
        self._write = write
        self._is_all = is_all
        self._told_s: dict[str, float] = {}

    def show(self, near: Sequence[Near], since_s: float) -> None:
        """Tell of every device that was heard since it was told of, at most once a second."""
        for device in near:
            told_s = self._told_s.get(device.address, -AGAIN_S)
            is_new = since_s - device.ago_s > told_s and since_s - told_s >= AGAIN_S
            if is_new and (device.dialect is not None or self._is_all):
                self._told_s[device.address] = since_s
                self._write(json.dumps(_object(device, since_s), allow_nan=False))


def _object(device: Near, since_s: float) -> dict[str, object]:
    return {
        "at_s": round(since_s, 3),
        "address": device.address,
        "name": device.name,
        "kind": device.dialect.id if device.dialect else None,
        "title": device.dialect.title if device.dialect else None,
        "signal_dbm": device.signal_dbm,
        "force_n": None if device.force_n is None else round(device.force_n, 3),
        "is_namesake": device.is_namesake,
    }


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
