"""The progress of an import of runs: a bar in a terminal, a line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

LINE_EVERY: Final = 200
"""Files between two lines where no bar can be drawn."""
_LONGEST: Final = 40


@contextmanager
def runs_bar(output: TextIO) -> Iterator[Callable[[int, int, str], None]]:
    """Return what hears how many of how many are done, and where the next one lies."""
    console = Console(file=output, highlight=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    is_live = console.is_terminal and not console.is_dumb_terminal
    with Progress(*columns, console=console, transient=True, disable=not is_live) as progress:
        task = progress.add_task("", total=None)

        def hear(done: int, total: int, where: str) -> None:
            if not is_live and done and done % LINE_EVERY == 0:
                output.write(f"{done} of {total}\n")
                output.flush()
            progress.update(task, completed=done, total=total, description=where[-_LONGEST:])

        yield hear
