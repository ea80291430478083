"""From the pin table to drivers, where something is missing and where libraries pretend."""

import asyncio
import math
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from trainer.core.clock import ManualClock
from trainer.core.errors import SettingsError, SourceError, SourceFault, UsageError
from trainer.core.pinplan import make_plan, shipped_table
from trainer.sources.catalog import Wanted, find_source
from trainer.sources.pins.cells import PinsFaultError
from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.lines import Header, InputLanes, InputLine, OutputLine
from trainer.sources.pins.lsm6ds import ImuCells
from trainer.sources.pins.priority import SYSTEM, System, hurry
from trainer.sources.pins.spibus import SpiBus
from trainer.sources.pins.wiring import jobs_of


class LgpioError(Exception):
    pass


class FakeLgpio:
    """Levels by pin, groups and chips as lgpio has them: the header is chip 4, as on a Pi 5."""

    SET_PULL_UP = 32
    error = LgpioError

    def __init__(self) -> None:
        self.levels: dict[int, int] = {}
        self.groups: dict[int, list[int]] = {5: [5, 13, 16]}
        self.open: set[int] = set()
        self.flags: dict[int, int] = {}
        self.busy: set[int] = set()

    def gpiochip_open(self, number: int) -> int:
        if number == 9:
            raise LgpioError("can not open gpiochip")
        self.open.add(number)
        return number

    def gpiochip_close(self, handle: int) -> None:
        self.open.remove(handle)

    def gpio_get_chip_info(self, handle: int) -> list[int | str]:
        return [0, 54, "gpiochip", "pinctrl-rp1" if handle == 4 else "brcmvirt-gpio"]

    def gpio_claim_output(self, _handle: int, bcm: int, level: int) -> None:
        if bcm in self.busy:
            raise LgpioError("GPIO busy")
        self.levels[bcm] = level

    def gpio_claim_input(self, _handle: int, bcm: int, flags: int) -> None:
        self.flags[bcm] = flags

    def group_claim_input(self, _handle: int, bcms: list[int], flags: int) -> None:
        self.groups[bcms[0]] = bcms
        self.flags[bcms[0]] = flags

    def gpio_write(self, _handle: int, bcm: int, level: int) -> int:
        self.levels[bcm] = level
        return 0

    def gpio_read(self, _handle: int, bcm: int) -> int:
        return self.levels[bcm]

    def group_read(self, _handle: int, leader: int) -> tuple[int, int]:
        bits = [self.levels[bcm] << place for place, bcm in enumerate(self.groups[leader])]
        return len(bits), sum(bits)


def test_lines_are_objects_with_a_value() -> None:
    lgpio = FakeLgpio()
    clock = OutputLine(lgpio, 0, 6)
    clock.value = True
    assert (clock.value, lgpio.levels) == (1, {6: 1})
    lgpio.levels[5] = 1
    assert InputLine(lgpio, 0, 5).value == 1


@pytest.mark.parametrize("levels", [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)])
def test_several_pins_are_read_at_once_each_into_a_lane(levels: tuple[int, ...]) -> None:
    lgpio = FakeLgpio()
    lgpio.levels = dict(zip((5, 13, 16), levels, strict=True))
    value = InputLanes(lgpio, 0, (5, 13, 16)).value
    assert tuple(value >> 32 * place & 1 for place in range(3)) == levels
    assert value < 1 << 65


def test_a_machine_without_pins_says_so(tmp_path: Path) -> None:
    with pytest.raises(PinsFaultError, match="this machine has no pins") as caught:
        Header(tmp_path)
    assert caught.value.reason is SourceFault.NOT_FOUND


def _header(folder: Path, lgpio: FakeLgpio, *numbers: int) -> Header:
    for number in numbers:
        (folder / f"gpiochip{number}").touch()
    return Header(folder, lambda _: lgpio)


def test_the_header_is_found_among_other_chips_and_its_inputs_are_pulled_up(tmp_path: Path) -> None:
    lgpio = FakeLgpio()
    header = _header(tmp_path, lgpio, 0, 4, 9)
    assert lgpio.open == {4}
    header.output(6).value = 1
    lgpio.levels |= {5: 1, 13: 0, 26: 1}
    assert header.inputs((5,)).value == 1
    assert header.inputs((13, 26)).value == 1 << 32
    assert (lgpio.levels[6], lgpio.flags) == (1, {5: 32, 13: 32})
    header.close()
    assert lgpio.open == set()


