"""A scan over the virtual radio: who is found, how it ends, and what is said where it cannot be."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence

import pytest
from bleak.backends.scanner import BaseBleakScanner
from bleak.exc import BleakError

from tests.virtual.devices import MuscleMeter
from tests.virtual.footperipheral import FootOptions
from tests.virtual.rig import Rig, make_rig
from tests.virtual.sensorperipheral import SensorPeripheral
from tests.virtual.virtualtime import run_virtual
from trainer.app.scan import Scan, ScanOrder, run_scan
from trainer.core.errors import SourceError
from trainer.sources.ble.surroundings import Near
from trainer.sources.ble.transport import BleTransport
from trainer.wire.footnode import FOOT


class Notes:
    """A view that remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[float, tuple[Near, ...]]] = []

    def show(self, near: Sequence[Near], since_s: float) -> None:
        self.shown.append((since_s, tuple(near)))


def test_a_node_and_a_scale_are_found_and_the_scales_force_is_followed() -> None:
    async def course() -> tuple[tuple[Near, ...], list[float]]:
        rig = await make_rig()
        await rig.foot(FootOptions(name="ToeNode"))
        scale = SensorPeripheral(
            rig.link, MuscleMeter(), "F0:00:00:00:00:07", 8.0, lambda at_s: 20.0 + at_s
        )
        await scale.power_on()
        notes = Notes()
        found = await Scan(rig.transport, rig.clock).run(notes, 6.0)
        forces = [near.force_n for _, all_ in notes.shown for near in all_ if near.force_n]
        return found, forces

    found, forces = run_virtual(course())
    assert sorted(near.name for near in found) == ["IF_B7", "ToeNode"]
    assert all(near.ago_s < 1.0 for near in found)
    assert len(set(forces)) > 10
    assert forces == sorted(forces)


def test_of_nodes_only_nothing_else_is_known() -> None:
    async def course() -> tuple[Near, ...]:
        rig = await make_rig()
        await rig.foot()
        scale = SensorPeripheral(rig.link, MuscleMeter(), "F0:00:00:00:00:07", 8.0, abs)
        await scale.power_on()
        return await Scan(rig.transport, rig.clock, (FOOT,)).run(Notes(), 2.0)

    assert [near.dialect for near in run_virtual(course())] == [FOOT, None]


def test_a_scan_lasts_as_long_as_asked_and_ends_at_once_when_stopped() -> None:
    async def course(stop_s: float) -> float:
        rig = await make_rig()
        scan = Scan(rig.transport, rig.clock)
        began_s = rig.clock.monotonic_s()
        asyncio.get_running_loop().call_later(stop_s, scan.stop)
        await scan.run(Notes(), 10.0)
        assert not rig.adapter.is_scanning
        return rig.clock.monotonic_s() - began_s

    assert run_virtual(course(99.0)) == pytest.approx(10.0, abs=0.3)
    assert run_virtual(course(3.0)) == pytest.approx(3.0, abs=0.3)


def test_bluetooth_that_is_off_is_told_with_its_remedy() -> None:
    async def course() -> None:
        rig = await make_rig()
        await rig.adapter.power(is_on=False)
        await Scan(rig.transport, rig.clock).run(Notes(), 10.0)

    with pytest.raises(SourceError, match=r"^Bluetooth is switched off\.$") as failed:
        run_virtual(course())
    assert failed.value.exit_status == 1


def test_bluetooth_that_is_switched_off_meanwhile_is_noticed() -> None:
    async def course(rig: Rig) -> None:
        await rig.foot()
        asyncio.get_running_loop().create_task(switch_off_later(rig))
        await Scan(rig.transport, rig.clock).run(Notes(), 60.0)

    async def switch_off_later(rig: Rig) -> None:
        await asyncio.sleep(8.0)
        await rig.adapter.power(is_on=False)

    async def whole() -> float:
        rig = await make_rig()
        with pytest.raises(SourceError, match="switched off"):
            await course(rig)
        return rig.clock.monotonic_s()

    assert run_virtual(whole()) == pytest.approx(1013.0, abs=1.5)


def test_a_silent_place_is_no_error_while_bluetooth_works() -> None:
    async def course() -> tuple[Near, ...]:
        rig = await make_rig()
        return await Scan(rig.transport, rig.clock).run(Notes(), 30.0)

    assert run_virtual(course()) == ()


def hearing_nobody(begin: Callable[[], None]) -> BleTransport:
    """Return a radio that hears nobody, and does something as soon as it is to listen."""

    class Backend(BaseBleakScanner):
        def __init__(self, callback: None, services: None, _mode: str, **_options: object) -> None:
            super().__init__(callback, services)

        async def start(self) -> None:
            begin()

        async def stop(self) -> None:
            pass

    return BleTransport(scanner_kw={"backend": Backend})


def test_ctrl_c_ends_a_scan_with_status_0_and_its_advice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = signal.getsignal(signal.SIGINT)
    transport = hearing_nobody(lambda: os.kill(os.getpid(), signal.SIGINT))
    assert run_scan(ScanOrder(seconds=60.0), transport) == 0
    assert "Switch it on" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGINT) is before


def test_a_scan_that_another_program_hinders_says_so() -> None:
    def busy() -> None:
        raise BleakError("org.bluez.Error.InProgress\nlong")

    with pytest.raises(SourceError, match=r"\(org\.bluez\.Error\.InProgress\): another program"):
        run_scan(ScanOrder(seconds=60.0), hearing_nobody(busy))


def test_a_reader_that_stops_reading_is_not_taken_for_a_fault_of_the_radio() -> None:
    class Broken(Notes):
        def show(self, near: Sequence[Near], since_s: float) -> None:
            raise BrokenPipeError(near, since_s)

    async def course() -> None:
        rig = await make_rig()
        await Scan(rig.transport, rig.clock).run(Broken(), 10.0)

    with pytest.raises(BrokenPipeError):
        run_virtual(course())
