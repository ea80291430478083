"""Watch files become runs, lying units are left out and said, damaged bytes never crash."""

import contextlib
import gzip
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.diary.running import Run
from trainer.running.apple import read_apple
from trainer.running.fitwriter import CYCLING, Moment, Written, write_fit
from trainer.running.intervals import read_answer
from trainer.running.measures import Found, Outcome, Passed, Refused, RunFileError
from trainer.running.readers import Reader
from trainer.running.strava import read_list

READER = Reader(datetime(2026, 11, 29, tzinfo=UTC), UTC)
FIT = write_fit()


def only(outcomes: tuple[Outcome, ...]) -> Run:
    (outcome,) = outcomes
    assert isinstance(outcome, Found), outcome
    return outcome.run


def test_cadence_of_fit_is_strides_and_becomes_steps() -> None:
    run = only(READER.read(write_fit(Written(moments=(Moment(cadence=83, fraction=64),)))))
    assert run.spm == pytest.approx(167.0)
    assert (run.gct_ms, run.gct_balance_pct, run.vo_mm) == (250.0, 50.1, 90.0)


def test_a_step_that_no_watch_measured_is_speed_over_cadence() -> None:
    run = only(READER.read(write_fit(Written(moments=(Moment(step=None),)))))
    assert run.step_m == pytest.approx(3.0 * 60 / 166)
    assert run.is_step_derived


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (Moment(cadence=166), "spm"),
        (Moment(contact=3), "gct_ms"),
        (Moment(balance=510), "gct_balance_pct"),
        (Moment(oscillation=90), "vo_mm"),
        (Moment(step=21_700), "step_m"),
    ],
)
def test_a_lying_unit_is_left_out_and_said(moment: Moment, name: str) -> None:
    run = only(READER.read(write_fit(Written(moments=(moment,)))))
    assert name == "step_m" or getattr(run, name) is None
    assert any(doubt.startswith(name) for doubt in run.doubts)


def test_kilometres_in_place_of_metres_are_left_out() -> None:
    run = only(READER.read(write_fit(Written(metres=0.18))))
    assert run.km is None


def test_a_watch_that_never_knew_the_date_is_refused() -> None:
    start = datetime(1995, 12, 31, 1, tzinfo=UTC)
    (outcome,) = READER.read(write_fit(Written(start=start, offset_s=None)))
    assert isinstance(outcome, Refused)
    assert "when it began" in outcome.why


def test_a_ride_is_passed_over() -> None:
    assert READER.read(write_fit(Written(sport=CYCLING))) == (Passed("cycling"),)


def test_a_packed_file_is_the_same_run() -> None:
    assert READER.read(gzip.compress(FIT)) == READER.read(FIT)


@given(cut=st.integers(0, len(FIT) - 1))
def test_a_file_that_is_cut_off_anywhere_is_refused(cut: int) -> None:
    assert all(isinstance(one, Refused) for one in READER.read(FIT[:cut]))


@given(place=st.integers(0, len(FIT) - 1), byte=st.integers(0, 255))
def test_a_damaged_byte_never_crashes(place: int, byte: int) -> None:
    READER.read(FIT[:place] + bytes([byte]) + FIT[place + 1 :])


@given(told=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(told: bytes) -> None:
    READER.read(told)
    READER.read(b"<gpx>" + told)


LETTERS = st.sampled_from([*'",;\n', "Run", "activities/1.fit", "1", "May 4, 2026, 5:00:00 AM"])


@given(cells=st.lists(LETTERS, max_size=40))
def test_any_list_of_stravas_is_read_or_refused(cells: list[str]) -> None:
    for header in ("Activity Date,Activity Type,Filename,Distance,Distance\n", ""):
        with contextlib.suppress(RunFileError):
            for listed in read_list((header + "".join(cells)).encode()):
                READER.judge(listed.told, listed.sha256)


@given(inner=st.binary(max_size=200))
def test_any_export_of_apples_is_read_or_refused(inner: bytes) -> None:
    kind = b'workoutActivityType="HKWorkoutActivityTypeRunning" '
    for told in (b"<HealthData>" + inner, b"<HealthData><Workout " + kind + inner):
        with contextlib.suppress(RunFileError):
            for one, hashed in read_apple(io.BytesIO(told)):
                READER.judge(one, hashed)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "start_date_local", "moving_time", "distance"]), below
        )
    ),
    max_leaves=12,
)


@given(answer=JSON)
def test_any_answer_of_a_server_is_read_or_refused(answer: object) -> None:
    with contextlib.suppress(RunFileError):
        for remote in read_answer(json.dumps(answer).encode()):
            READER.judge(remote.told, remote.sha256)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE g [<!ENTITY a "aaaa">]><gpx><trk><name>&a;</name></trk></gpx>'
    (outcome,) = READER.read(bomb)
    assert isinstance(outcome, Refused)


def test_a_table_of_nothing_but_commas_is_refused() -> None:
    (outcome,) = READER.read(b"start,km\n" + b"," * 5_000_001)
    assert isinstance(outcome, Refused)
    assert "more than 5000000 cells" in outcome.why


def test_a_packed_bomb_is_refused() -> None:
    (outcome,) = READER.read(gzip.compress(bytes(65 << 20)))
    assert isinstance(outcome, Refused)
    assert "64 MB" in outcome.why


def test_tcx_says_strides_and_a_table_says_steps() -> None:
    tcx = (
        b'  <TrainingCenterDatabase xmlns="x"><Activities><Activity Sport="Running">'
        b'<Lap StartTime="2026-05-04T05:00:00Z"><TotalTimeSeconds>600</TotalTimeSeconds>'
        b"<DistanceMeters>1800</DistanceMeters><Track><Trackpoint><Extensions><TPX>"
        b"<RunCadence>83</RunCadence></TPX></Extensions></Trackpoint></Track></Lap>"
        b"</Activity></Activities></TrainingCenterDatabase>"
    )
    table = b"start,duration_s,km,spm,gct_ms\n2026-05-04T05:00:00Z,600,1.8,166,250\n"
    assert only(READER.read(tcx)).spm == only(READER.read(table)).spm == 166
    assert only(READER.read(table)).gct_ms == 250


def test_nothing_of_a_place_is_kept() -> None:
    gpx = (
        b"<gpx><trk><type>running</type><trkseg>"
        b'<trkpt lat="52.12345" lon="13.0"><time>2026-05-04T05:00:00Z</time></trkpt>'
        b'<trkpt lat="52.13345" lon="13.0"><time>2026-05-04T05:06:00Z</time></trkpt>'
        b"</trkseg></trk></gpx>"
    )
    run = only(READER.read(gpx))
    assert run.km == pytest.approx(1.112, abs=0.002)
    assert "52.1" not in repr(replace(run, sha256=""))
