"""The box of a session: only where it is asked for, and gone in the end."""

from dataclasses import replace
from pathlib import Path

import pytest
from gpiozero.pins.mock import MockFactory  # type: ignore[import-untyped]

from trainer.app.boxpins import find_box, serving
from trainer.app.launch import Place
from trainer.app.order import Order
from trainer.box.opening import open_box
from trainer.core.clock import ManualClock
from trainer.core.errors import SettingsError
from trainer.core.folders import Folders
from trainer.core.pinplan import make_plan, shipped_table
from trainer.core.settings import BoxSettings, Settings
from trainer.library.library import open_library

ENABLED = replace(Settings(), box=BoxSettings(is_enabled=True))


def found(folder: Path, settings: Settings, source: str = "sim") -> list[str]:
    """Return what is told where no box is found."""
    told: list[str] = []
    folders = Folders(folder, folder)
    with open_library(folders) as library:
        place = Place(folders, settings, ManualClock(), library)
        assert find_box(Order(source=source), place, told.append) is None
    return told


def test_no_box_is_looked_for_unless_settings_say_so(tmp_path: Path) -> None:
    (tmp_path / "pins.toml").write_text("build = 'nonsense'", encoding="utf-8")
    assert found(tmp_path, Settings()) == []


def test_the_build_is_the_pads_own_where_that_is_on_the_pins(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'gpoi' is an unknown build; did you mean 'gpio'"):
        found(tmp_path, ENABLED, "pins:gpoi")


def test_a_line_of_the_users_own_table_is_checked(tmp_path: Path) -> None:
    own = "[builds.spi.lines]\nbutton = { bcm = 4, pin = 11 }\n"
    (tmp_path / "pins.toml").write_text(own, encoding="utf-8")
    with pytest.raises(SettingsError, match="GPIO4 is pin 7, not pin 11"):
        found(tmp_path, ENABLED)


def test_the_pins_are_let_go_also_after_a_fault() -> None:
    factory = MockFactory()
    plan = make_plan(shipped_table())
    box = open_box(plan, BoxSettings(is_sounding=False), ManualClock(), print, lambda: factory)
    button = factory.pin(plan.line("button").bcm)
    with pytest.raises(ZeroDivisionError), serving(box):
        raise ZeroDivisionError
    assert button.when_changed is None
    with serving(None):
        pass
