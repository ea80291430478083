"""The inertial sensor, against registers that pretend."""

from footnode.axes import Axes
from footnode.lsm6 import Lsm6
from footnode.status import IMU_FAULT, SATURATED

from tests.unit.firmware.chips import EmulatedLsm6
from trainer.core.units import ACCEL_MS2_PER_COUNT, NEWTON_PER_KG, TURN_DPS_PER_COUNT


def test_it_is_woken_at_the_rate_and_ranges_that_the_host_counts_with() -> None:
    chip = EmulatedLsm6()
    Lsm6(chip, Axes("+x +y +z")).wake()
    # Data sheet, CTRL1_XL: rate 0100 is 104 Hz, range 10 is +-4 g; CTRL2_G: range 01 is 500 dps.
    assert chip.registers[0x10] == 0b0100_10_00
    assert chip.registers[0x11] == 0b0100_01_00
    # The data sheet's rounded sensitivities make a full scale of 4 g and 573 deg/s.
    assert round(0x8000 * ACCEL_MS2_PER_COUNT / NEWTON_PER_KG) == 4
    assert round(0x8000 * TURN_DPS_PER_COUNT) == 573


def test_a_sample_is_ready_when_both_halves_are() -> None:
    chip = EmulatedLsm6()
    sensor = Lsm6(chip, Axes("+x +y +z"))
    for bits, is_ready in ((0, False), (1, False), (2, False), (3, True), (7, True)):
        chip.registers[0x1E] = bits
        assert sensor.is_ready() is is_ready


def test_acceleration_comes_first_and_all_is_turned() -> None:
    chip = EmulatedLsm6()
    chip.set_sample(turn=(1, -2, 3), acceleration=(100, -200, 8192))
    into = [0] * 6
    assert Lsm6(chip, Axes("-y +x +z")).read(into) == 0
    assert into == [200, 100, 8192, 2, 1, 3]


def test_a_count_at_its_end_is_saturated() -> None:
    for count in (0x7FFF, -0x8000):
        chip = EmulatedLsm6()
        chip.set_sample(turn=(0, 0, 0), acceleration=(0, count, 0))
        into = [0] * 6
        assert Lsm6(chip, Axes("+x +y +z")).read(into) == SATURATED
        assert into[1] == count


def test_a_sensor_that_does_not_answer_is_never_ready_and_a_fault_when_read() -> None:
    chip = EmulatedLsm6()
    chip.is_there = False
    sensor = Lsm6(chip, Axes("+x +y +z"))
    sensor.wake()
    assert not sensor.is_ready()
    assert sensor.read([0] * 6) == IMU_FAULT
    sensor.sleep()


def test_sleep_switches_both_halves_off() -> None:
    chip = EmulatedLsm6()
    sensor = Lsm6(chip, Axes("+x +y +z"))
    sensor.wake()
    sensor.sleep()
    assert (chip.registers[0x10], chip.registers[0x11]) == (0, 0)
