"""What a person wrote of the node in the board's settings.toml."""

import footwire
from footnode.axes import Axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS = {"pad": footwire.PAD, "balance": footwire.BALANCE}
_CONVERTERS = {"none": 0, "hx711": footwire.HX711, "nau7802": footwire.NAU7802}
MOST_CELLS = {0: 0, footwire.HX711: 2, footwire.NAU7802: 4}
"""Cells by converter: an HX711 needs an SPI bus of its own, and a node has two."""
_YES = {"yes": 1, "no": 0}


class Options:
    """The settings of a node, checked."""

    def __init__(self, getenv: "Callable[[str], object]") -> None:
        """Read the settings; ValueError for one that means nothing."""
        self.kind = _chosen(getenv, "FOOT_KIND", _KINDS, "pad")
        self.converter = _chosen(getenv, "FOOT_CONVERTER", _CONVERTERS, "hx711")
        self.has_imu = bool(_chosen(getenv, "FOOT_IMU", _YES, "yes"))
        self.axes = Axes(_text(getenv, "FOOT_IMU_AXES", "+x +y +z"))
        self.cells = _cells(_text(getenv, "FOOT_CELLS", "toes"), self.converter)


def _text(getenv: "Callable[[str], object]", key: str, default: str) -> str:
    found = getenv(key)
    return default if found is None else str(found).strip()


def _chosen(
    getenv: "Callable[[str], object]", key: str, choices: "dict[str, int]", default: str
) -> int:
    word = _text(getenv, key, default)
    if word not in choices:
        raise ValueError(
            key + ' is "' + word + '". Write one of these in settings.toml: ' + ", ".join(choices)
        )
    return choices[word]


def _cells(text: str, converter: int) -> "list[int]":
    if not converter:
        return []
    words = [word.strip() for word in text.split(",")]
    most = MOST_CELLS[converter]
    roles = footwire.ROLES[1:]
    if len(words) > most or any(w not in roles or words.count(w) > 1 for w in words):
        raise ValueError(
            'FOOT_CELLS is "' + text + '". Write 1 to ' + str(most) + " different ones of these in "
            "settings.toml, with commas: " + ", ".join(roles)
        )
    return [footwire.ROLES.index(word) for word in words]
