"""The one-line language of steps: what it says, its law, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.coach.programme import Sides, Step, Tempo
from trainer.coach.setline import EXAMPLE, parse_set, print_set
from trainer.core.diary.training import Block
from trainer.core.errors import SettingsError

seconds = st.integers(0, 600_000_000).map(lambda millionths: millionths / 1e6)
above_0 = st.integers(1, 600_000_000).map(lambda millionths: millionths / 1e6)
ids = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
amounts = st.one_of(
    st.builds(lambda reps: (reps, 0.0), st.integers(0, 999_999)),
    st.builds(lambda duration_s: (0, duration_s), above_0),
)
steps = st.builds(
    lambda amount, **rest: Step(reps=amount[0], duration_s=amount[1], **rest),
    amounts,
    exercise=ids,
    sets=st.integers(0, 999_999),
    hold_s=seconds,
    tempo=st.builds(Tempo, seconds, seconds, seconds),
    rest_s=seconds,
    target_pct_mvc=st.none() | seconds,
    target_pct_bw=st.none() | seconds,
    sides=st.sampled_from(Sides),
    block=st.sampled_from(Block),
    device=st.just("") | ids,
    surface=st.just("") | ids,
)


@given(steps)
def test_what_is_printed_is_read_as_the_same_step(step: Step) -> None:
    assert parse_set(print_set(step)) == step


@given(st.text() | st.from_regex(r"\d+x\d+s? [a-z_]+( [ -~]*)?", fullmatch=True))
def test_any_text_is_a_step_or_a_clear_refusal(text: str) -> None:
    try:
        step = parse_set(text)
    except SettingsError as error:
        assert str(error)  # noqa: PT017 - either end is right
    else:
        assert parse_set(print_set(step)) == step


def test_the_example_says_what_it_says() -> None:
    step = parse_set(EXAMPLE)
    assert step == Step("toe_curl", 3, 20, target_pct_mvc=40, tempo=Tempo(1, 0.5, 1), rest_s=45)
    line = "2x15s arch_squeeze @30% rest 20s each foot"
    assert parse_set(line) == Step(
        "arch_squeeze", 2, duration_s=15, target_pct_mvc=30, rest_s=20, sides=Sides.ALTERNATE
    )


def test_clauses_stand_in_any_order() -> None:
    a = parse_set("1x30s sequence @60%bw rest 10s left on grass with band as cooldown")
    b = parse_set("1x30s  sequence as cooldown with band   left on grass rest 10s @60%bw ")
    assert a == b
    assert (a.target_pct_bw, a.surface, a.device) == (60, "grass", "band")
    assert (a.sides, a.block) == (Sides.LEFT, Block.COOLDOWN)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "begin with sets"),
        ("toe_curl 3x20", "begin with sets"),
        ("3x20toe_curl", "begin with sets"),
        ("3x20 Toe_Curl", "begin with sets"),
        ("3x20 toe_curl @40", "'@40', which is not understood"),
        ("3x20 toe_curl tempo 1-1", "'tempo 1-1', which"),
        ("3x20 toe_curl rest 45", "'rest 45', which"),
        ("3x20 toe_curl rest 45sleft", "'rest 45sleft', which"),
        ("3x20 toe_curl rest 1s rest 2s", "'rest 2s' after another"),
        ("3x20 toe_curl left right", "'right' after another"),
        ("3x20 toe_curl \x07", "'\\x07', which"),
        ("3x20 toe_curl " + "y" * 10_000, "yyy...'"),
    ],
)
def test_what_is_not_understood_is_named(line: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_set(line)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 300
