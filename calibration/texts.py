"""The language of what a calibration says: English, until a translator is handed in.

This package knows no catalogue and reads no settings; who uses it may.
"""

from collections.abc import Callable


class Language:
    """Who translates."""

    def __init__(self) -> None:
        self.translate: Callable[[str], str] = str


LANGUAGE = Language()
"""The one of this program."""


def tr(text: str) -> str:
    """Return a text in the language in use; a text with figures is filled in afterwards."""
    return LANGUAGE.translate(text)


def noted(text: str) -> str:
    """Return the text itself: a constant that is translated where it is shown."""
    return text
