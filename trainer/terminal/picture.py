"""The picture: one snapshot as a page of text, the same for the same snapshot and size."""

import textwrap
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import tr
from trainer.core.watchdog import OVER, Alarm
from trainer.terminal import words
from trainer.terminal.bar import Bar, Stand, draw_bar, judge_force
from trainer.terminal.bigword import big_word
from trainer.terminal.followrow import follow_row
from trainer.terminal.keys import ANSWER_HINT, CIRCUIT_HINT, HINT

MIN_WIDTH: Final = 60
MIN_HEIGHT: Final = 16

_FORCE_WIDTH: Final = 20
"""Right of the bar: the force and where it is against the target."""

_STOP_FLOOD: Final = "bold white on red"
_CALF_FLOOD: Final = "bold black on orange1"
_STAND_FLOOD: Final = {
    Stand.IN: "bold white on dark_green",
    Stand.LOW: "bold white on dodger_blue3",
    Stand.HIGH: "bold black on orange1",
}
"""What the big word stands on; the words themselves say the same without colour."""

_PHASE_FLOOD: Final = {
    Phase.WORK: "bold white on grey23",
    Phase.MVC_PRESS: "bold white on grey23",
    Phase.COUNTDOWN: "bold black on khaki1",
    Phase.DONE: "bold white on dark_green",
    Phase.STOPPED: _STOP_FLOOD,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and how the picture is shown."""

    width: int
    height: int
    is_plain: bool = False
    """Nothing but ASCII: the terminal's encoding has no blocks."""


def draw(snapshot: Snapshot, alarm: Alarm, full_n: float, frame: Frame) -> Text:
    """Return the whole page: at most `frame.height` rows of at most `frame.width` columns."""
    if frame.width < MIN_WIDTH or frame.height < MIN_HEIGHT:
        return _join(_small_rows(snapshot, alarm, frame), frame)
    top = [_header(snapshot, frame.width), *_flood(snapshot, alarm, frame)]
    follow = follow_row(snapshot, frame.width, is_plain=frame.is_plain)
    ahead = [Text(follow, style="green")] if follow else []
    middle = [*_force_rows(snapshot, full_n, frame), *ahead, _counts(snapshot, frame.width)]
    link = (words.link_words(snapshot.link), words.device_words(snapshot.link.vitals))
    bottom = [Text(row, style="dim") for row in link if row]
    if snapshot.is_pain_asked:
        bottom += [Text(row, style="bold") for row in textwrap.wrap(tr(ANSWER_HINT), frame.width)]
    elif snapshot.phase not in OVER:
        hint = f"{tr(HINT)}   {tr(CIRCUIT_HINT)}" if snapshot.block else tr(HINT)
        bottom += [Text(row, style="dim") for row in textwrap.wrap(hint, frame.width)]
    spare = frame.height - len(top) - len(middle) - len(bottom)
    message = textwrap.wrap(words.message_words(snapshot, alarm), frame.width)
    if len(message) > spare:
        message = [*message[: spare - 1], f"{message[spare - 1][: frame.width - 4]} ..."]
    said = [Text(row, style="bold") for row in message]
    # What is left over sets the parts apart, the gap before the bottom last.
    gaps = spare - len(said)
    between = [[Text()] if gaps > place else [] for place in range(2)]
    fill = [Text()] * max(gaps - 2, 0)
    return _join([*top, *between[0], *middle, *between[1], *said, *fill, *bottom], frame)


def _small_rows(snapshot: Snapshot, alarm: Alarm, frame: Frame) -> list[Text]:
    """Return what matters most first, for a terminal that is too small for the page."""
    cue = words.cue_words(snapshot, alarm)
    rows = [
        f"{cue}  {words.foot_words(snapshot)} {words.badge_words(snapshot)}",
        tr(ANSWER_HINT) if snapshot.is_pain_asked else tr("p STOP  space next  q end"),
        f"{snapshot.force_n:.1f} N  {words.count_words(snapshot)}",
        words.clock_words(snapshot),
        *textwrap.wrap(words.message_words(snapshot, alarm), max(frame.width, 1)),
        tr("(for the whole picture: {width} columns, {height} rows)").format(
            width=MIN_WIDTH, height=MIN_HEIGHT
        ),
    ]
    return [Text(row, style="bold" if place == 0 else "") for place, row in enumerate(rows)]


def _header(snapshot: Snapshot, width: int) -> Text:
    badge = words.badge_words(snapshot)
    right = f"{words.foot_words(snapshot)}  {badge}".rstrip()
    left = "  ".join(words.name_words(snapshot))
    header = Text(set_cell_size(left, width - cell_len(right) - 2) + "  ")
    header.append(words.foot_words(snapshot), style="bold")
    if badge:
        header.append("  ")
        header.append(badge, style="bold reverse")
    return header


def _flood(snapshot: Snapshot, alarm: Alarm, frame: Frame) -> list[Text]:
    cue = words.cue_words(snapshot, alarm)
    style = _flood_style(snapshot, alarm)
    rows = big_word(cue, frame.width - 2, "#" if frame.is_plain else "█")
    widest = max(cell_len(row) for row in rows)
    left = (frame.width - widest) // 2
    return [Text(set_cell_size(" " * left + row, frame.width), style=style) for row in rows]


def _flood_style(snapshot: Snapshot, alarm: Alarm) -> str:
    if alarm is not Alarm.NONE or snapshot.is_pain_asked:
        return _STOP_FLOOD
    if snapshot.is_compensating:
        return _CALF_FLOOD
    found = _STAND_FLOOD.get(judge_force(snapshot))
    return found or _PHASE_FLOOD.get(snapshot.phase, "bold white on grey11")


def _force_rows(snapshot: Snapshot, full_n: float, frame: Frame) -> list[Text]:
    bar = draw_bar(snapshot, full_n, frame.width - _FORCE_WIDTH - 2, is_plain=frame.is_plain)
    place = judge_force(snapshot)
    colour = {Stand.IN: "green", Stand.LOW: "blue", Stand.HIGH: "yellow"}.get(place, "")
    row = Text("|")
    row.append(bar.filled, style=colour)
    row.append(_rest_of(bar, frame), style="dim")
    row.append("|")
    row.append(f"{snapshot.force_n:6.1f} N", style="bold")
    row.append(f"  {tr(place.value)}", style="bold")
    marks = f" {bar.marks}"
    target = words.target_words(snapshot)
    if len(marks) + len(target) + 1 <= frame.width:
        return [row, Text(f"{marks} {target}")]
    # No room right of the bracket: the target stands left of it, where the bar starts.
    return [row, Text(target + marks[len(target) :])]


def _rest_of(bar: Bar, frame: Frame) -> str:
    """Return the part of the bar beyond the force, the target band hatched."""
    dots = [":" if frame.is_plain else "░"] * bar.width
    for column in range(bar.width):
        if not bar.band_start <= column < bar.band_end:
            dots[column] = " "
    return "".join(dots)[len(bar.filled) :]


def _counts(snapshot: Snapshot, width: int) -> Text:
    parts = [words.count_words(snapshot), words.clock_words(snapshot)]
    if snapshot.mvc_n is not None:
        parts.append(tr("max {force:.0f} N").format(force=snapshot.mvc_n))
    return Text("   ".join(part for part in parts if part)[:width], style="bold")


def _join(rows: list[Text], frame: Frame) -> Text:
    page = Text("\n", no_wrap=True, overflow="crop").join(rows[: frame.height])
    page.no_wrap = True
    page.overflow = "crop"
    return page
