"""The progress of an installation: a bar in a terminal, lines elsewhere."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

_STEP: Final = re.compile(r"(\d+) of (\d+): (.*)")
"""How an installation tells its steps; its last line is said by who began it."""


@contextmanager
def install_bar(output: TextIO) -> Iterator[Callable[[str], None]]:
    """Return what hears the lines of an installation and shows its steps."""
    console = Console(file=output, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    is_live = console.is_terminal and not console.is_dumb_terminal
    with Progress(*columns, console=console, transient=True, disable=not is_live) as progress:
        task = progress.add_task("", total=None)

        def hear(line: str) -> None:
            step = _STEP.fullmatch(line)
            if step is None:
                return
            if not is_live:
                output.write(f"{line}\n")
                output.flush()
            done, total, place = int(step[1]), int(step[2]), step[3]
            progress.update(task, completed=done, total=total, description=place)

        yield hear
