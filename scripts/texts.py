"""Bring trainer/locale/*.po up to date with the texts in the code: make texts.

`python -m scripts.texts fr` begins another language. What is translated stays; what the code says
no more goes; what is new waits with an empty translation, and is shown in English until then.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib
from babel.messages.extract import extract_from_dir

CODE: Final = Path("trainer")
LOCALE: Final = CODE / "locale"
PLACES: Final = (CODE, Path("calibration"))
"""Where texts are."""
KEYWORDS: Final = {"tr": None, "noted": None, "trn": (1, 2)}
"""The functions of trainer/core/texts.py, and which of their arguments are texts."""
DATA: Final = CODE / "coach"
"""Exercises and programmes, whose texts are shown as those of the code are."""
DATA_KEYS: Final = frozenset({"title", "how", "cues", "press", "hold", "relax"})
"""Of such a file's tables, those that a person reads."""


def main(arguments: list[str]) -> int:
    """Bring all catalogues up to date, a new language's too, and say how far each is."""
    parser = argparse.ArgumentParser(prog="scripts.texts", description=__doc__)
    parser.add_argument("language", nargs="?", help="to begin, such as fr")
    language = parser.parse_args(arguments).language
    paths = sorted(LOCALE.glob("*.po"))
    if language and LOCALE / f"{language}.po" not in paths:
        paths.append(LOCALE / f"{language}.po")
    found = all_texts()
    for path in paths:
        catalogue = updated(path, found)
        catalogue.save(str(path))
        done, total = len(catalogue.translated_entries()), len(catalogue)
        print(f"{path}: {done} of {total} texts are translated")
    return 0


def all_texts() -> list[polib.POEntry]:
    """Return the texts of code and data, each once."""
    entries = [entry for place in PLACES for entry in texts(place)]
    entries += [entry for path in sorted(DATA.rglob("*.toml")) for entry in data_texts(path)]
    first: dict[str, polib.POEntry] = {}
    for entry in entries:
        first.setdefault(entry.msgid, entry)
    return list(first.values())


def data_texts(path: Path) -> Iterator[polib.POEntry]:
    """Yield the texts of a TOML file in their order."""
    yield from _values(tomllib.loads(path.read_text(encoding="utf-8")), str(path))


def _values(table: dict[str, object], origin: str) -> Iterator[polib.POEntry]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _values(value, origin)
        elif name in DATA_KEYS:
            for text in value if isinstance(value, list) else [value]:
                yield polib.POEntry(msgid=str(text), occurrences=[(origin, "")])


def texts(code: Path) -> Iterator[polib.POEntry]:
    """Yield the texts of the code, each once, in order of their files."""
    known: set[str] = set()
    for name, _line, message, _comments, _context in extract_from_dir(code, keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular in known:
            continue
        known.add(singular)
        # The file, without the line: a moved line is no change of a text.
        entry = polib.POEntry(msgid=singular, occurrences=[(str(code / name), "")])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: "", 1: ""}
        yield entry


def updated(path: Path, found: list[polib.POEntry]) -> polib.POFile:
    """Return a language's catalogue with the texts found, those translated before kept."""
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    new = polib.POFile(wrapwidth=100)
    new.metadata = old.metadata or {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": path.stem,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in found:
        before = old.find(entry.msgid)
        fresh = polib.POEntry(msgid=entry.msgid, occurrences=entry.occurrences)
        if entry.msgid_plural:
            fresh.msgid_plural = entry.msgid_plural
            fresh.msgstr_plural = dict(before.msgstr_plural if before else entry.msgstr_plural)
        elif before:
            fresh.msgstr = before.msgstr
        new.append(fresh)
    return new


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
