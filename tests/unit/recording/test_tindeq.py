"""Exports of the Tindeq app: every shape of them gives its samples in kilograms."""

from pathlib import Path

import numpy as np
import pytest

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import UnitPacket
from trainer.core.units import Unit
from trainer.recording.csvfile import read_csv
from trainer.recording.recording import Recording
from trainer.recording.tindeq import NOTE_KIND

TABLE = "time,weight\n0.0544,0.25\n0.0658,0.5\n0.0886,1.5\n"
SINGLE = (
    "date,tag,comment,unit,critical force,reps,Rest time,Work time\n"
    "2024-31-05 19:41:02,left toes,,SI,10.3457,24,3,7\n"
    "\n"
    "median values\n10.1\n10.6\n"
    "\n"
    "threshold time,threshold weight\n3.1,3.02\n10.2,2.98\n"
    "\n"
)
REPEATERS = ",Overall Avg,Rep 1\nAvg,6.9,6.9\nPeak,7.9,7.9\n,\n"
INFO = (
    "date,tag,comment,unit,reps,work dur.,pause btw. reps,sets,pause btw. sets,type,mvc\n"
    "2024-31-05 19:41:02,toes,,SI,8,10,20,1,120,single,1.8\n"
)


@pytest.mark.parametrize(
    "text",
    [
        SINGLE + TABLE,
        "\ufeff" + SINGLE + TABLE,
        (SINGLE + TABLE).replace("\n", "\r\n"),
        (SINGLE + TABLE).replace(",", ";").replace(".", ","),
        REPEATERS + TABLE,
        TABLE,
        '"time","weight"' + TABLE[TABLE.index("\n") :],
        ",time,weight\n0,0.0544,0.25\n1,0.0658,0.5\n2,0.0886,1.5\n",
    ],
)
def test_every_shape_of_an_export_gives_the_same_samples(tmp_path: Path, text: str) -> None:
    recording = read_text(tmp_path, text)
    assert recording.left_out == ()
    (info,) = recording.streams
    assert (info.channels, info.unit) == (("force",), Unit.KILOGRAM)
    np.testing.assert_array_equal(samples(recording), [0.25, 0.5, 1.5])
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    np.testing.assert_array_equal(packet.time_s, [0.0544, 0.0658, 0.0886])


def test_the_day_stands_before_the_month_and_the_other_blocks_are_kept(tmp_path: Path) -> None:
    (note,) = read_text(tmp_path, SINGLE + TABLE).notes
    assert (note.kind, note.at_s) == (NOTE_KIND, 0.0544)
    assert note.body["date"] == "2024-05-31T19:41:02"
    assert note.body["critical force"] == "10.3457"
    assert ("threshold time", "threshold weight") in list(note.body["further"])  # type: ignore[call-overload]  # a note's body is untyped


@pytest.mark.parametrize(
    ("written", "read"), [("2024-11-18 20:44:57", "2024-18-11"), ("yesterday", "yesterday")]
)
def test_a_date_that_is_none_is_kept_as_it_is(tmp_path: Path, written: str, read: str) -> None:
    text = SINGLE.replace("2024-31-05 19:41:02", written) + TABLE
    (note,) = read_text(tmp_path, text).notes
    date = str(note.body["date"])
    # 18 is no month, so the day can only stand last.
    assert date == ("2024-11-18T20:44:57" if read == "2024-18-11" else read)


def test_a_table_of_two_sides_gives_the_left_one_and_says_how_to_get_the_other(
    tmp_path: Path,
) -> None:
    table = "time left,weight left,time right,weight right\n0,1,0.1,5\n1,2,1.1,6\n,,2.1,7\n"
    recording = read_text(tmp_path, ",Overall Avg\nAvg Left,16\n,\n" + table)
    np.testing.assert_array_equal(samples(recording), [1.0, 2.0])
    (sentence,) = recording.left_out
    assert "'t=time right,force=weight right'" in sentence
    path = tmp_path / "a.csv"
    right = read_csv(path, columns={"t": "time right", "force": "weight right"})
    np.testing.assert_array_equal(samples(right), [5.0, 6.0, 7.0])
    assert (right.streams[0].unit, right.left_out) == (Unit.KILOGRAM, ())


def test_the_cell_that_was_pressed_may_be_named(tmp_path: Path) -> None:
    read_text(tmp_path, SINGLE + TABLE)
    recording = read_csv(tmp_path / "a.csv", columns={"hallux": "weight"})
    assert recording.streams[0].channels == ("hallux",)
    np.testing.assert_array_equal(samples(recording), [0.25, 0.5, 1.5])
    assert read_csv(tmp_path / "a.csv", columns={"t": "time"}).streams[0].channels == ("force",)


@pytest.mark.parametrize(("name", "unit"), [("lbs", Unit.POUND), ("N", Unit.NEWTON)])
def test_another_unit_is_taken_as_the_app_names_it(tmp_path: Path, name: str, unit: Unit) -> None:
    recording = read_text(tmp_path, SINGLE.replace(",SI,", f",{name},") + TABLE)
    assert recording.streams[0].unit is unit


def test_an_unknown_unit_is_asked_for(tmp_path: Path) -> None:
    text = SINGLE.replace(",SI,", ",stone,") + TABLE
    with pytest.raises(RecordingError, match=r"the unit 'stone'.*--unit") as caught:
        read_text(tmp_path, text)
    assert caught.value.reason is RecordingFault.COLUMNS
    given = read_csv(tmp_path / "a.csv", unit=Unit.POUND)
    assert given.streams[0].unit is Unit.POUND


def test_a_description_without_samples_names_the_file_to_give(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"line 1: .*data_set_1\.csv") as caught:
        read_text(tmp_path, INFO)
    assert caught.value.reason is RecordingFault.COLUMNS


def test_damage_is_named_by_its_line_in_the_file(tmp_path: Path) -> None:
    recording = read_text(tmp_path, SINGLE + TABLE + "0.1,x\n")
    assert recording.left_out == ("line 16: 'x' in column 'weight' is no number",)


def test_a_plain_csv_is_none(tmp_path: Path) -> None:
    recording = read_text(tmp_path, "t_s,force_n,time,weight\n0,1,2,3\n1,2,3,4\n")
    assert recording.streams[0].unit is Unit.NEWTON
    assert recording.notes == ()


def samples(recording: Recording) -> list[float]:
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    return [float(number) for number in packet.values[:, 0]]


def read_text(folder: Path, text: str) -> Recording:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_csv(path)
