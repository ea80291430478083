"""A language is one file: its figures complete, up to date with the code, chosen by a setting."""

import string
from pathlib import Path

import polib
import pytest

from scripts.texts import all_texts, data_texts, page_texts, texts, updated
from trainer.app.language import ENGLISH, LOCALE, languages, read_language
from trainer.core.errors import UsageError
from trainer.core.texts import Texts

CATALOGUES = sorted(LOCALE.glob("*.po"))


def names(text: str) -> set[str | None]:
    """Return the names of the figures that a text is filled with."""
    return {name for _text, name, _form, _kind in string.Formatter().parse(text) if name}


def test_english_comes_first_and_german_is_there() -> None:
    assert languages()[0] == ENGLISH
    assert "de" in languages()


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="there are: en, de"):
        read_language("xx")


def test_a_text_without_a_translation_stays_english() -> None:
    said = Texts()
    said.use(read_language("de"))
    assert said.one("no such text") == "no such text"
    assert said.one("") == ""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_is_filled_with_the_same_figures(path: Path) -> None:
    entries = polib.pofile(str(path)).translated_entries()
    assert len(entries) > 20
    for entry in entries:
        if entry.msgid_plural:
            wanted = names(entry.msgid) | names(entry.msgid_plural)
            assert all(names(text) <= wanted for text in entry.msgstr_plural.values()), entry.msgid
        else:
            assert names(entry.msgstr) == names(entry.msgid), entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_holds_the_texts_of_the_code(path: Path) -> None:
    """`make texts` brings it up to date."""
    wanted = {entry.msgid for entry in all_texts()}
    assert {entry.msgid for entry in polib.pofile(str(path))} == wanted


def test_bringing_up_to_date_keeps_what_is_translated_and_drops_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    old = polib.POFile()
    old.append(polib.POEntry(msgid="heel", msgstr="Ferse"))
    old.append(polib.POEntry(msgid="gone", msgstr="weg"))
    old.save(str(path))
    plural = polib.POEntry(msgid="{n} toe", msgid_plural="{n} toes", msgstr_plural={0: "", 1: ""})
    new = updated(path, [polib.POEntry(msgid="heel"), polib.POEntry(msgid="arch"), plural])
    assert [(entry.msgid, entry.msgstr) for entry in new] == [
        ("heel", "Ferse"),
        ("arch", ""),
        ("{n} toe", ""),
    ]
    new.save(str(path))
    assert polib.pofile(str(path))[2].msgid_plural == "{n} toes"


def test_texts_are_found_within_f_strings_and_in_constants_and_data(tmp_path: Path) -> None:
    code = "A = noted('one')\nB = f\"{tr('two')} {trn('{n} toe', '{n} toes', 2)}\"\nC = tr(A)\n"
    (tmp_path / "code.py").write_text(code, encoding="utf-8")
    assert [text.msgid for text in texts(tmp_path)] == ["one", "two", "{n} toe"]
    data = tmp_path / "data.toml"
    data.write_text('[exercises.a]\ntitle = "Curl"\ncues = ["Slow"]\nled = "reps"\n', "utf-8")
    assert [text.msgid for text in data_texts(data)] == ["Curl", "Slow"]


def test_a_text_that_is_filled_in_before_it_is_looked_up_is_refused(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text('tr(f"{n} toes")\n', encoding="utf-8")
    with pytest.raises(TypeError, match=r"code\.py, line 1"):
        list(texts(tmp_path))


def test_the_texts_of_a_page_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p>{{ tr("The foot\'s") }} {{ tr(\'a "b"\').format(n=1) }}</p>', "utf-8")
    assert [text.msgid for text in page_texts(page)] == ["The foot's", 'a "b"']
