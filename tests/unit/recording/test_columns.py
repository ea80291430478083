"""Columns of a CSV: recognised, named by hand, or refused with what would be right."""

import pytest

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import IMU_AXES
from trainer.core.units import Unit
from trainer.recording.columns import ColumnPlan, plan_columns


def test_cells_come_in_the_order_of_their_roles() -> None:
    plan = planned("heel_n,t_s,toes_n,hallux_n,ball_n")
    assert plan.time == 1
    assert list(plan.cells.items()) == [("hallux", 3), ("toes", 2), ("ball", 4), ("heel", 0)]
    assert plan.unit is Unit.NEWTON


@pytest.mark.parametrize(
    ("ending", "unit"),
    [("n", Unit.NEWTON), ("kg", Unit.KILOGRAM), ("lb", Unit.POUND), ("counts", Unit.COUNTS)],
)
def test_the_ending_says_the_unit(ending: str, unit: Unit) -> None:
    assert planned(f"t_s,force_{ending}").unit is unit


def test_columns_called_otherwise_are_named_by_hand() -> None:
    plan = planned("Zeit,Kraft,hallux_n", {"t": "Zeit", "force": "Kraft"})
    assert (plan.time, dict(plan.cells), plan.unit) == (0, {"force": 1}, Unit.NEWTON)
    assert planned("t_s,Kraft_kg", {"force": "Kraft_kg"}).unit is Unit.KILOGRAM
    assert planned("t_s,Kraft", {"force": "Kraft"}, Unit.POUND).unit is Unit.POUND


def test_naming_the_time_alone_leaves_the_cells_to_be_found() -> None:
    plan = planned("Zeit,toes_kg", {"t": "Zeit"})
    assert (plan.time, dict(plan.cells), plan.unit) == (0, {"toes": 1}, Unit.KILOGRAM)


def test_a_unit_given_by_hand_overrules_the_endings() -> None:
    assert planned("t_s,hallux_n,toes_kg", None, Unit.POUND).unit is Unit.POUND


def test_all_six_axes_are_a_stream_with_or_without_force() -> None:
    axes = ",".join(IMU_AXES)
    assert planned(f"t_s,force_n,{axes}").axes == (2, 3, 4, 5, 6, 7)
    assert planned(f"t_s,{axes}").cells == {}


def test_centre_of_pressure_is_kept() -> None:
    assert planned("copy_cm,t_s,copx_cm").pressure_centre == (2, 0)


def test_an_unused_column_is_doubted_only_where_it_looks_misspelt() -> None:
    plan = planned("t_s,halux_n,toes_n,note,temperature_c")
    assert plan.doubts == ("column 'halux_n' is not used; did you mean 'hallux_n'?",)


@pytest.mark.parametrize(
    ("header", "columns", "words"),
    [
        ("time,force_n", None, "no column 't_s'.* among 'time', 'force_n'"),
        ("t_ss,force_n", None, "did you mean 't_s'"),
        ("t_s,force_mv", None, "no force column.*did you mean 'force_n'"),
        ("t_s,weight", None, "roles hallux, toes, ball.*--columns force=COL"),
        ("0.0,1.5", None, "no column 't_s'.*'0.0', '1.5'"),
        ("t_s,hallux_n,toes_kg", None, "different units: hallux_n, toes_kg.*--unit"),
        ("t_s,force_n,force_kg", None, "force cell is there twice"),
        ("t_s,force_n,force_n", None, "column 'force_n' is there twice"),
        ("t_s,t_s,force_n", None, "'t_s' is there twice"),
        ("t_s,ax_ms2,ay_ms2", None, "lacks az_ms2, gx_dps, gy_dps, gz_dps"),
        ("t_s,copx_cm", None, "only one of copx_cm and copy_cm"),
        ("t_s,a", {"farce": "a"}, "unknown role 'farce'; did you mean 'force'"),
        ("t_s,a", {"zz": "a"}, "unknown role 'zz'; known: t, hallux"),
        ("t_s,a", {"force": "b"}, "no column 'b'.*--columns force=COL"),
    ],
)
def test_wrong_columns_are_refused_with_what_was_found_and_expected(
    header: str, columns: dict[str, str] | None, words: str
) -> None:
    with pytest.raises(RecordingError, match=words) as caught:
        planned(header, columns)
    assert caught.value.reason is RecordingFault.COLUMNS
    assert str(caught.value).startswith("a.csv, line 1: ")


def planned(
    header: str, columns: dict[str, str] | None = None, unit: Unit | None = None
) -> ColumnPlan:
    """Return the plan of a comma-separated header."""
    return plan_columns(header.split(","), columns, unit, "a.csv, line 1")
