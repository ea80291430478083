"""The language of the texts: chosen in settings.toml, read from one file for each language."""

import gettext
import io
from pathlib import Path
from typing import Final

from calibration.texts import LANGUAGE
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import user_folders
from trainer.core.settings import Settings, read_settings
from trainer.core.texts import TEXTS

ENGLISH: Final = "en"
LOCALE: Final = Path(__file__).parents[1] / "locale"


def languages() -> tuple[str, ...]:
    """Return the languages that there are, English first."""
    return (ENGLISH, *sorted(path.stem for path in LOCALE.glob("*.po")))


def choose_language() -> None:
    """Let all texts be in the language that the settings name.

    Raises UsageError where there is no such language. Settings that cannot be read are told by the
    command that needs them: until then it is English.
    """
    try:
        chosen = read_settings(user_folders().settings, Settings).display.language
    except SettingsError:
        return
    TEXTS.use(read_language(chosen))
    LANGUAGE.translate = TEXTS.one


def read_language(name: str) -> gettext.NullTranslations:
    """Return the texts of a language. Raises UsageError where there is none of that name."""
    if name not in languages():
        raise UsageError(
            f"language: is {name!r}; there are: {', '.join(languages())}. Name one of them in "
            "settings.toml under [display], or add trainer/locale/<language>.po."
        )
    if name == ENGLISH:
        return gettext.NullTranslations()
    # Only here: English, the usual case, needs no such library.
    import polib  # noqa: PLC0415

    catalogue = polib.pofile(str(LOCALE / f"{name}.po"), encoding="utf-8")
    return gettext.GNUTranslations(io.BytesIO(catalogue.to_binary()))