def test_a_machine_whose_chips_are_no_header_lists_them(tmp_path: Path) -> None:
    lgpio = FakeLgpio()
    with pytest.raises(PinsFaultError, match=r"gpiochip0: brcmvirt-gpio; gpiochip9: can not open"):
        _header(tmp_path, lgpio, 0, 9)
    assert lgpio.open == set()


def test_a_pin_that_another_program_has_is_named(tmp_path: Path) -> None:
    lgpio = FakeLgpio()
    lgpio.busy.add(6)
    with pytest.raises(PinsFaultError, match=r"GPIO6: cannot be used \(GPIO busy\)") as caught:
        _header(tmp_path, lgpio, 4).output(6)
    assert caught.value.reason is SourceFault.REFUSED


class FakeSpidev:
    """A bus that answers with what was sent, or refuses to open."""

    def __init__(self, error: OSError | None = None) -> None:
        self.max_speed_hz = 0
        self.mode = -1
        self.opened: tuple[int, int] | None = None
        self._error = error

    def SpiDev(self) -> "FakeSpidev":  # noqa: N802 - the library's name
        return self

    def open(self, bus: int, device: int) -> None:
        if self._error is not None:
            raise self._error
        self.opened = (bus, device)

    def xfer2(self, out: list[int]) -> list[int]:
        return [byte ^ 0xFF for byte in out]

    def close(self) -> None:
        self.opened = None


def test_an_spi_bus_is_opened_at_one_megahertz_and_closed(tmp_path: Path) -> None:
    (tmp_path / "spidev1.0").touch()
    spidev = FakeSpidev()
    bus = SpiBus(1, tmp_path, lambda _: spidev)
    assert (spidev.opened, spidev.max_speed_hz, spidev.mode) == ((1, 0), 1_000_000, 0)
    assert bus.exchange(b"\x00\xaa") == b"\xff\x55"
    bus.close()
    assert spidev.opened is None


def test_an_spi_bus_that_may_not_be_opened_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "spidev0.0").touch()
    refusing = FakeSpidev(PermissionError(13, "Permission denied"))
    with pytest.raises(PinsFaultError, match=r"Permission denied.*usermod -aG spi"):
        SpiBus(0, tmp_path, lambda _: refusing)


def test_an_spi_bus_that_is_off_says_how_it_is_switched_on(tmp_path: Path) -> None:
    with pytest.raises(PinsFaultError, match=r"spidev1\.0 is not there.*dtoverlay=spi1-1cs"):
        SpiBus(1, tmp_path)


def test_a_library_that_is_missing_says_how_it_is_installed() -> None:
    with pytest.raises(PinsFaultError, match=r"pip install -e '\.\[pi\]'"):
        load_driver("a_library_that_nobody_has")


def test_importing_lgpio_leaves_nothing_in_the_current_folder(tmp_path: Path) -> None:
    # No wheel of it fits Python 3.13, where it is the system's package that not every PC has.
    if find_spec("lgpio") is None:
        pytest.skip("NOT TESTED: lgpio is not installed")
    code = (
        "from pathlib import Path\n"
        "from trainer.sources.pins.cells import PinsFaultError\n"
        "from trainer.sources.pins.lines import Header\n"
        "devices = Path('devices'); devices.mkdir(); (devices / 'gpiochip0').touch()\n"
        "Path('.').chmod(0o500)\n"
        "try:\n    Header(devices)\n"
        "except PinsFaultError as fault:\n    print(fault)\n"
    )
    environment = {name: text for name, text in os.environ.items() if name != "LG_WD"}
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": root, "TMPDIR": str(tmp_path / "devices")},
        capture_output=True,
        text=True,
        check=False,
    )
    tmp_path.chmod(0o700)
    assert "none of the pin chips is a Raspberry Pi's header" in done.stdout, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["devices"]
    assert [path.name for path in (tmp_path / "devices").iterdir()] == ["gpiochip0"]


def test_jobs_of_the_shipped_builds_name_role_and_pin() -> None:
    (spi,) = jobs_of(make_plan(shipped_table(), "spi"))
    assert spi == Job(
        Driver.HX711_SPI,
        ("toes (DOUT at GPIO9, pin 21)", "heel (DOUT at GPIO19, pin 35)"),
        buses=(0, 1),
    )
    (gpio,) = jobs_of(make_plan(shipped_table(), "gpio"))
    assert (gpio.driver, gpio.data, gpio.clock) == (Driver.HX711_GPIO, (5, 13), 6)
    assert Job.from_text(gpio.to_text()) == gpio


