"""The big word."""

from string import ascii_uppercase, digits

import pytest

from trainer.terminal.bigword import big_word


@pytest.mark.parametrize("letter", ascii_uppercase + digits + "! ")
def test_each_letter_is_five_rows_of_five_columns(letter: str) -> None:
    assert [len(row) for row in big_word(letter, 60, "#")] == [5] * 5


def test_no_two_letters_look_alike() -> None:
    letters = ascii_uppercase + digits + "!"
    assert len({tuple(big_word(letter, 60, "#")) for letter in letters}) == len(letters)


@pytest.mark.parametrize("word", ["STOPPED", "NO ANSWER", "PRESS", "RELAX", "SWITCH", "READY"])
def test_the_words_of_a_session_fit_the_smallest_screen(word: str) -> None:
    rows = big_word(word, 58, "#")
    assert all("#" in row for row in rows)
    assert max(map(len, rows)) <= 58


def test_a_word_that_does_not_fit_or_has_other_letters_stands_plain() -> None:
    assert big_word("PRESSEZ FORT", 40, "#")[2] == "PRESSEZ FORT"
    assert big_word("PRESSÉ", 40, "#")[2] == "PRESSÉ"


def test_letters_with_dots_are_drawn_and_told_from_those_without() -> None:
    for dotted, plain in zip("ÄÖÜ", "AOU", strict=True):
        assert len(big_word(dotted, 40, "#")[0]) == 5
        assert big_word(dotted, 40, "#") != big_word(plain, 40, "#")
