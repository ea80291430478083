"""Plain CSV: every legal way to write it gives the same numbers; damage costs its row alone."""

import contextlib
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import IMU_AXES, Stream, UnitPacket
from trainer.core.units import Unit
from trainer.recording.csvfile import mean_period_s, read_csv
from trainer.recording.recording import Recording
from trainer.recording.table import Body, read_table

PLAIN = "t_s,hallux_n,toes_n\n0.0,1.5,2\n0.1,nan,3\n0.2,2.5,\n0.3,4,5\n"
NUMBERS = [[1.5, 2.0], [np.nan, 3.0], [2.5, np.nan], [4.0, 5.0]]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("nan", "NaN"),
        PLAIN.rstrip("\n"),
        "\n\n# a comment, with a comma\n  # and another\n" + PLAIN,
        PLAIN.replace("0.2,", "# said in between\n\n0.2,"),
        PLAIN.replace(",", " , "),
        '"t_s","hallux_n","toes_n"' + PLAIN[PLAIN.index("\n") :],
        PLAIN.replace("1.5,2", '"1.5","2"'),
        PLAIN.replace("\n0.1", "\n   \n0.1"),
        PLAIN.replace(",", ";").replace(".", ","),
        PLAIN.replace(",", "\t").replace(".", ","),
        "sep=;\n" + PLAIN.replace(",", ";"),
        '"sep=\t"\r\n' + PLAIN.replace(",", "\t"),
        PLAIN + ",,\n , ,\n,,\n",
        PLAIN.replace("4,5\n", "4,5,,\n"),
        PLAIN.replace("\n", ",\n"),
    ],
)
def test_every_legal_way_to_write_it_gives_the_same(tmp_path: Path, text: str) -> None:
    recording = read_text(tmp_path, text)
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    assert recording.streams[0].channels == ("hallux", "toes")
    assert recording.streams[0].unit is Unit.NEWTON
    np.testing.assert_array_equal(packet.time_s, [0.0, 0.1, 0.2, 0.3])
    np.testing.assert_array_equal(packet.values, NUMBERS)
    assert recording.left_out == ()
    assert not recording.is_cut_off
    assert recording.header is None


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("0.15,1", "line 4: 2 fields, expected 3"),
        ("0.15,1,2,3", "line 4: 4 fields, expected 3"),
        ("0.15,1,2x", "line 4: '2x' in column 'toes_n' is no number"),
        ("0.15,1,2_0", "line 4: '2_0' in column 'toes_n' is no number"),
        (",1,2", "line 4: no time in column 't_s'"),
        ("nan,1,2", "line 4: no time in column 't_s'"),
        ("inf,1,2", "line 4: no time in column 't_s'"),
        ('0.15,"1,2', "line 4: 2 fields, expected 3"),
        ("0.15,1\xff,2", "line 4: '1\ufffd' in column 'hallux_n' is no number"),
    ],
)
def test_a_damaged_row_is_left_out_and_named(tmp_path: Path, row: str, sentence: str) -> None:
    lines = PLAIN.splitlines()
    text = "\n".join([*lines[:2], "# comment", row, *lines[2:]])
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("latin-1"))
    recording = read_csv(path)
    assert recording.left_out == (sentence,)
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    np.testing.assert_array_equal(packet.values, NUMBERS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_damage_far_down_is_named_by_its_line_and_costs_its_row_alone(
    tmp_path: Path, end: str
) -> None:
    rows = [f"{number / 100},{number}" for number in range(30_000)]
    rows[9_998], rows[20_000], rows[29_999] = "x,1", "# a comment", "300,2,3"
    recording = read_text(tmp_path, end.join(["t_s,force_n", *rows]))
    assert recording.left_out == (
        "line 10000: 'x' in column 't_s' is no number",
        "line 30001: 3 fields, expected 2",
    )
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    kept = [number for number in range(30_000) if number not in {9_998, 20_000, 29_999}]
    np.testing.assert_array_equal(packet.values[:, 0], kept)


def test_many_damaged_rows_are_counted(tmp_path: Path) -> None:
    recording = read_text(tmp_path, PLAIN + "x\n" * 12)
    assert len(recording.left_out) == 6
    assert recording.left_out[0] == "line 6: 1 fields, expected 3"
    assert recording.left_out[-1] == "and 7 more damaged rows"


def test_an_infinite_force_is_a_lost_sample(tmp_path: Path) -> None:
    recording = read_text(tmp_path, "t_s,force_n\n0,inf\n1,-inf\n2,3\n3,4\n")
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    np.testing.assert_array_equal(packet.values[:, 0], [np.nan, np.nan, 3.0, 4.0])
    assert recording.left_out == ()


def test_force_and_motion_are_two_streams_of_the_same_rows(tmp_path: Path) -> None:
    text = f"t_s,{','.join(IMU_AXES)},force_kg\n0,1,2,3,4,5,6,7\n0.5,1,2,3,4,5,6,8\n"
    recording = read_text(tmp_path, text)
    assert [info.stream for info in recording.streams] == [Stream.FORCE, Stream.IMU]
    assert [info.unit for info in recording.streams] == [Unit.KILOGRAM, Unit.IMU]
    force, motion = recording.packets
    assert isinstance(force, UnitPacket)
    assert isinstance(motion, UnitPacket)
    np.testing.assert_array_equal(force.values, [[7.0], [8.0]])
    np.testing.assert_array_equal(motion.values[0], [1, 2, 3, 4, 5, 6])
    assert recording.streams[1].channels == IMU_AXES


def test_centre_of_pressure_comes_as_columns_without_a_stream(tmp_path: Path) -> None:
    recording = read_text(tmp_path, "t_s,copx_cm,copy_cm\n0.01,-8,1\n0.02,-7,2\n")
    assert recording.streams == ()
    assert recording.packets == ()
    assert list(recording.columns) == ["t_s", "copx_cm", "copy_cm"]
    np.testing.assert_array_equal(recording.columns["copx_cm"], [-8.0, -7.0])
    np.testing.assert_array_equal(recording.columns["copy_cm"], [1.0, 2.0])


def test_the_period_is_the_mean_of_steps_that_are_no_loss() -> None:
    # 0.1, 0.1, 0.12, 0.17 count; 0.3, 5.0 and the step back do not.
    time_s = np.cumsum([0.0, 0.1, 0.1, 0.12, 0.17, 0.3, 5.0, -3.0, 0.1])
    assert mean_period_s(time_s) == pytest.approx((0.1 + 0.1 + 0.12 + 0.17 + 0.1) / 5)
    assert mean_period_s(np.array([1.0])) is None
    assert mean_period_s(np.array([1.0, 1.0, 0.5])) is None


def test_the_period_is_that_of_the_detected_force(tmp_path: Path) -> None:
    # The toes deliver every other row, the heel every row.
    rows = "".join(f"{i / 10},{i if i % 2 == 0 else ''},{i}\n" for i in range(20))
    recording = read_text(tmp_path, "t_s,toes_n,heel_n\n" + rows)
    assert recording.streams[0].period_s == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"", RecordingFault.EMPTY, "is empty"),
        (b"\n# only\n\n", RecordingFault.EMPTY, "no line but empty ones and comments"),
        (b"t_s,force_n\n", RecordingFault.EMPTY, "0 usable rows"),
        (b"t_s,force_n\n1,2\n", RecordingFault.EMPTY, "1 usable rows"),
        (b"t_s,force_n\n1,2\n1,3\n0.5,3\n", RecordingFault.EMPTY, "never rises"),
        (b"t_s,force_n\n1e12,2\n1.1e12,2\n", RecordingFault.EMPTY, "line 2: 1e.12 in column 't_s'"),
        (b"PK\x03\x04rest", RecordingFault.FORMAT, "zip archive.*data_set_1.csv"),
        (b"sep=;\n", RecordingFault.EMPTY, "no line but empty ones"),
        (b"t_s,force_n\n1,\n2,nan\n", RecordingFault.EMPTY, "no row holds a number for force"),
        (b"t_s,force\n1,2\n", RecordingFault.COLUMNS, "line 1: no force column"),
        (b"# c\n\ntime\n1\n", RecordingFault.COLUMNS, "line 3: no column 't_s'"),
        (b"\x89PNG\x00\x01" * 50, RecordingFault.FORMAT, "binary file"),
        ("t_s,force_n\n1,2\n".encode("utf-16-le"), RecordingFault.FORMAT, "no text in UTF-8"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_next_step(
    tmp_path: Path, content: bytes, reason: RecordingFault, words: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=words) as caught:
        read_csv(path)
    assert caught.value.reason is reason
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file") as caught:
        read_csv(tmp_path / "a.csv")
    assert caught.value.reason is RecordingFault.MISSING


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(allow_nan=True, allow_infinity=False, width=64)),
        max_size=30,
    )
)
def test_the_fast_way_and_the_row_by_row_way_read_the_same_bits(
    rows: list[tuple[float, float]],
) -> None:
    lines = "".join(f"{time_s!r},{value!r}\n" for time_s, value in rows).encode()
    fast = read_table(Body(lines, ",", ("t_s", "force_n"), 2), (0, 1))
    slow = read_table(Body(lines + b"damaged\n", ",", ("t_s", "force_n"), 2), (0, 1))
    assert fast.left_out == ()
    assert len(slow.left_out) == 1
    np.testing.assert_array_equal(fast.values, slow.values)
    assert fast.values.shape == (len(rows), 2)


