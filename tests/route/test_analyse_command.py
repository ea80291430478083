"""`footspring analyse` on every kind of file that a person may hand in: results, exits, words."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tests.route.conftest import Done
from tests.route.rig import Home, Said, differences, is_clear, write_csv
from trainer.core.arrays import FloatArray
from trainer.core.units import NEWTON_PER_KG, NEWTON_PER_LB
from trainer.detect.baseline import REST_S

RATE_HZ = 100.0
HOLDS = 5

Rows = list[list[object]]


@pytest.fixture(scope="session")
def validate() -> Callable[[object], None]:
    """Return what checks an output against the schema that the command itself prints."""
    schema = json.loads(Home(Path("/nowhere")).say("analyse", "--schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).validate


def pressed(seconds: float = 20.0) -> tuple[FloatArray, FloatArray]:
    """Return stamps and newtons: five presses of 30 N, 1.5 s long, smooth at their edges."""
    time_s = np.arange(0.0, seconds, 1.0 / RATE_HZ)
    noise = np.random.default_rng(1).normal(0.0, 0.05, len(time_s))
    press = np.clip(3.0 * np.sin(2 * np.pi * time_s / (seconds / HOLDS)) - 1.0, 0.0, 1.0)
    return time_s, 2.0 + 30.0 * press + noise


def rows(*columns: FloatArray) -> Rows:
    return [[f"{number:.6f}" for number in row] for row in zip(*columns, strict=True)]


def analyse(home: Home, text: str | bytes, *options: object) -> Said:
    path = home.root / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return home.say("analyse", path, "--json", *options)


def as_text(header: str, body: Rows, mark: str = ",", end: str = "\n") -> str:
    return end.join([header.replace(",", mark), *(mark.join(map(str, row)) for row in body)]) + end


def plain() -> str:
    return as_text("t_s,force_n", rows(*pressed()))


def with_roles() -> str:
    time_s, force_n = pressed()
    heel_n = 300.0 - 0.2 * force_n
    return as_text("t_s,toes_n,heel_n,hallux_n", rows(time_s, 0.4 * force_n, heel_n, 0.6 * force_n))


def with_imu() -> str:
    time_s, force_n = pressed()
    still = np.zeros_like(time_s)
    axes = [still, still, np.full_like(still, NEWTON_PER_KG), still, still, still]
    header = "t_s,force_n,ax_ms2,ay_ms2,az_ms2,gx_dps,gy_dps,gz_dps"
    return as_text(header, rows(time_s, force_n, *axes))


def with_pressure_centre() -> str:
    time_s, force_n = pressed()
    return as_text("t_s,force_n,copx_cm,copy_cm", rows(time_s, force_n, force_n, force_n))


SAME = {
    "comma": plain,
    "semicolon": lambda: as_text("t_s,force_n", rows(*pressed()), mark=";"),
    "tab": lambda: as_text("t_s,force_n", rows(*pressed()), mark="\t"),
    "byte order mark": lambda: "\ufeff" + plain(),
    "comments and empty lines": lambda: "# made by hand\n\n" + plain().replace("\n", "\n# x\n", 3),
    "windows line ends": lambda: as_text("t_s,force_n", rows(*pressed()), end="\r\n"),
    "quoted names": lambda: plain().replace("t_s,force_n", '"t_s","force_n"'),
    "no last line end": lambda: plain().rstrip("\n"),
    "two roles and a heel": with_roles,
    "decimal commas": lambda: as_text("t_s;force_n", rows(*pressed()), mark=";").replace(".", ","),
    "a spreadsheet's first line": lambda: (
        "sep=\t\n" + as_text("t_s,force_n", rows(*pressed()), "\t")
    ),
    "a spreadsheet's empty fields": lambda: plain().replace("\n", ",,\n") + ",,,\n",
    "motion beside it": with_imu,
    "pressure centre beside it": with_pressure_centre,
}
"""The same presses, written in every legal way."""


@pytest.mark.parametrize("name", SAME)
def test_the_same_presses_are_found_however_they_are_written(
    name: str, home: Home, validate: Callable[[object], None]
) -> None:
    said = analyse(home, SAME[name]())
    assert (said.status, said.err) == (0, "")
    validate(said.found)
    holds = said.found["holds"]
    assert [hold["finished"] for hold in holds] == [True] * HOLDS
    assert [hold["plateau_n"] for hold in holds] == [pytest.approx(30.0, abs=0.3)] * HOLDS
    expected = analyse(home, plain()).found["holds"]
    times = [(hold["start_s"], hold["end_s"]) for hold in holds]
    assert times == [pytest.approx((h["start_s"], h["end_s"]), abs=1e-5) for h in expected]


@pytest.mark.parametrize(("unit", "newton"), [("kg", NEWTON_PER_KG), ("lb", NEWTON_PER_LB)])
def test_other_units_are_turned_into_newtons(
    unit: str, newton: float, home: Home, validate: Callable[[object], None]
) -> None:
    time_s, force_n = pressed()
    by_name = analyse(home, as_text(f"t_s,force_{unit}", rows(time_s, force_n / newton)))
    by_option = analyse(
        home,
        as_text("time,load", rows(time_s, force_n / newton)),
        *("--columns", "t=time,force=load", "--unit", unit),
    )
    validate(by_name.found)
    assert [h["plateau_n"] for h in by_name.found["holds"]] == [pytest.approx(30, abs=0.3)] * HOLDS
    assert [*differences(by_name.found, by_option.found)] == []


def test_an_export_of_the_tindeq_app_is_read_in_kilograms(
    home: Home, validate: Callable[[object], None]
) -> None:
    time_s, force_n = pressed()
    table = as_text("time,weight", rows(time_s, force_n / NEWTON_PER_KG))
    head = (
        "date,tag,comment,unit,critical force,reps,Rest time,Work time\n"
        "2024-31-05 19:41:02,toes,,SI,2.1,5,3,7\n\nmedian values\n3.1\n\n"
        "threshold time,threshold weight\n0.9,3.0\n\n"
    )
    expected = analyse(home, plain()).found["holds"]
    for text in (head + table, ",Overall Avg\nAvg,3.0\nPeak,3.2\n,\n" + table, table):
        said = analyse(home, text)
        assert (said.status, said.err) == (0, "")
        validate(said.found)
        holds = said.found["holds"]
        assert [hold["plateau_n"] for hold in holds] == [
            pytest.approx(hold["plateau_n"], abs=1e-3) for hold in expected
        ]


def test_a_spreadsheet_s_utf_16_is_read(home: Home) -> None:
    said = analyse(home, as_text("t_s,force_n", rows(*pressed()), mark="\t").encode("utf-16"))
    assert (said.status, said.err) == (0, "")
    assert len(said.found["holds"]) == HOLDS


def test_lost_samples_are_counted_and_change_no_hold(
    home: Home, validate: Callable[[object], None]
) -> None:
    body = rows(*pressed())
    for number in range(40, len(body), 50):
        body[number][1] = ("", "nan", "NaN")[number % 3]
    del body[101:104], body[503:505]
    said = analyse(home, as_text("t_s,force_n", body))
    validate(said.found)
    assert said.status == 0
    assert said.found["recording"]["lost_samples"] == 40 + 3 + 2
    assert said.found["recording"]["gaps"] == []
    whole = analyse(home, plain()).found["holds"]
    starts_s = [hold["start_s"] for hold in said.found["holds"]]
    assert starts_s == [pytest.approx(hold["start_s"], abs=0.02) for hold in whole]


def test_a_gap_cuts_the_hold_that_it_falls_into_and_no_hold_crosses_it(
    home: Home, validate: Callable[[object], None]
) -> None:
    body = rows(*pressed())
    whole = analyse(home, plain()).found["holds"]
    middle = round(RATE_HZ * (whole[1]["start_s"] + whole[1]["end_s"]) / 2)
    said = analyse(home, as_text("t_s,force_n", body[:middle] + body[middle + 30 :]))
    validate(said.found)
    [gap] = said.found["recording"]["gaps"]
    assert gap["start_s"] == pytest.approx((middle - 1) / RATE_HZ)
    assert gap["end_s"] == pytest.approx((middle + 30) / RATE_HZ)
    holds = said.found["holds"]
    assert not any(h["start_s"] <= gap["start_s"] and h["end_s"] >= gap["end_s"] for h in holds)
    before, after = [hold for hold in holds if not hold["finished"]]
    assert before["end_s"] == pytest.approx(gap["start_s"])
    assert after["start_s"] == pytest.approx(gap["end_s"])


def test_a_clock_that_steps_back_is_a_gap_and_starts_a_new_time(
    home: Home, validate: Callable[[object], None]
) -> None:
    time_s, force_n = pressed()
    twice = rows(np.concatenate([time_s + 100, time_s]), np.concatenate([force_n, force_n]))
    said = analyse(home, as_text("t_s,force_n", twice))
    validate(said.found)
    assert said.found["recording"]["gaps"] == [{"start_s": pytest.approx(119.99), "end_s": 0.0}]
    assert said.found["recording"]["duration_s"] == pytest.approx(2 * 19.99)
    starts_s = [hold["start_s"] for hold in said.found["holds"] if hold["finished"]]
    assert len(starts_s) >= 2 * HOLDS - 1
    assert max(starts_s[HOLDS:]) < 20 < min(starts_s[: HOLDS - 1])


def test_uneven_time_gives_the_same_presses(home: Home, validate: Callable[[object], None]) -> None:
    time_s, force_n = pressed()
    uneven_s = time_s + 0.003 * np.sin(np.arange(len(time_s)) * 1.7)
    said = analyse(home, as_text("t_s,force_n", rows(uneven_s, force_n)))
    validate(said.found)
    whole = analyse(home, plain()).found["holds"]
    assert [hold["start_s"] for hold in said.found["holds"]] == [
        pytest.approx(hold["start_s"], abs=0.01) for hold in whole
    ]


def test_a_hold_that_the_end_cuts_off_is_reported_and_not_finished(
    home: Home, validate: Callable[[object], None]
) -> None:
    whole = analyse(home, plain()).found["holds"]
    middle = round(RATE_HZ * (whole[-1]["start_s"] + whole[-1]["end_s"]) / 2)
    said = analyse(home, as_text("t_s,force_n", rows(*pressed())[:middle]))
    validate(said.found)
    holds = said.found["holds"]
    assert [hold["finished"] for hold in holds] == [True] * (HOLDS - 1) + [False]
    assert holds[-1]["end_s"] == pytest.approx((middle - 1) / RATE_HZ)


def test_a_rest_of_more_than_ten_seconds_ends_a_set(
    home: Home, validate: Callable[[object], None]
) -> None:
    time_s, force_n = pressed()
    later_s = np.arange(20.0, 34.0, 1 / RATE_HZ)
    time_s = np.concatenate([time_s, later_s, time_s + 34.0])
    force_n = np.concatenate([force_n, np.full(len(later_s), 2.0), force_n])
    said = analyse(home, as_text("t_s,force_n", rows(time_s, force_n)))
    validate(said.found)
    sets = [(found["first_hold"], found["last_hold"]) for found in said.found["sets"]]
    assert sets == [(1, HOLDS), (HOLDS + 1, 2 * HOLDS)]


@pytest.mark.parametrize("turns", [45, pytest.param(180, marks=pytest.mark.soak)])
def test_a_quarter_of_an_hour_of_samples_is_analysed_and_an_hour_too(
    home: Home, validate: Callable[[object], None], turns: int
) -> None:
    time_s, force_n = pressed()
    long_s = np.concatenate([time_s + 20.0 * turn for turn in range(turns)])
    said = analyse(home, as_text("t_s,force_n", rows(long_s, np.tile(force_n, turns))))
    validate(said.found)
    assert len(said.found["holds"]) == turns * HOLDS


QUIET = {
    "two rows": "t_s,force_n\n0,1\n1,2\n",
    "one repeated force": "t_s,force_n\n" + "".join(f"{n / 100},5\n" for n in range(500)),
    "one number and many lost": "t_s,force_n\n0,1\n" + "".join(f"{n},nan\n" for n in range(1, 99)),
    "enormous forces": "t_s,force_n\n"
    + "".join(f"{n / 80},{1e300 * (n % 7)}\n" for n in range(99)),
    "tiny steps": "t_s,force_n\n" + "".join(f"{n * 1e-9:.12f},{n % 9}\n" for n in range(500)),
    "a century between two rows": "t_s,force_n\n0,1\n0.01,1\n3e9,2\n3000000000.01,3\n",
    "time that only falls after one step": "t_s,force_n\n0,1\n1,2\n0.5,3\n0.2,3\n0.1,4\n",
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_odd_but_readable_is_analysed(
    name: str, home: Home, validate: Callable[[object], None]
) -> None:
    said = analyse(home, QUIET[name])
    assert (said.status, said.err) == (0, "")
    validate(said.found)


def test_damaged_rows_are_left_out_named_and_exit_with_1(
    home: Home, validate: Callable[[object], None]
) -> None:
    body = rows(*pressed())
    body[9][1] = "4,1x"
    body[20] = ["0.2"]
    said = analyse(home, as_text("t_s,force_n", body, mark=";"))
    assert said.status == 1
    validate(said.found)
    assert len(said.found["recording"]["left_out"]) == 2
    assert len(said.found["holds"]) == HOLDS
    assert is_clear(said.err)
    for words in ("a.csv: damaged", "line 11: '4,1x' in column 'force_n'", "line 22: 1 fields"):
        assert words in said.err


UNUSABLE = {
    "": ("is empty", "another recording"),
    "\n\n# nothing\n": ("no line but empty ones and comments", "another recording"),
    "t_s,force_n\n": ("0 usable rows", "Correct the file"),
    "t_s,force_n\n1,2\n": ("1 usable rows", "column 't_s' never rises", "Correct the file"),
    "t_s,force_n\n1,2\n1,3\n": ("2 usable rows", "never rises"),
    "t_s,force_n\n1,\n2,nan\n": ("no row holds a number for force", "--columns force=COL"),
    "time,force_n\n1,2\n2,3\n": ("line 1: no column 't_s'", "'time'", "--columns t=COL"),
    "t_s,load\n1,2\n2,3\n": ("line 1: no force column", "'load'", "--columns force=COL"),
    "# a\n\nt_s,forse_n\n1,2\n2,3\n": ("line 3: no force column", "did you mean 'force_n'?"),
    "t_s,hallux_n,hallux_n\n1,2,3\n": ("line 1", "twice", "Rename or remove"),
    "t_s,hallux_n,toes_kg\n1,2,3\n2,2,3\n": ("different units", "hallux_n, toes_kg", "--unit"),
    "t_s,force_counts\n0,1\n1,2\n": ("raw counts", "no calibration"),
    "t_s,force_n,ax_ms2\n0,1,1\n1,2,1\n": ("lacks ay_ms2", "all six"),
    "t_s,force_n\n\x00\x00\n": ("binary file", "Export it as CSV"),
    "PK\x03\x04x": ("zip archive", "Unpack it"),
    "date,tag,comment,unit,reps\n2024-31-05 19:41:02,a,,SI,8\n": ("line 1", "data_set_1.csv"),
    "t_s,force_n\n1.7e12,1\n1.8e12,2\n": ("line 2: 1.7e+12", "no time in seconds"),
}


@pytest.mark.parametrize("text", UNUSABLE)
def test_a_file_that_cannot_be_used_exits_with_2_and_one_clear_line(text: str, home: Home) -> None:
    said = analyse(home, text)
    assert said.status == 2
    assert said.out == ""
    assert is_clear(said.err)
    assert str(home.root / "a.csv") in said.err
    for words in UNUSABLE[text]:
        assert words in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ("no recording given", "footspring analyse RECORDING.csv")),
        (("no/such/file.csv",), ("no/such/file.csv", "no such file", "Check the name")),
        (("/",), ("is a folder", "Name one file")),
        (("a.csv", "--columns", "t:time"), ("--columns", "t=time,force=load")),
        (("a.csv", "--columns", "forse=load"), ("unknown role 'forse'", "did you mean 'force'?")),
        (("a.csv", "--mvc", "-3"), ("--mvc", "above 0")),
        (("a.csv", "--unit", "stone"), ("--unit", "'n', 'kg', 'lb'")),
        (("a.csv", "--task", "dance"), ("--task", "curls")),
        (("a.csv", "--json", "--schema"), ("--schema", "--json")),
    ],
)
def test_wrong_arguments_exit_with_2_and_say_what_is_right(
    arguments: tuple[str, ...], words: tuple[str, ...], home: Home
) -> None:
    write_csv(home.root / "a.csv", "t_s,load", [(0, 1), (1, 2)])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home.root)
        said = home.say("analyse", *arguments)
    assert said.status == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    assert all(word in said.err for word in words)


def test_a_message_is_one_line_whatever_the_file_says(home: Home) -> None:
    said = analyse(home, b"\x1b[31mred\x0c,\x85\xff\x1c" + b"x,y" * 5000 + b"\n1,2\n")
    assert said.status == 2
    assert is_clear(said.err)
    assert len(said.err) < 2100
    assert "\x1b" not in said.err
    assert said.err.rstrip().endswith("--columns t=COL.")


def test_columns_and_unit_are_refused_for_an_own_recording(done: Done, home: Home) -> None:
    said = home.say("analyse", done.recording, "--unit", "kg")
    assert said.status == 2
    assert is_clear(said.err)
    assert "Leave --columns and --unit out" in said.err


def test_an_own_recording_fits_the_schema_with_every_task(
    done: Done, home: Home, validate: Callable[[object], None]
) -> None:
    for task in ("curls", "squeeze", "taps", "stance"):
        found = home.say("analyse", done.recording, "--json", "--task", task).found
        validate(found)
        assert found["recording"]["task"] == task
        assert found["recording"]["channels"] == ["hallux_n", "toes_n", "ball_n", "heel_n"]
        answered = [name for name in ("squeeze", "taps", "sway") if found[name] is not None]
        assert answered == {"curls": [], "stance": ["sway"]}.get(task, [task])


def test_the_text_form_names_every_hold(home: Home) -> None:
    path = home.root / "a.csv"
    path.write_text(plain(), encoding="utf-8")
    said = home.say("analyse", path)
    lines = said.out.splitlines()
    assert said.status == 0
    assert lines[0].startswith("a.csv: 2000 samples, 20.0 s, 100.0 Hz, 0 lost")
    assert lines[1] == f"{HOLDS} holds"
    assert [line.split()[:2] for line in lines[3 : 3 + HOLDS]] == [
        ["1", str(number)] for number in range(1, HOLDS + 1)
    ]


def test_a_cut_recording_is_analysed_up_to_the_cut_and_exits_with_1(
    done: Done, home: Home, validate: Callable[[object], None]
) -> None:
    data = done.recording.read_bytes()
    cut = home.root / "cut.mcap"
    cut.write_bytes(data[: len(data) // 2])
    whole = home.say("analyse", done.recording, "--json").found
    said = home.say("analyse", cut, "--json")
    assert said.status in {0, 1}
    validate(said.found)
    assert 0.2 < said.found["recording"]["duration_s"] / whole["recording"]["duration_s"] < 0.9
    assert any("cut off" in warning for warning in said.found["warnings"])
    ends_s = {round(hold["end_s"], 6) for hold in whole["holds"]}
    finished = [hold for hold in said.found["holds"] if hold["finished"]]
    assert len(finished) >= 2
    # The end of a hold is placed by the rest after it, of which the cut may have left a part.
    cut_s = said.found["recording"]["duration_s"]
    rested = [hold for hold in finished if hold["end_s"] < cut_s - 2 * REST_S]
    assert len(rested) >= 2
    assert {round(hold["end_s"], 6) for hold in rested} <= ends_s
    assert finished[-1]["end_s"] == pytest.approx(
        min(ends_s, key=lambda end_s: abs(end_s - finished[-1]["end_s"])), abs=REST_S
    )
