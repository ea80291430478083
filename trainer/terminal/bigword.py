"""A word in letters five rows tall, to be read from where the person stands."""

from collections.abc import Sequence
from typing import Final

ROWS: Final = 5
"""Height of a letter."""

_STEP: Final = 6
"""Columns from one letter to the next: five and a space."""

_GLYPHS: Final = {
    "A": ".###. #...# ##### #...# #...#",
    "B": "####. #...# ####. #...# ####.",
    "C": ".#### #.... #.... #.... .####",
    "D": "####. #...# #...# #...# ####.",
    "E": "##### #.... ####. #.... #####",
    "F": "##### #.... ####. #.... #....",
    "G": ".#### #.... #..## #...# .####",
    "H": "#...# #...# ##### #...# #...#",
    "I": ".###. ..#.. ..#.. ..#.. .###.",
    "J": "..### ...#. ...#. #..#. .##..",
    "K": "#...# #..#. ###.. #..#. #...#",
    "L": "#.... #.... #.... #.... #####",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#...# ##..# #.#.# #..## #...#",
    "O": ".###. #...# #...# #...# .###.",
    "P": "####. #...# ####. #.... #....",
    "Q": ".###. #...# #.#.# #..#. .##.#",
    "R": "####. #...# ####. #..#. #...#",
    "S": ".#### #.... .###. ....# ####.",
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "U": "#...# #...# #...# #...# .###.",
    "V": "#...# #...# #...# .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#...# .#.#. ..#.. .#.#. #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#..",
    "Z": "##### ...#. ..#.. .#... #####",
    "0": ".###. #..## #.#.# ##..# .###.",
    "1": "..#.. .##.. ..#.. ..#.. .###.",
    "2": "####. ....# .###. #.... #####",
    "3": "####. ....# .###. ....# ####.",
    "4": "#..#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ####.",
    "6": ".###. #.... ####. #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#..",
    "8": ".###. #...# .###. #...# .###.",
    "9": ".###. #...# .#### ....# .###.",
    "!": "..#.. ..#.. ..#.. ..... ..#..",
    "?": ".###. #...# ..##. ..... ..#..",
    " ": "..... ..... ..... ..... .....",
}


def big_word(word: str, width: int, ink: str) -> Sequence[str]:
    """Return the word as five rows of at most `width` columns; plain letters where it is not drawn.

    A word that is too long, or has letters that are not in the table, stands in the middle row.
    """
    letters = word.upper()
    if len(letters) * _STEP - 1 > width or not set(letters) <= _GLYPHS.keys():
        return ["", "", word[:width], "", ""]
    glyphs = [_GLYPHS[letter].split() for letter in letters]
    rows = [" ".join(glyph[row] for glyph in glyphs) for row in range(ROWS)]
    return [row.replace(".", " ").replace("#", ink) for row in rows]
