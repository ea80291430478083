"""Figures as JSON and as lines."""

import json

from trainer.app.figures import Figure, as_json, as_text

ALONE = Figure("memory", 120.0, "MB", limit="under 250 MB")
BESIDE = Figure("frame", 0.8, "ms", "plain widget", 1.6, limit="1.5 ms")


def test_a_figure_beside_a_floor_has_a_ratio() -> None:
    assert BESIDE.ratio == 0.5
    assert ALONE.ratio is None


def test_json_holds_name_value_unit_floor_and_ratio_of_each() -> None:
    alone, beside = json.loads(as_json([ALONE, BESIDE]))
    assert (alone["name"], alone["value"], alone["unit"]) == ("memory", 120.0, "MB")
    assert alone["floor_value"] is alone["ratio"] is None
    assert (beside["floor"], beside["floor_value"], beside["ratio"]) == ("plain widget", 1.6, 0.5)


def test_lines_hold_what_is_known() -> None:
    assert as_text([ALONE, BESIDE]).splitlines() == [
        "memory: 120 MB  (aim: under 250 MB)",
        "frame: 0.8 ms; plain widget: 1.6; ratio 0.50  (aim: 1.5 ms)",
    ]


def test_what_was_not_measured_is_said() -> None:
    missing = Figure("peer", None, "ms", floor_value=2.0, note="not installed")
    assert missing.ratio is None
    assert as_text([missing]) == "peer: not measured (not installed)"
    assert json.loads(as_json([missing]))[0]["value"] is None