def _plan(tmp_path: Path, text: str) -> Wanted:
    path = tmp_path / "pins.toml"
    path.write_text(text, encoding="utf-8")
    return Wanted("pins", pins=path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('cells = ["hallux", "toes", "heel"]', "has no line 'clock3', which 3 cells need"),
        ("[builds.spi.lines]\nclock1 = { bcm = 4, pin = 7 }", "must be the MOSI of an SPI bus"),
    ],
)
def test_a_plan_that_no_driver_can_follow_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        find_source(_plan(tmp_path, text), ManualClock())


def test_the_catalog_knows_the_pins_and_the_builds(tmp_path: Path) -> None:
    opened = find_source(_plan(tmp_path, "imu = true\n"), ManualClock())
    assert opened.source.streams[0].channels == ("toes", "heel")
    assert len(opened.source.streams) == 2
    with pytest.raises(SettingsError, match="'gipo' is an unknown build; did you mean 'gpio'"):
        find_source(Wanted("pins:gipo"), ManualClock())
    with pytest.raises(UsageError, match="--speed"):
        find_source(Wanted("pins", speed=2.0), ManualClock())


@pytest.mark.skipif(Path("/dev/gpiochip0").exists(), reason="this machine has pins")
@pytest.mark.parametrize(
    ("name", "message"), [("pins:gpio", "no pins"), ("pins:spi", "spidev0.0 is not there")]
)
def test_opening_the_pins_of_a_machine_without_any_is_a_clear_error(
    name: str, message: str
) -> None:
    async def open_it() -> None:
        source = find_source(Wanted(name), ManualClock()).source
        try:
            await source.open()
        finally:
            await source.close()

    with pytest.raises(SourceError, match=message) as caught:
        asyncio.run(open_it())
    assert caught.value.reason is SourceFault.NOT_FOUND


def test_what_the_system_refuses_is_told_with_what_helps() -> None:
    def refuse(_: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    asked: list[int] = []
    told = hurry(System(refuse, asked.append))
    assert told.startswith("real-time priority 50 (Operation not permitted) refused")
    assert "rtprio 50" in told
    assert asked == [1000]
    assert hurry(System(asked.append, asked.append)) == ""


def test_the_timer_slack_of_this_system_can_be_set() -> None:
    SYSTEM.set_slack(50_000)


class RegisterBus:
    """An I2C bus with one LSM6DSOX: registers that keep what is written."""

    def __init__(self) -> None:
        self.registers = bytearray(128)
        self.registers[0x0F] = 0x6C

    def try_lock(self) -> bool:
        return True

    def unlock(self) -> None: ...

    def writeto(self, _address: int, out: bytes, **_: int) -> None:
        for place, byte in enumerate(out[1:]):
            self.registers[out[0] + place] = byte & 0xFE if out[0] == 0x12 else byte

    def writeto_then_readfrom(
        self, _address: int, out: bytes, into: bytearray, **limits: int
    ) -> None:
        start, end = limits.get("in_start", 0), limits.get("in_end") or len(into)
        into[start:end] = self.registers[out[0] : out[0] + end - start]


@pytest.mark.parametrize("counts", [(1, -2, 3, -4, 5, -6), (0x7FFF, -0x8000, 0, 8192, -1, 1)])
def test_the_librarys_units_are_turned_back_into_the_chips_counts(
    counts: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.environ.setdefault("BLINKA_OS_AGNOSTIC", "1")
    library = load_driver("adafruit_lsm6ds")
    monkeypatch.setattr(library, "sleep", lambda _: None)
    bus = RegisterBus()
    chip = load_driver("adafruit_lsm6ds.lsm6dsox").LSM6DSOX(bus)
    chip.accelerometer_range = library.AccelRange.RANGE_4G
    chip.gyro_range = library.GyroRange.RANGE_500_DPS
    cells = ImuCells(chip, lambda: 0)
    assert list(cells.look()) == [False]
    bus.registers[0x1E] = 3
    for place, count in enumerate((*counts[3:], *counts[:3])):
        bus.registers[0x22 + 2 * place : 0x24 + 2 * place] = (count & 0xFFFF).to_bytes(2, "little")
    assert list(cells.look()) == [True]
    into = [0] * 6
    shift = cells.shift(into)
    assert tuple(into) == counts
    assert shift.status == (1 if 0x7FFF in counts else 0)
    assert chip.acceleration[0] == pytest.approx(counts[0] * 0.122e-3 * 9.80665)
    assert chip.gyro[0] == pytest.approx(math.radians(counts[3] * 17.5e-3))
