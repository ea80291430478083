"""Which screen a session gets, by what the machine can show."""

import pytest

from trainer.app.screenchoice import choose_screen
from trainer.core.errors import UsageError


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the display away."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_without_display_and_terminal_there_are_plain_lines() -> None:
    assert choose_screen("auto", is_terminal=False) == "lines"


def test_a_terminal_without_display_gets_the_live_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_screen("auto", is_terminal=True) == "terminal"
    monkeypatch.setenv("TERM", "dumb")
    assert choose_screen("auto", is_terminal=True) == "lines"


def test_a_display_that_is_named_but_dead_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert choose_screen("auto", is_terminal=True) == "terminal"
    with pytest.raises(UsageError, match="DISPLAY=:4711") as raised:
        choose_screen("window", is_terminal=True)
    assert "Leave --screen out" in str(raised.value)


def test_a_window_is_what_qt_was_told_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert choose_screen("window", is_terminal=False) == "window"
    assert choose_screen("auto", is_terminal=False) == "lines"


def test_a_screen_that_cannot_be_is_refused_with_the_way_out() -> None:
    with pytest.raises(UsageError, match="none is named"):
        choose_screen("window", is_terminal=True)
    with pytest.raises(UsageError, match="--screen lines"):
        choose_screen("terminal", is_terminal=False)


@pytest.mark.parametrize("screen", ["auto", "lines"])
def test_session_after_session_is_told_in_plain_lines(screen: str) -> None:
    assert choose_screen(screen, is_terminal=True, is_again=True) == "lines"


def test_session_after_session_may_have_a_window_but_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UsageError, match="--screen lines"):
        choose_screen("terminal", is_terminal=True, is_again=True)
    with pytest.raises(UsageError, match="no display answers"):
        choose_screen("window", is_terminal=True, is_again=True)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert choose_screen("window", is_terminal=True, is_again=True) == "window"


@pytest.mark.parametrize("screen", ["terminal", "lines"])
def test_what_was_asked_for_is_shown(screen: str) -> None:
    assert choose_screen(screen, is_terminal=True) == screen
