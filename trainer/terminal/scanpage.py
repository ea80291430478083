"""The page of a live scan: a table of what is near that fits the terminal, and what to do next."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rich.console import Group
from rich.table import Table
from rich.text import Text

from trainer.core.linkwords import STRONG_DBM, WEAK_DBM, Strength, judge_signal
from trainer.core.texts import noted, tr
from trainer.sources.ble.surroundings import Near
from trainer.terminal.scanwords import (
    GONE_S,
    Wants,
    ago_words,
    hints,
    kind_words,
    name_words,
)

BARS: Final = "▂▄▆█"
PLAIN_BARS: Final = "||||"
VERY_STRONG_DBM: Final = STRONG_DBM + 15
"""In the same room, nothing between."""
STEPS_DBM: Final = (WEAK_DBM, STRONG_DBM, VERY_STRONG_DBM)
COLOURS: Final = {Strength.STRONG: "green", Strength.FAIR: "yellow", Strength.WEAK: "red"}
NAME_WIDTH: Final = 15
LEAST_KIND: Final = 12
HEADS: Final = (
    (noted("name"), NAME_WIDTH),
    (noted("address"), 17),
    (noted("signal dBm"), 10),
    (noted("heard"), 6),
    (noted("force N"), 7),
)
"""Columns beside the kind, which gets what room they leave, and their widths."""
RIGHT: Final = ("heard", "force N")
AROUND: Final = 5
"""Rows of the page around rows and hints: title, two gaps, head of the table, rest."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and how the page is shown."""

    width: int
    height: int
    is_plain: bool = False
    """Nothing but ASCII: the terminal's encoding has no blocks."""


def draw_page(near: Sequence[Near], since_s: float, wants: Wants, frame: Frame) -> Group:
    """Return the page, not higher than the frame."""
    shown = [device for device in near if wants.is_all or device.dialect is not None]
    advice = [row for hint in hints(near, wants) for row in textwrap.wrap(hint, frame.width - 1)]
    parts: list[Text | Table] = [_title(near, since_s), Text()]
    if shown:
        parts += _table(shown, frame.height - AROUND - len(advice), frame)
        parts.append(Text())
    return Group(*parts, *(Text(row) for row in advice))


def _title(near: Sequence[Near], since_s: float) -> Text:
    known = sum(device.dialect is not None for device in near)
    heard = tr("Listening for {length:.0f} s:").format(length=since_s)
    kinds = tr("{known} known, {others} of unknown kinds")
    title = Text(f"{heard} ", no_wrap=True, overflow="crop")
    title.append(kinds.format(known=known, others=len(near) - known), style="bold")
    return title.append(f"   {tr('Ctrl-C ends')}", style="dim")


def _table(shown: Sequence[Near], room: int, frame: Frame) -> list[Text | Table]:
    has_force = any(device.force_n is not None for device in shown)
    heads = HEADS if has_force else HEADS[:-1]
    taken = sum(width + 1 for _, width in heads)
    longest = max(len(kind_words(device)) for device in shown)
    kind_width = min(longest, max(frame.width - taken, LEAST_KIND))
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(tr("name"), width=NAME_WIDTH, no_wrap=True)
    table.add_column(tr("kind"), width=kind_width)
    for head, width in heads[1:]:
        side: Literal["left", "right"] = "right" if head in RIGHT else "left"
        table.add_column(tr(head), width=width, no_wrap=True, justify=side)
    rows = _fitting(shown, room, kind_width)
    for device in rows:
        table.add_row(*_cells(device, is_plain=frame.is_plain)[: len(heads) + 1])
    left = len(shown) - len(rows)
    return [table, Text(tr("and {n} more").format(n=left), style="dim")] if left else [table]


def _fitting(shown: Sequence[Near], room: int, kind_width: int) -> Sequence[Near]:
    """Return as many devices as have room, one row less where not all have."""
    heights = [len(textwrap.wrap(kind_words(device), kind_width)) for device in shown]
    if sum(heights) <= room:
        return shown
    return [device for place, device in enumerate(shown) if sum(heights[: place + 1]) < room]


def _cells(device: Near, *, is_plain: bool) -> list[Text]:
    is_gone = device.ago_s > GONE_S
    dim = "dim" if is_gone else ""
    name = Text(name_words(device), style=dim or ("bold" if device.name else "dim"))
    if device.is_namesake:
        name = Text("*", style="bold yellow").append(name)
    force = "" if device.force_n is None or is_gone else f"{device.force_n:.1f}"
    return [
        name,
        Text(kind_words(device), style=dim),
        Text(device.address, style=dim),
        _signal(device.signal_dbm, is_gone=is_gone, is_plain=is_plain),
        Text(ago_words(device), style=dim),
        Text(force, style="bold"),
    ]


def _signal(signal_dbm: int | None, *, is_gone: bool, is_plain: bool) -> Text:
    if signal_dbm is None:
        return Text(tr("unknown"), style="dim")
    bars = PLAIN_BARS if is_plain else BARS
    count = 1 + sum(signal_dbm >= step for step in STEPS_DBM)
    colour = "dim" if is_gone else COLOURS[judge_signal(signal_dbm)]
    cell = Text(bars[:count], style=colour)
    cell.append("." * (len(bars) - count), style="dim")
    return cell.append(f" {signal_dbm:4d}", style="dim" if is_gone else "")
