"""An examination of the pad in a terminal: live with a countdown, or plain lines."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from trainer.core.texts import noted, tr
from trainer.doctor.finding import BAD, Finding, Verdict
from trainer.doctor.steps import Picture
from trainer.terminal.words import clean

MARKS: Final = {
    Verdict.OK: (noted("ok"), "green"),
    Verdict.WARN: (noted("WARN"), "yellow"),
    Verdict.FAIL: (noted("FAIL"), "bold red"),
    Verdict.UNKNOWN: ("?", "dim"),
}
"""A word and a colour: the colour is never alone."""
BAR: Final = 40


class View(Protocol):
    """What shows an examination."""

    def show(self, picture: Picture) -> None:
        """Show a picture."""
        ...


def check_view(
    *, is_live: bool, is_silent: bool, console: Console | None = None
) -> AbstractContextManager[View]:
    """Return what shows an examination; silent where an object is all that is printed."""
    if is_silent:
        return nullcontext(Silence())
    if is_live:
        return LiveCheck(console or Console(highlight=False))
    return nullcontext(CheckLines(_write))


class Silence:
    """Shows nothing."""

    def show(self, picture: Picture) -> None:
        """Take notice of nothing."""


class LiveCheck:
    """What to do now, how long still, and at the end the table of findings."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._live.stop()

    def show(self, picture: Picture) -> None:
        """Draw the step, or the findings."""
        if not picture.is_done:
            self._live.update(_step(picture), refresh=True)
            return
        self._live.stop()
        self._console.print(_table(picture.findings))
        self._console.print(Text(verdict_words(picture.findings), style="bold"))


class CheckLines:
    """A line for each step, then one for each finding."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._step = ""

    def show(self, picture: Picture) -> None:
        """Tell of a step that is new, and of the findings."""
        if not picture.is_done:
            if picture.heading != self._step:
                self._step = picture.heading
                self._write(clean(f"{tr(picture.heading)}: {tr(picture.detail)}"))
            return
        for line in finding_lines(picture.findings):
            self._write(line)
        self._write(verdict_words(picture.findings))


def finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    """Return a line for each finding, and what to do below those that are bad."""
    lines: list[str] = []
    for found in findings:
        mark = tr(MARKS[found.verdict][0])
        told = f"{mark:4}  {tr(found.title)}: {clean(found.shown)}"
        if found.verdict in BAD:
            limit = tr("{told} (limit: {limit})").format(told=told, limit=found.limit)
            lines += [limit, f"      -> {clean(tr(found.advice))}"]
        else:
            lines.append(told)
    return lines


def verdict_words(findings: tuple[Finding, ...]) -> str:
    """Return all of it in one line."""
    counted = {v: sum(found.verdict is v for found in findings) for v in Verdict}
    fails, warns, unknown = (counted[v] for v in (Verdict.FAIL, Verdict.WARN, Verdict.UNKNOWN))
    known = tr("{n} checks").format(n=len(findings) - unknown)
    if unknown:
        known = tr("{known}, {n} not known").format(known=known, n=unknown)
    if not fails and not warns:
        return tr("All is well: {known}.").format(known=known)
    text = tr("{fails} failed, {warns} to watch, of {known}.")
    return text.format(fails=fails, warns=warns, known=known)


def _step(picture: Picture) -> Group:
    text = tr("in {left:.0f}") if picture.is_counting_down else "{left:.0f} s"
    seconds = text.format(left=picture.left_s)
    told = seconds if picture.left_s > 0 else ""
    return Group(
        Text(f"{tr(picture.heading)}  {told}", style="bold"),
        Text(clean(tr(picture.detail))),
        ProgressBar(total=1.0, completed=picture.share, width=BAR),
        Text(tr("Ctrl-C ends it early."), style="dim"),
    )


def _table(findings: tuple[Finding, ...]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column()
    table.add_column(overflow="fold")
    for found in findings:
        word, colour = MARKS[found.verdict]
        told = Text(clean(found.shown))
        if found.verdict in BAD:
            limit = tr("limit: {limit}").format(limit=found.limit)
            told.append(f"\n{limit}", style="dim")
            told.append(f"\n{clean(tr(found.advice))}")
        table.add_row(Text(tr(word), style=colour), tr(found.title), told)
    return table


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
