"""What the service manager hears, and that it hears nothing of an engine that hangs."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.terminal.fakeengine import FakeEngine
from trainer.app.servicelink import BEAT_S, Pulse, ServiceLink
from trainer.core.clock import ManualClock
from trainer.core.snapshot import Phase


class Manager:
    """The far end of the link."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        """Return what came since the last call."""
        found: list[str] = []
        try:
            while True:
                found.append(self._socket.recv(4096).decode())
        except BlockingIOError:
            return found

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = str(tmp_path / "notify")
    return path if request.param == "path" else f"@{path}"


@pytest.fixture
def manager(address: str) -> Iterator[Manager]:
    far = Manager(address.replace("@", "\0"))
    yield far
    far.close()


def pulse_of(address: str) -> tuple[Pulse, FakeEngine]:
    engine = FakeEngine(ManualClock())
    return Pulse(ServiceLink(address), engine, engine.clock), engine


def beats(manager: Manager) -> int:
    return manager.heard().count("WATCHDOG=1")


def test_ready_and_a_status_are_told_and_a_status_only_where_it_is_new(
    address: str, manager: Manager
) -> None:
    link = ServiceLink(address)
    link.ready()
    for text in ("waiting", "waiting", "two\nlines\tof it"):
        link.status(text)
    assert manager.heard() == ["READY=1", "STATUS=waiting", "STATUS=two lines of it"]


def test_a_living_engine_gives_a_sign_of_life_twice_a_second(
    address: str, manager: Manager
) -> None:
    pulse, engine = pulse_of(address)
    for _ in range(40):
        engine.clock.move(BEAT_S / 4)
        engine.heartbeat_s = engine.clock.monotonic_s()
        pulse.look()
    assert beats(manager) == 10


def test_an_engine_whose_heartbeat_stands_still_is_silent_whoever_looks(
    address: str, manager: Manager
) -> None:
    pulse, engine = pulse_of(address)
    pulse.look()
    manager.heard()
    for _ in range(40):
        engine.clock.move(BEAT_S)
        pulse.look()
    assert beats(manager) == 0
    engine.heartbeat_s = engine.clock.monotonic_s()
    pulse.look()
    assert beats(manager) == 1


def test_a_session_that_is_over_leaves_the_screen_alone_to_be_watched(
    address: str, manager: Manager
) -> None:
    pulse, engine = pulse_of(address)
    engine.show(phase=Phase.DONE)
    engine.is_finished = True
    for _ in range(4):
        engine.clock.move(BEAT_S)
        pulse.look()
    assert manager.heard() == ["STATUS=session saved", *["WATCHDOG=1"] * 4]


def test_the_status_says_where_the_session_is(address: str, manager: Manager) -> None:
    pulse, _engine = pulse_of(address)
    pulse.look()
    assert manager.heard()[0] == "STATUS=work, set 1 rep 7"


def test_without_a_manager_nothing_is_said_and_nothing_fails(tmp_path: Path) -> None:
    ServiceLink().ready()
    gone = ServiceLink(str(tmp_path / "nobody"))
    gone.ready()
    gone.beat()


def test_the_environment_names_the_manager(
    address: str, manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    ServiceLink.of_system().ready()
    assert manager.heard() == ["READY=1"]
    monkeypatch.delenv("NOTIFY_SOCKET")
    ServiceLink.of_system().ready()
    assert manager.heard() == []
