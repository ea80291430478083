"""The progress of an import: lines now and then in a pipe, a bar in a terminal, gone at its end."""

import io

import pytest

from trainer.terminal.runsbar import LINE_EVERY, runs_bar


class Terminal(io.StringIO):
    """Output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def walk(output: io.StringIO, total: int) -> None:
    with runs_bar(output) as hear:
        for done in range(total + 1):
            hear(done, total, f"watch/[red]{done}.fit")


def test_in_a_pipe_a_line_comes_now_and_then() -> None:
    output = io.StringIO()
    walk(output, 2 * LINE_EVERY + 1)
    assert output.getvalue().splitlines() == ["200 of 401", "400 of 401"]


def test_in_a_terminal_a_bar_counts_files_whatever_their_names_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    output = Terminal()
    walk(output, 3)
    said = output.getvalue()
    assert "3/3" in said
    assert said.rstrip().endswith(("\x1b[2K", "\x1b[?25h")), "the bar is gone at the end"
