"""Bring trainer/locale/*.po up to date with the texts in the code: make texts.

`python -m scripts.texts fr` begins another language. What is translated stays; what the code says
no more goes; what is new waits with an empty translation, and is shown in English until then.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib
from babel.messages.extract import extract_from_dir

CODE: Final = Path("trainer")
LOCALE: Final = CODE / "locale"
KEYWORDS: Final = {"tr": None, "trn": (1, 2)}
"""The functions of trainer/core/texts.py, and which of their arguments are texts."""


def main(arguments: list[str]) -> int:
    """Bring all catalogues up to date, a new language's too, and say how far each is."""
    parser = argparse.ArgumentParser(prog="scripts.texts", description=__doc__)
    parser.add_argument("language", nargs="?", help="to begin, such as fr")
    language = parser.parse_args(arguments).language
    paths = sorted(LOCALE.glob("*.po"))
    if language and LOCALE / f"{language}.po" not in paths:
        paths.append(LOCALE / f"{language}.po")
    found = list(texts(CODE))
    for path in paths:
        catalogue = updated(path, found)
        catalogue.save(str(path))
        done, total = len(catalogue.translated_entries()), len(catalogue)
        print(f"{path}: {done} of {total} texts are translated")
    return 0


def texts(code: Path) -> Iterator[polib.POEntry]:
    """Yield the texts of the code, each once, in order of their files."""
    known: set[str] = set()
    for name, _line, message, _comments, _context in extract_from_dir(code, keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular in known:
            continue
        known.add(singular)
        # The file, without the line: a moved line is no change of a text.
        entry = polib.POEntry(msgid=singular, occurrences=[(str(CODE / name), "")])
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