def test_the_same_text_in_utf_16_reads_the_same(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-be"):
        mark = "\ufeff" if encoding == "utf-16-be" else ""
        path = tmp_path / "a.csv"
        path.write_bytes((mark + PLAIN.replace(",", "\t")).encode(encoding))
        (packet,) = read_csv(path).packets
        assert isinstance(packet, UnitPacket)
        np.testing.assert_array_equal(packet.values, NUMBERS)


def test_a_point_among_decimal_commas_is_never_taken_for_a_decimal(tmp_path: Path) -> None:
    text = "t_s;force_n\n0,1;1,5\n0,2;1.500\n0,3;2,5\n"
    recording = read_text(tmp_path, text)
    assert recording.left_out == (
        "line 3: '1.500' in column 'force_n' is no number with a decimal comma",
    )


def test_counts_and_their_unit_are_kept_for_a_calibration(tmp_path: Path) -> None:
    recording = read_text(tmp_path, "t_s,heel_counts,hallux_counts\n0,1,2\n1,3,4\n")
    (info,) = recording.streams
    assert (info.unit, info.channels, info.delay_periods) == (Unit.COUNTS, ("hallux", "heel"), 0.0)
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    np.testing.assert_array_equal(packet.values, [[2.0, 1.0], [4.0, 3.0]])


def test_a_field_beyond_any_limit_damages_its_row_alone(tmp_path: Path) -> None:
    text = PLAIN + "0.4," + "z" * 200_000 + ",1\nx\n0.5,1," + '"' * 200_001 + "\n"
    left_out = read_text(tmp_path, text).left_out
    assert [len(sentence) < 100 for sentence in left_out] == [True] * 3
    with pytest.raises(RecordingError, match="no column 't_s'"):
        read_text(tmp_path, '"' + "x" * 200_000 + "\n1\n")


PIECES: Final = [
    *("t_s", "force_n", "hallux_n", "heel_kg", "copx_cm", "copy_cm", "ax_ms2", "time", "weight"),
    *("date", "tag", "comment", "unit", "SI", "time left", "weight right", "2024-31-12 10:00:00"),
    *(",", ";", "\t", "\n", "\r", "\r\n", "#", '"', "sep=;", " ", "\x00", "\ufeff", "\u2028"),
    *(
        "1",
        "2",
        "0.5",
        "1,5",
        "-3",
        "1e308",
        "-1e308",
        "nan",
        "inf",
        "1_0",
        "x",
        "\ud7ff",
        "\u0663",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(range(3)))
def test_no_text_makes_the_reader_fail_but_with_a_message(
    tmp_path_factory: pytest.TempPathFactory, text: str, start: int
) -> None:
    path = tmp_path_factory.mktemp("fuzz", numbered=True) / "a.csv"
    path.write_bytes(("", "t_s,force_n\n0,1\n1,2\n", "date,tag,comment\n")[start].encode())
    with path.open("ab") as file:
        file.write(text.encode())
    with contextlib.suppress(RecordingError):
        recording = read_csv(path)
        assert recording.packets or recording.columns


@given(st.binary(max_size=200))
def test_no_bytes_below_a_header_make_the_reader_fail(data: bytes) -> None:
    table = read_table(Body(data, ",", ("t_s", "force_n"), 2), (0, 1))
    assert table.values.shape[1] == 2
    assert np.isfinite(table.values[:, 0]).all()


def test_the_real_pushes_are_read_whole(data_folder: Path) -> None:
    recording = read_csv(data_folder / "pushrim" / "pushes_a.csv")
    (packet,) = recording.packets
    assert isinstance(packet, UnitPacket)
    assert packet.values.shape == (7682, 1)
    assert recording.streams[0].period_s == pytest.approx(1 / 240, rel=1e-6)
    assert recording.left_out == ()


def read_text(folder: Path, text: str) -> Recording:
    """Return what is read of a CSV with that text."""
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_csv(path)
