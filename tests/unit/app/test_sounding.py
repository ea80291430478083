"""A session is heard where it is live, wanted, and no buzzer says the same."""

import io
import sys
from pathlib import Path

import pytest

from tests.unit.box.test_speaker import Deaf, Tty
from tests.unit.terminal.fakeengine import FakeEngine
from trainer.app.launch import Place
from trainer.app.order import Order
from trainer.app.sounding import find_speaker, sounding
from trainer.box.speaker import Speaker
from trainer.core.clock import ManualClock, SystemClock
from trainer.core.folders import Folders
from trainer.core.settings import BoxSettings, Settings, SoundSettings
from trainer.library.library import open_library


def found(tmp_path: Path, order: Order, settings: Settings) -> Speaker | None:
    folders = Folders(tmp_path / "share", tmp_path / "config")
    with open_library(folders) as library:
        return find_speaker(order, Place(folders, settings, SystemClock(), library))


@pytest.mark.parametrize(
    ("order", "settings", "is_heard"),
    [
        (Order(), Settings(), True),
        (Order(speed=60.0), Settings(), False),
        (Order(speed=None), Settings(), False),
        (Order(), Settings(sound=SoundSettings(is_on=False)), False),
        (Order(), Settings(box=BoxSettings(is_enabled=True)), False),
        (Order(), Settings(box=BoxSettings(is_enabled=True, is_sounding=False)), True),
    ],
)
def test_what_is_heard(
    tmp_path: Path,
    order: Order,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_heard: bool,
) -> None:
    monkeypatch.setattr(sys, "stderr", Tty())
    assert (found(tmp_path, order, settings) is not None) is is_heard


def test_without_a_player_and_a_terminal_it_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found(tmp_path, Order(), Settings()) is None


def test_the_speaker_goes_with_the_session() -> None:
    player, clock = Deaf(), ManualClock()
    with sounding(Speaker(player, clock), FakeEngine(clock), print):
        pass
    assert player.is_closed
    with sounding(None, FakeEngine(clock), print):
        pass
