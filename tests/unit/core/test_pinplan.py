"""The pin table: the shipped one, what a user's file changes in it, and what is refused."""

from itertools import combinations
from pathlib import Path

import pytest

from trainer.core.errors import SettingsError
from trainer.core.pinplan import HEADER_BCM, PadDriver, make_plan, read_table, shipped_table


def _read(folder: Path, text: str) -> str:
    path = folder / "pins.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        make_plan(read_table(path))
    return str(caught.value)


def test_the_shipped_table_is_the_wiring_of_the_notes() -> None:
    table = shipped_table()
    gpio = make_plan(table, "gpio")
    roles = ("clock", "data1", "data2", "data3", "data4", "button", "led", "buzzer")
    places = [(gpio.line(role).bcm, gpio.line(role).pin) for role in roles]
    assert places == [
        (6, 31),
        (5, 29),
        (13, 33),
        (16, 36),
        (26, 37),
        (17, 11),
        (27, 13),
        (22, 15),
    ]
    spi = make_plan(table, "spi")
    places = [
        (spi.line(role).bcm, spi.line(role).pin) for role in ("clock1", "data1", "clock2", "data2")
    ]
    assert places == [(10, 19), (9, 21), (20, 38), (19, 35)]


def test_a_missing_file_changes_nothing(tmp_path: Path) -> None:
    assert read_table(tmp_path / "pins.toml") == shipped_table()


def test_every_build_has_supply_ground_button_and_no_pin_twice() -> None:
    for build in shipped_table().builds.values():
        pins = [line.pin for line in build.lines.values()]
        assert len(pins) == len(set(pins))
        assert {"supply", "ground", "button", "led", "buzzer", "sda", "scl"} <= set(build.lines)


def test_gpios_and_pins_of_the_header_are_one_to_one() -> None:
    assert len(HEADER_BCM) == len(set(HEADER_BCM.values())) == 28
    assert set(HEADER_BCM.values()) == set(range(28))


def test_a_users_file_changes_only_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "pins.toml"
    path.write_text(
        'build = "gpio"\ncells = ["hallux", "toes", "ball"]\nimu = true\n'
        "[builds.gpio.lines]\ndata3 = { bcm = 12, pin = 32 }\n",
        encoding="utf-8",
    )
    plan = make_plan(read_table(path))
    assert (plan.build, plan.driver, plan.has_imu) == ("gpio", PadDriver.HX711_GPIO, True)
    assert plan.cells == ("hallux", "toes", "ball")
    assert plan.line("data3").bcm == 12
    assert plan.line("data2").bcm == 13


def test_no_pin_has_two_roles(tmp_path: Path) -> None:
    message = _read(tmp_path, "[builds.gpio.lines]\ndata2 = { bcm = 5, pin = 29 }\n")
    assert "pin 29 is both 'data1' and 'data2'. Give each its own." in message


@pytest.mark.parametrize(("first", "second"), [*combinations(("data1", "clock", "led"), 2)])
def test_two_roles_on_one_gpio_are_found_for_any_two(
    tmp_path: Path, first: str, second: str
) -> None:
    line = "{ bcm = 4, pin = 7 }"
    text = f"[builds.gpio.lines]\n{first} = {line}\n{second} = {line}\n"
    assert "pin 7 is both" in _read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('build = "gpoi"\n', "'gpoi' is an unknown build; did you mean 'gpio'?"),
        ('cells = ["halux"]\n', "'halux'; did you mean 'hallux'?"),
        ('cells = ["toes", "toes"]\n', "each role once"),
        ('cels = ["toes"]\n', "did you mean 'cells'?"),
        (
            "[builds.spi.lines]\nled = { bcm = 27, pin = 12 }\n",
            "'led': GPIO27 is pin 13, not pin 12. Correct one.",
        ),
        (
            "[builds.spi.lines]\nled = { bcm = 11, pin = 23 }\n",
            "'led': GPIO11 is taken by the bus itself. Give another pin.",
        ),
        ("[builds.spi.lines]\nsupply = { pin = 2 }\n", "'supply' at pin 2 has no GPIO"),
        ("[builds.spi.lines]\nled = { bcm = 28, pin = 13 }\n", "allowed: 0 to 27"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(
    tmp_path: Path, text: str, message: str
) -> None:
    assert message in _read(tmp_path, text)


def test_a_build_without_a_line_says_which_it_has() -> None:
    with pytest.raises(SettingsError, match=r"build 'spi' has no line 'data3'.*it has supply"):
        make_plan(shipped_table(), "spi").line("data3")
