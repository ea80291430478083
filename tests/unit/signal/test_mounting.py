"""Mountings of the inertial sensor: every right-handed one is taken, nothing else is."""

import itertools

import numpy as np
import pytest

from trainer.core.errors import SettingsError
from trainer.core.pad import ImuMounting
from trainer.signal.mounting import mounting_matrix

NAMES = ("+x", "-x", "+y", "-y", "+z", "-z")


def test_the_default_leaves_the_axes_as_they_are() -> None:
    np.testing.assert_array_equal(mounting_matrix(ImuMounting()), np.eye(3))


def test_all_24_ways_to_mount_a_sensor_are_taken_and_nothing_else() -> None:
    taken = 0
    for forward, left, up in itertools.product(NAMES, repeat=3):
        mounting = ImuMounting(forward, left, up)
        try:
            matrix = mounting_matrix(mounting)
        except SettingsError:
            continue
        taken += 1
        np.testing.assert_array_equal(matrix @ matrix.T, np.eye(3))
        np.testing.assert_array_equal(np.cross(matrix[0], matrix[1]), matrix[2])
    assert taken == 24


def test_a_sensor_on_its_side_reads_up_where_its_settings_say() -> None:
    # Its x points down, its z forward.
    matrix = mounting_matrix(ImuMounting(forward="+z", left="+y", up="-x"))
    np.testing.assert_array_equal(matrix @ [-9.8, 0.1, 0.2], [0.2, 0.1, 9.8])


@pytest.mark.parametrize(
    ("mounting", "words"),
    [
        (ImuMounting(up="z"), "imu.up is 'z'; allowed: +x, -x"),
        (ImuMounting(forward="+y"), "names an axis twice"),
        (ImuMounting(left="-y"), "left-handed"),
    ],
)
def test_what_no_sensor_can_be_is_refused_with_the_way_out(
    mounting: ImuMounting, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        mounting_matrix(mounting)
    assert words in str(caught.value)
