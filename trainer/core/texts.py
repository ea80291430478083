"""Texts: what a person reads, in the language chosen once at the start.

English is the text in the code; another language is one file, locale/<language>.po. A text with
figures is looked up first and filled in afterwards: `tr("{n} reps left").format(n=3)`.
"""

import gettext


class Texts:
    """The language in use; English until another one is handed in."""

    def __init__(self) -> None:
        self._found: gettext.NullTranslations = gettext.NullTranslations()

    def use(self, found: gettext.NullTranslations) -> None:
        """Take another language from now on."""
        self._found = found

    @property
    def language(self) -> str:
        """Return the language's name, as in a page's head."""
        return self._found.info().get("language", "en")

    def one(self, text: str) -> str:
        """Return a text in the language in use; itself where it is not translated."""
        return self._found.gettext(text) if text else text

    def many(self, singular: str, plural: str, count: int) -> str:
        """Return the form for a count, with `{n}` filled in."""
        return self._found.ngettext(singular, plural, count).format(n=count)


TEXTS = Texts()
"""The one of this program: set by app before anything is shown, read everywhere."""


def tr(text: str) -> str:
    """Return a text in the language in use."""
    return TEXTS.one(text)


def noted(text: str) -> str:
    """Return the text itself, and let it be translated where it is shown by `tr`.

    For constants: they are made before a language is chosen.
    """
    return text


def trn(singular: str, plural: str, count: int) -> str:
    """Return the form for a count in the language in use, with `{n}` filled in."""
    return TEXTS.many(singular, plural, count)
