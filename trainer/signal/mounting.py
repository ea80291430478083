"""How an inertial sensor is mounted, as the matrix from its axes to forward, left and up."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.errors import SettingsError
from trainer.core.pad import ImuMounting

_AXES: Final = {
    sign + axis: size * np.eye(3)[column]
    for column, axis in enumerate("xyz")
    for sign, size in (("+", 1.0), ("-", -1.0))
}


def mounting_matrix(mounting: ImuMounting) -> FloatArray:
    """Return the (3, 3) matrix that turns the sensor's x, y, z into forward, left, up.

    Raises SettingsError: unknown axis, an axis named twice, or a left-handed set.
    """
    names = {"forward": mounting.forward, "left": mounting.left, "up": mounting.up}
    for key, name in names.items():
        if name not in _AXES:
            raise SettingsError(
                f"imu.{key} is '{name}'; allowed: {', '.join(_AXES)}. Name the axis of the sensor "
                f"that points {key}, with its sign."
            )
    shown = ", ".join(f"{key} = '{name}'" for key, name in names.items())
    if len({name[1] for name in names.values()}) < len(names):
        raise SettingsError(
            f"imu: {shown} names an axis twice; expected x, y and z once each. Correct it."
        )
    matrix = np.array([_AXES[name] for name in names.values()])
    if np.linalg.det(matrix) < 0:
        raise SettingsError(
            f"imu: {shown} is left-handed, as no sensor is; expected forward x left = up. Lay the "
            "pad flat, read which axis shows +9.8 m/s2 (up), and change the sign of another one."
        )
    return matrix
