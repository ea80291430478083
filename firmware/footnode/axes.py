"""How the inertial sensor lies in the pad: its axes turned into x forward, y left, z up."""

_NAMES = "xyz"


class Axes:
    """A rotation by right angles, written as where our axes come from: "+x +y +z"."""

    def __init__(self, text: str) -> None:
        """Read the text; ValueError where it is no rotation."""
        words = text.split()
        if sorted(word[-1] for word in words) != ["x", "y", "z"]:
            raise ValueError(_refusal(text))
        self._from = [_NAMES.index(word[-1]) for word in words]
        self._signs = [-1 if word[0] == "-" else 1 for word in words]
        if any(word[:-1] not in ("", "+", "-") for word in words) or self._handedness() != 1:
            raise ValueError(_refusal(text))

    def turn(self, counts: "list[int]") -> None:
        """Turn acceleration (first three) and turn rate (last three) in place, int16 limits."""
        for first in (0, 3):
            x, y, z = counts[first], counts[first + 1], counts[first + 2]
            chip = (x, y, z)
            for i in range(3):
                counts[first + i] = min(0x7FFF, self._signs[i] * chip[self._from[i]])

    def _handedness(self) -> int:
        a, b, c = self._from
        parity = 1 if (a, b, c) in ((0, 1, 2), (1, 2, 0), (2, 0, 1)) else -1
        return parity * self._signs[0] * self._signs[1] * self._signs[2]


def _refusal(text: str) -> str:
    return (
        'FOOT_IMU_AXES is "' + text + '": not three of +-x, +-y, +-z that a turn can bring about '
        '(a mirror image cannot be mounted). Write it like "+x +y +z" in settings.toml.'
    )
