"""Whether a display answers, asked of real sockets."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.app.display import X_PORT, has_display


@pytest.fixture
def listening() -> Iterator[int]:
    """Return the number of an X display that answers over TCP."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1] - X_PORT


def test_without_a_name_there_is_no_display() -> None:
    assert not has_display({})
    assert not has_display({"DISPLAY": "", "WAYLAND_DISPLAY": ""})


def test_qt_is_left_to_try_what_it_was_told() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.parametrize("name", [":4711", ":4711.0", "unix:4711", "127.0.0.1:1", ":", "x", ":9x"])
def test_a_display_that_does_not_answer_is_none(name: str) -> None:
    assert not has_display({"DISPLAY": name})


def test_an_x_display_that_answers_is_one(listening: int) -> None:
    assert has_display({"DISPLAY": f"127.0.0.1:{listening}"})
    assert has_display({"DISPLAY": f"127.0.0.1:{listening}.0"})


def test_a_wayland_display_is_a_socket_in_the_runtime_folder(tmp_path: Path) -> None:
    named = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not has_display(named)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        assert has_display(named)
        absolute = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-9")}
        assert has_display(absolute)
    assert not has_display(named)
