"""Exercises from TOML: what ships, and what is refused."""

import pytest

from tests.unit.coach.person import EXERCISE, SHIPPED
from trainer.coach.exercises import parse_exercises
from trainer.core.errors import SettingsError

TEXT = SHIPPED.read_text(encoding="utf-8")


def test_the_toe_curl_ships_with_its_dose_and_says_how_it_is_done() -> None:
    assert EXERCISE.id == "toe_curl"
    assert EXERCISE.title == "Toe curl"
    assert "toes" in EXERCISE.how
    assert (EXERCISE.sets, EXERCISE.reps, EXERCISE.rest_s) == (3, 20, 45.0)
    assert (EXERCISE.target_pct_mvc, EXERCISE.min_hold_s) == (40.0, 0.35)
    assert (EXERCISE.mvc.trials, EXERCISE.mvc.pause_s) == (3, 30.0)
    assert 3 <= EXERCISE.mvc.press_s <= 5


def test_two_exercises_are_told_by_the_names_of_their_tables() -> None:
    second = TEXT.split("format = 1")[1].replace("toe_curl", "short_foot")
    assert list(parse_exercises(TEXT + second, "x.toml")) == ["toe_curl", "short_foot"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rest_s = 45", "rests_s = 45", "did you mean 'rest_s'"),
        ("reps = 20", "reps = 101", "101"),
        ("relax_s = 1.0", "relax_s = 0.4", "0.4 s; allowed: 1 to 60 s"),
        ("reps = 20\n", "", "missing"),
        ("format = 1", "format = 2", "allowed: 1 to 1"),
        ("sets = 3", 'id = "curl"\nsets = 3', "table's own name, 'toe_curl'"),
        ("min_hold_s = 0.35", "min_hold_s = 2", "allowed: up to hold_s, 1.5 s"),
        ("min_press_s = 3", "min_press_s = 4.5", "allowed: up to press_s, 4 s"),
        ('"PRESS"', '"PRESS NOW"', "one word in capitals"),
        ('"HOLD"', '"Hold"', "words.hold"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_next_step(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(SettingsError, match=r"mine\.toml") as caught:
        parse_exercises(TEXT.replace(old, new, 1), "mine.toml")
    assert said in str(caught.value)
