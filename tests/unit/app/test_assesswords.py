"""Lines of an assessment: each note once below its figure."""

from trainer.app.assesswords import figure_lines
from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment


def sway(side: Side, note: str) -> Assessment:
    return Assessment("sway_cm_s", side, 1, 1.5, "cm/s", "baseline", 1, "V1", False, note=note)


def test_a_note_is_told_once_also_where_one_foot_has_another_beside_it() -> None:
    said = [sway(Side.LEFT, "one row"), sway(Side.RIGHT, "one row; stepped off")]
    lines = [line.strip() for line in figure_lines(said)]
    assert lines[-2:] == ["one row", "stepped off"]
    assert lines.count("one row") == 1
