"""The pad's geometry from a TOML file: only what differs from the default pad need be there.

ball_x_m = 0.118
[cells.hallux]
x_m = 0.19
"""

import difflib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from trainer.app.namedtoml import fault, read_named
from trainer.core.packets import CELL_ROLES
from trainer.core.pad import ImuMounting, PadSettings
from trainer.core.settings import parse_settings

_DIRECTIONS: Final = {
    sign + axis: (1 if sign == "+" else -1) * np.eye(3)[index]
    for sign in "+-"
    for index, axis in enumerate("xyz")
}


def read_pad(path: Path) -> PadSettings:
    """Return the pad in a TOML file, defaults elsewhere. Raises SettingsError: line, what to do."""
    text = read_named(path)
    pad = parse_settings(text, PadSettings, str(path))
    for role in pad.cells:
        if role not in CELL_ROLES:
            near = difflib.get_close_matches(role, CELL_ROLES, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(CELL_ROLES)}."
            raise fault(path, text, ("cells", role), f"is an unknown cell; {hint}")
    what = _mounting_fault(pad.imu)
    if what:
        raise fault(path, text, ("imu",), what)
    return replace(pad, cells={**PadSettings().cells, **pad.cells})


def _mounting_fault(imu: ImuMounting) -> str | None:
    names = (imu.forward, imu.left, imu.up)
    for name in names:
        if name not in _DIRECTIONS:
            return f"names a direction '{name}'; allowed: {', '.join(_DIRECTIONS)}. Correct it."
    axes = np.array([_DIRECTIONS[name] for name in names])
    if any(abs(float(one @ other)) > 0 for one, other in pairwise((*axes, axes[0]))):
        return (
            f"uses an axis twice: forward {names[0]}, left {names[1]}, up {names[2]}. Correct it."
        )
    if np.linalg.det(axes) < 0:
        return (
            f"is a mirrored sensor (forward {names[0]}, left {names[1]}, up {names[2]}): no sensor "
            "has such axes. Turn one of the signs."
        )
    return None
