"""Bring trainer/locale/*.po up to date with the texts in the code: make texts.

`python -m scripts.texts fr` begins another language. What is translated stays; what the code says
no more goes; what is new waits with an empty translation, and is shown in English until then.
"""

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib

CODE: Final = Path("trainer")
LOCALE: Final = CODE / "locale"
PLACES: Final = (CODE, Path("calibration"))
"""Where texts are."""
TEXTS_OF: Final = {"tr": 1, "noted": 1, "trn": 2}
"""The functions of trainer/core/texts.py, and how many of their first arguments are texts."""
DATA: Final = CODE / "coach"
"""Exercises and programmes, whose texts are shown as those of the code are."""
IN_PAGE: Final = re.compile(r"""\btr\((["'])(.*?)\1\)""")
"""A text in a template, which must not hold the kind of quotes it stands in."""
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
    entries += [entry for path in sorted(CODE.rglob("*.html")) for entry in page_texts(path)]
    first: dict[str, polib.POEntry] = {}
    for entry in entries:
        first.setdefault(entry.msgid, entry)
    return list(first.values())


def page_texts(path: Path) -> Iterator[polib.POEntry]:
    """Yield the texts of a page's template in their order."""
    for found in IN_PAGE.finditer(path.read_text(encoding="utf-8")):
        yield polib.POEntry(msgid=found[2], occurrences=[(str(path), "")])


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
    """Yield the texts of the code, each once in a file, in order of their files."""
    for path in sorted(code.rglob("*.py")):
        known: set[str] = set()
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            found = list(_arguments(call, path))
            if not found or found[0] in known:
                continue
            singular, *plural = found
            known.add(singular)
            # The file, without the line: a moved line is no change of a text.
            entry = polib.POEntry(msgid=singular, occurrences=[(str(path), "")])
            if plural:
                entry.msgid_plural = plural[0]
                entry.msgstr_plural = {0: "", 1: ""}
            yield entry


def _calls(tree: ast.Module) -> list[ast.Call]:
    """Return the calls of the functions that take texts, those within f-strings too, in order."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in TEXTS_OF
    ]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _arguments(call: ast.Call, path: Path) -> Iterator[str]:
    """Yield the texts of a call; none where it is handed one by name."""
    assert isinstance(call.func, ast.Name)
    for argument in call.args[: TEXTS_OF[call.func.id]]:
        if isinstance(argument, ast.JoinedStr):
            raise TypeError(
                f"{path}, line {call.lineno}: a text with figures is looked up first and filled in "
                "afterwards: write tr('... {n} ...').format(n=...)"
            )
        if isinstance(argument, ast.Constant):
            yield str(argument.value)


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
