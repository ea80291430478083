"""The header: nothing of it is lost on the way to the disk and back."""

import json
from dataclasses import replace

import pytest

from calibration import Budget
from trainer.core.errors import RecordingError, RecordingFault
from trainer.recording.header import FORMAT, RecordingHeader, from_json


def test_every_field_comes_back_as_it_was(header: RecordingHeader) -> None:
    assert from_json(header.to_json(), "a.mcap") == header


def test_a_header_without_calibration_and_side_comes_back(header: RecordingHeader) -> None:
    bare = replace(header, calibration=None, side=None)
    assert from_json(bare.to_json(), "a.mcap") == bare


def test_what_is_not_known_of_a_calibration_is_not_written(header: RecordingHeader) -> None:
    # Programs from before the uncertainty was a field take any other key for damage.
    assert header.calibration is not None
    assert "uncertainty_pct" not in json.loads(header.to_json())["calibration"]
    known = replace(header, calibration=replace(header.calibration, uncertainty_pct=0.4))
    assert from_json(known.to_json(), "a.mcap") == known


def test_the_budget_of_an_uncertainty_comes_back(header: RecordingHeader) -> None:
    assert header.calibration is not None
    one, row = ((0.1, 0.0), (0.0, 0.2)), (0.1, 0.2)
    budget = Budget(
        least_n=row,
        upper_n=row,
        noise_n=row,
        scatter=(one, one),
        scatter_dof=row,
        curve_n2=(one, one),
        curve_seen_n=row,
        curve_dof=row,
        hysteresis_n=row,
        hysteresis_dof=row,
        creep=row,
        zero_n2=one,
        zero_dof=6.0,
        weights=one,
        common=1e-3,
        span_per_k=2e-4,
        away_k=5.0,
    )
    made_at = "2026-01-02T17:15:30+00:00"
    known = replace(header, calibration=replace(header.calibration, budget=budget, made_at=made_at))
    assert from_json(known.to_json(), "a.mcap") == known


def test_a_newer_format_is_refused_by_its_number(header: RecordingHeader) -> None:
    table = json.loads(header.to_json())
    table["format"] = FORMAT + 1
    with pytest.raises(RecordingError, match=r"a\.mcap: written in recording format 3") as caught:
        from_json(json.dumps(table), "a.mcap")
    assert caught.value.reason is RecordingFault.FORMAT


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": "x"}', '{"format": 1}'])
def test_a_damaged_header_is_named_and_not_guessed(text: str) -> None:
    with pytest.raises(RecordingError, match=r"a\.mcap: its header is damaged") as caught:
        from_json(text, "a.mcap")
    assert caught.value.reason is RecordingFault.UNREADABLE


@pytest.mark.parametrize("key", ["session_id", "started_at", "streams", "side", "versions"])
def test_a_header_with_a_field_of_another_kind_is_damaged(
    header: RecordingHeader, key: str
) -> None:
    table = json.loads(header.to_json())
    del table[key]
    with pytest.raises(RecordingError, match="damaged"):
        from_json(json.dumps(table), "a.mcap")


def test_a_start_without_its_zone_is_damaged(header: RecordingHeader) -> None:
    table = json.loads(header.to_json())
    table["started_at"] = "2026-01-02T17:15:30"
    with pytest.raises(RecordingError, match="no UTC offset"):
        from_json(json.dumps(table), "a.mcap")


def test_a_header_of_the_first_format_is_still_read(header: RecordingHeader) -> None:
    table = json.loads(header.to_json())
    table["format"] = 1
    assert from_json(json.dumps(table), "old.mcap") == header
