"""Two analyses of one recording: which holds are the same one, and what counts as different."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.app.compare import Comparison, compare
from trainer.app.comparefile import Figures, Found, FoundHold, read_found
from trainer.app.comparetext import comparison_text
from trainer.app.tolerance import Tolerance
from trainer.core.errors import UsageError

PARTS: dict[str, Figures | None] = {"fatigue": None, "squeeze": None, "taps": None, "sway": None}
COUNTS = {"samples": 900.0, "lost_samples": 0.0, "rejected_samples": 0.0, "gaps": 0.0}


def hold(
    start_s: float,
    end_s: float,
    plateau_n: float = 20.0,
    *,
    is_finished: bool = True,
    is_compensated: bool | None = None,
) -> FoundHold:
    return FoundHold(start_s, end_s, plateau_n + 2, plateau_n, is_finished, is_compensated)


def found(*holds: FoundHold, **parts: Figures | None) -> Found:
    return Found(Path("x.json"), "a.csv", 60.0, COUNTS, holds, {**PARTS, **parts})


THREE = (hold(1, 2), hold(3, 4), hold(5, 6))


def test_an_analysis_is_the_same_as_itself() -> None:
    one = found(*THREE, taps={"count": 3.0, "rate_hz": None}, sway={"path_cm": 4.0})
    result = compare(one, one)
    assert result.is_same
    assert [(pair.a, pair.b) for pair in result.pairs] == [(1, 1), (2, 2), (3, 3)]
    assert (result.only_a, result.only_b) == ((), ())
    assert comparison_text(result).endswith("same within the tolerances")


def test_holds_that_only_one_has_are_named_by_their_number() -> None:
    result = compare(found(*THREE), found(hold(0.2, 0.5), THREE[0], THREE[2]))
    assert [(pair.a, pair.b) for pair in result.pairs] == [(1, 2), (3, 3)]
    assert (result.only_a, result.only_b) == ((2,), (1,))
    assert not result.is_same
    text = comparison_text(result)
    assert "only in A: hold 2, 3.00 to 4.00 s, plateau 20.0 N" in text
    assert "only in B: hold 1" in text


def test_a_hold_that_was_split_is_paired_with_its_longer_part() -> None:
    result = compare(found(hold(1, 3)), found(hold(1, 1.5), hold(1.6, 3)))
    assert [(pair.a, pair.b) for pair in result.pairs] == [(1, 2)]
    assert result.only_b == (1,)


def test_the_same_times_after_a_clock_stepped_back_are_paired_in_their_order() -> None:
    twice = (*THREE, *THREE)
    pairs = compare(found(*twice), found(*twice)).pairs
    assert [(pair.a, pair.b) for pair in pairs] == [(n, n) for n in range(1, 7)]


def test_differences_are_b_minus_a() -> None:
    (pair,) = compare(found(hold(1, 2, 20)), found(hold(1.005, 1.98, 25))).pairs
    assert [pair.start_ms, pair.end_ms] == pytest.approx([5.0, -20.0])
    assert [pair.plateau_n, pair.plateau_pct] == pytest.approx([5.0, 25.0])
    assert [pair.peak_n, pair.peak_pct] == pytest.approx([5.0, 500 / 22])
    assert not pair.is_same


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (hold(1.0099, 2), True),
        (hold(1.0101, 2), False),
        (hold(1, 2.0101), False),
        (hold(1, 2, 20.3), True),
        (hold(1, 2, 20.5), False),
        (hold(1, 2, is_finished=False), False),
        (hold(1, 2, is_compensated=True), False),
    ],
)
def test_a_hold_is_the_same_within_the_tolerances(other: FoundHold, is_same: bool) -> None:
    assert compare(found(hold(1, 2)), found(other)).is_same is is_same
    wide = Tolerance(time_ms=1e3, force_pct=100)
    assert compare(found(hold(1, 2)), found(other), wide).is_same is (
        other.is_finished and other.is_compensated is None
    )


def test_small_forces_are_the_same_within_a_tenth_of_a_newton() -> None:
    assert compare(found(hold(1, 2, 1.0)), found(hold(1, 2, 1.09))).is_same
    assert not compare(found(hold(1, 2, 1.0)), found(hold(1, 2, 1.2))).is_same


def test_a_plateau_of_zero_has_no_per_cent() -> None:
    (pair,) = compare(found(hold(1, 2, 0.0)), found(hold(1, 2, 5.0))).pairs
    assert pair.plateau_pct is None
    assert "-" in comparison_text(compare(found(hold(1, 2, 0.0)), found(hold(1, 2, 5.0))))


FATIGUE = {"onset_rep": 20.0, "onset_s": 80.0, "decline_pct": 15.0, "abrupt": False}


@pytest.mark.parametrize(
    ("part", "a", "b", "is_same"),
    [
        ("fatigue", FATIGUE, FATIGUE | {"onset_rep": 21.0, "onset_s": 84.0}, True),
        ("fatigue", FATIGUE, FATIGUE | {"onset_rep": 22.0}, False),
        ("fatigue", FATIGUE, FATIGUE | {"onset_rep": None}, False),
        ("fatigue", FATIGUE, FATIGUE | {"decline_pct": 16.9}, True),
        ("fatigue", FATIGUE, FATIGUE | {"decline_pct": 17.1}, False),
        ("fatigue", FATIGUE, FATIGUE | {"abrupt": True}, False),
        ("fatigue", FATIGUE, None, False),
        ("taps", {"count": 30.0}, {"count": 31.0}, False),
        ("taps", {"rate_hz": 3.0}, {"rate_hz": 3.05}, True),
        ("taps", {"rate_hz": 3.0}, {"rate_hz": 3.1}, False),
        ("sway", {"path_cm": 3.0}, {"path_cm": 3.0, "rms_cm": 1.0}, False),
    ],
)
def test_what_is_concluded_is_compared_too(
    part: str, a: Figures, b: Figures | None, is_same: bool
) -> None:
    result = compare(found(**{part: a}), found(**{part: b}))
    assert result.is_same is is_same
    assert (part in comparison_text(result)) is not is_same


def test_another_count_of_lost_samples_is_a_difference() -> None:
    other = Found(Path("y"), "a.csv", 60.0, {**COUNTS, "lost_samples": 2.0}, (), PARTS)
    result = compare(found(), other)
    assert not result.is_same
    assert "recording lost_samples: 0 -> 2" in comparison_text(result)


@pytest.mark.parametrize(
    ("name", "duration_s", "words"),
    [("b.csv", 60.0, "of 'b.csv'"), ("a.csv", 63.0, "of 63.0 s"), ("a.csv", 0.0, "of 0.0 s")],
)
def test_two_recordings_are_refused_unless_forced(name: str, duration_s: float, words: str) -> None:
    other = Found(Path("y.json"), name, duration_s, COUNTS, (), PARTS)
    with pytest.raises(UsageError, match=words) as caught:
        compare(found(), other)
    assert "--force" in str(caught.value)
    assert isinstance(compare(found(), other, is_forced=True), Comparison)


times = st.lists(st.floats(0, 100), max_size=12, unique=True).map(sorted)


def as_holds(edges: list[float]) -> tuple[FoundHold, ...]:
    return tuple(hold(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@given(times, times)
def test_every_hold_is_paired_once_or_in_one_alone(a: list[float], b: list[float]) -> None:
    one, other = as_holds(a), as_holds(b)
    there = compare(found(*one), found(*other))
    assert sorted([pair.a for pair in there.pairs] + [*there.only_a]) == [*range(1, len(one) + 1)]
    assert sorted([pair.b for pair in there.pairs] + [*there.only_b]) == [*range(1, len(other) + 1)]
    for pair in there.pairs:
        left, right = one[pair.a - 1], other[pair.b - 1]
        assert min(left.end_s, right.end_s) > max(left.start_s, right.start_s)


HOLD = {
    "start_s": 1.0,
    "end_s": 2.0,
    "peak_n": 22.0,
    "plateau_n": 20.0,
    "finished": True,
    "compensated": None,
}
ANALYSIS = {
    "format": 1,
    "recording": {
        "file": "a.csv",
        "duration_s": 60.0,
        "samples": 900,
        "lost_samples": 0,
        "rejected_samples": 0,
        "gaps": [],
    },
    "holds": [HOLD],
    **PARTS,
    "taps": {"count": 3, "rate_hz": None, "times_s": [1, 2, 3]},
}


def test_an_analysis_is_read_back(tmp_path: Path) -> None:
    read = read_found(write(tmp_path, json.dumps(ANALYSIS)))
    assert read.holds == (hold(1.0, 2.0),)
    assert (read.recording, read.duration_s, read.counts) == ("a.csv", 60.0, COUNTS)
    assert read.parts == {**PARTS, "taps": {"count": 3.0, "rate_hz": None}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, ("'format' is 2", "Analyse the recording again")),
        ({"format": "1"}, ("'format' is no number",)),
        ({"recording": None}, ("'recording' is missing or no object",)),
        ({"recording": {"gaps": []}}, ("'recording.file' is missing or no text",)),
        ({"holds": {}}, ("'holds' is missing or no list",)),
        ({"holds": [{}]}, ("'holds[0].start_s' is missing",)),
        ({"holds": [{**HOLD, "peak_n": float("nan")}]}, ("'holds[0].peak_n' is no finite number",)),
        ({"holds": [{**HOLD, "peak_n": 10**400}]}, ("'holds[0].peak_n' is no finite number",)),
        ({"holds": [{**HOLD, "end_s": 0}]}, ("'holds[0].end_s' lies before start_s",)),
        ({"holds": [{**HOLD, "compensated": 1}]}, ("'holds[0].compensated' is neither",)),
        ({"taps": 3}, ("'taps' is missing or no object",)),
    ],
)
def test_what_is_no_analysis_is_told_by_its_key(
    tmp_path: Path, change: dict[str, Any], words: tuple[str, ...]
) -> None:
    path = write(tmp_path, json.dumps({**ANALYSIS, **change}))
    with pytest.raises(UsageError) as caught:
        read_found(path)
    assert str(caught.value).startswith(str(path))
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "line 1: no JSON"),
        (b"{\n 'a'", "line 2: no JSON"),
        (b"[]", "no JSON object"),
        (b"\xff\xff", "no JSON text"),
        (b"[" * 100_000, "no JSON text"),
    ],
)
def test_what_is_no_json_is_told_by_its_line(tmp_path: Path, text: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_found(write(tmp_path, text))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_found(tmp_path / "no.json")
    with pytest.raises(UsageError, match="cannot be read"):
        read_found(tmp_path)


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "a.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
