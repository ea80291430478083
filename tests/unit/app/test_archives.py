"""Exports of Strava and Apple Health, packed and not, and archives that are up to no good."""

import gzip
import tracemalloc
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trainer.app.runfiles import Collection
from trainer.app.running import Tally, import_paths, tally_lines
from trainer.app.runshelf import RunShelf
from trainer.core.clock import ManualClock
from trainer.core.diary.running import Run, RunSource
from trainer.core.folders import Folders
from trainer.library.library import open_library
from trainer.running.fitwriter import CYCLING, Written, write_fit

CLOCK = ManualClock(datetime(2026, 11, 29, tzinfo=UTC))
USUAL = Written()
ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Activity Gear,Filename,Elapsed Time,Moving Time,Distance\n"
    '11,"May 4, 2026, 5:00:00 AM",Dawn,Run,"two\nlines",61,0.18,Blue,activities/11.fit.gz,'
    "61.0,60.0,180.0\n"
    '12,"May 5, 2026, 5:00:00\u202fAM",Trail,Run,,600,1.80,Red,activities/12.gpx.gz,600,600,1800\n'
    '13,"May 6, 2026, 5:00:00 AM",Lap,Run,,600,1.80,,activities/13.tcx.gz,600,600,1800\n'
    '14,"May 7, 2026, 5:00:00 AM",By hand,Run,,"1,200",3.60,Blue,,1200,1200,3600.0\n'
    '15,"May 8, 2026, 5:00:00 AM",Work,Ride,,600,9.00,Bike,activities/15.fit.gz,600,600,9000\n'
    '16,"May 9, 2026, 5:00:00 AM",Swim,Swim,,600,0.50,,,600,600,500\n'
)
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Verstrichene Zeit,"
    "Distanz,Ausrüstung,Dateiname\n"
    '11,"04.05.2026, 05:00:00",Früh,Lauf,,61,"0,18",Blau,activities/11.fit.gz\n'
    '14,"07.05.2026, 05:00:00",Von Hand,Lauf,,1200,"3,60",Blau,\n'
    '15,"08.05.2026, 05:00:00",Arbeit,Radfahrt,,600,"9,00",Rad,activities/15.fit.gz\n'
)
GPX = (
    b'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    b'<trkpt lat="52.0" lon="13.0"><time>2026-05-05T05:00:00Z</time></trkpt>'
    b'<trkpt lat="52.0162" lon="13.0"><time>2026-05-05T05:10:00Z</time></trkpt>'
    b"</trkseg></trk></gpx>"
)
TCX = (
    b'          <?xml version="1.0"?><TrainingCenterDatabase xmlns="x"><Activities>'
    b'<Activity Sport="Running"><Lap StartTime="2026-05-06T05:00:00Z">'
    b"<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>1800</DistanceMeters></Lap>"
    b"</Activity></Activities></TrainingCenterDatabase>"
)
WORKOUT = (
    '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}"'
    ' durationUnit="min" sourceName="Watch" startDate="2026-05-{day:02} 07:00:00 +0200"'
    ' endDate="2026-05-{day:02} 07:10:00 +0200">'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="1.8" unit="km"/>'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierRunningGroundContactTime" average="250"'
    ' unit="ms"/>'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierRunningStrideLength" average="1.08"'
    ' unit="m"/>'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierStepCount" sum="1660" unit="count"/>'
    "</Workout>\n"
)
DTD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n'
    "<!ELEMENT HealthData (ExportDate,Record*,Workout*)>\n"
    "<!ATTLIST Workout duration CDATA #IMPLIED>\n]>\n"
)
RECORD = (
    '<Record type="HKQuantityTypeIdentifierHeartRate" value="61" unit="count/min"'
    ' startDate="2026-05-04 07:00:00 +0200"><MetadataEntry key="k" value="v"/></Record>\n'
)


def apple(records: int = 3, days: tuple[int, ...] = (4, 5)) -> bytes:
    workouts = "".join(WORKOUT.format(day=day, minutes=10) for day in days)
    ride = WORKOUT.format(day=9, minutes=10).replace("Running", "Cycling", 1)
    return f'{DTD}<HealthData locale="de">{RECORD * records}{workouts}{ride}</HealthData>'.encode()


def strava(listed: str = ENGLISH) -> dict[str, bytes]:
    ride = replace(USUAL, sport=CYCLING, start=USUAL.start + timedelta(days=4))
    return {
        "activities.csv": listed.encode(),
        "activities/11.fit.gz": gzip.compress(write_fit(USUAL)),
        "activities/12.gpx.gz": gzip.compress(GPX),
        "activities/13.tcx.gz": gzip.compress(TCX),
        "activities/15.fit.gz": gzip.compress(write_fit(ride)),
        "media/1.jpg": b"\xff\xd8",
        "bikes.csv": b"Bike Name\nRoad\n",
    }


def zipped(path: Path, content: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, told in content.items():
            packed.writestr(name, told)
    return path


def unpacked(folder: Path, content: Mapping[str, bytes]) -> Path:
    for name, told in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(told)
    return folder


def imported(data: Path, path: Path) -> tuple[list[Run], Tally]:
    with open_library(Folders(data, data)) as library:
        shelf = RunShelf(library.diary, "Ada")
        tally = import_paths(shelf, CLOCK, [path], lambda _done, _total, _where: None)
        return [entry.said for entry in shelf.runs()], tally


def test_stravas_export_gives_the_same_runs_packed_and_unpacked(tmp_path: Path) -> None:
    runs, tally = imported(tmp_path / "a", zipped(tmp_path / "export.zip", strava()))
    others, second = imported(tmp_path / "b", unpacked(tmp_path / "export", strava()))
    assert runs == others
    assert [run.source for run in runs] == [
        RunSource.FIT, RunSource.GPX, RunSource.TCX, RunSource.STRAVA,
    ]  # fmt: skip
    assert [run.shoe for run in runs] == ["Blue", "Red", "", "Blue"]
    assert [run.km for run in runs] == pytest.approx([0.18, 1.8, 1.8, 3.6], abs=0.01)
    assert runs[3].duration_s == 1200
    assert (tally.new, tally.not_runs) == (second.new, second.not_runs) == (4, 2)
    assert (tally.refused, tally.others) == ([], 2)


def test_a_list_in_another_language_still_gives_the_shoes(tmp_path: Path) -> None:
    runs, tally = imported(tmp_path / "a", unpacked(tmp_path / "export", strava(GERMAN)))
    assert [(run.source, run.shoe) for run in runs] == [
        (RunSource.FIT, "Blau"), (RunSource.TCX, ""),
    ]  # fmt: skip
    assert any("1 activity without a file is passed over" in why for _, why in tally.refused)


def test_apples_export_is_read_packed_and_unpacked_without_its_routes(tmp_path: Path) -> None:
    content = {
        "apple_health_export/export.xml": apple(),
        "apple_health_export/export_cda.xml": b"<ClinicalDocument><x/></ClinicalDocument>",
        "apple_health_export/workout-routes/r.gpx": GPX,
    }
    runs, tally = imported(tmp_path / "a", zipped(tmp_path / "export.zip", content))
    others, _ = imported(tmp_path / "b", unpacked(tmp_path / "export", content))
    assert runs == others
    assert [run.source for run in runs] == [RunSource.APPLE] * 2
    assert (runs[0].km, runs[0].gct_ms, runs[0].step_m, runs[0].spm) == (1.8, 250, 1.08, 166)
    assert (tally.refused, tally.others, tally.not_runs) == ([], 1, 2)


def test_an_export_of_megabytes_is_read_within_a_few(tmp_path: Path) -> None:
    told = apple(records=20_000)
    path = zipped(tmp_path / "export.zip", {"export.xml": told})
    assert len(told) > 3_000_000
    tracemalloc.start()
    try:
        runs, _ = imported(tmp_path / "a", path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(runs) == 2
    assert peak < 3_000_000


def test_an_export_that_is_cut_off_keeps_what_came_before_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(apple()[:-900])
    runs, tally = imported(tmp_path / "a", path)
    assert len(runs) == 1
    assert "cut off or damaged" in tally.refused[0][1]


def test_an_export_that_is_damaged_within_its_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        more = RECORD.encode() * 5000 + b"</HealthData>"
        packed.writestr("export.xml", apple().replace(b"</HealthData>", more))
    # One figure is another, far beyond what is looked at to tell the kind: only the sum shows it.
    told = path.read_bytes()
    path.write_bytes(told[:500_000] + told[500_000:].replace(b'value="61"', b'value="62"', 1))
    runs, tally = imported(tmp_path / "a", path)
    assert len(runs) == 2, "what came before it is kept"
    assert "the zip is damaged" in tally.refused[0][1]


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><HealthData>&b;</HealthData>',
         "refused (EntitiesForbidden)"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><HealthData></HealthData>', ""),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><HealthData>&a;</HealthData>',
         "refused (EntitiesForbidden)"),
        (b"<HealthData><Workout>" + b"<a>" * 400_000, "more than 1 MB"),
        (b"<HealthData>" + b" " * 2_000_000 + b"</HealthData>", "more than 1 MB"),
    ],
)  # fmt: skip
def test_xml_that_would_grow_or_reach_out_is_refused(
    tmp_path: Path, inner: bytes, why: str
) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(inner)
    runs, tally = imported(tmp_path / "a", path)
    assert runs == []
    assert [why in said for _, said in tally.refused] == [True] * bool(why)


@pytest.mark.parametrize(
    ("name", "inner", "why"),
    [
        ("../../up.fit", write_fit(), "leads out of the zip"),
        ("/etc/up.fit", write_fit(), "leads out of the zip"),
        ("..\\up.fit", write_fit(), "leads out of the zip"),
        ("inner.zip", b"PK\x05\x06" + bytes(18), "a zip within a zip"),
        ("bomb.gpx", b"<gpx>" + bytes(65 << 20), "times as large"),
        ("bomb.xml", b"<HealthData>" + b" " * (65 << 20), "times as large"),
        ("bomb.fit.gz", gzip.compress(bytes(65 << 20)), "more than 64 MB"),
    ],
)
def test_archives_that_are_up_to_no_good_are_refused_by_name(
    tmp_path: Path, name: str, inner: bytes, why: str
) -> None:
    good = write_fit(replace(USUAL, start=USUAL.start + timedelta(days=1)))
    path = zipped(tmp_path / "a.zip", {name: inner, "good.fit": good})
    runs, tally = imported(tmp_path / "a", path)
    assert len(runs) == 1, "the rest of the zip is read"
    [(where, said)] = tally.refused
    assert where == f"{path}/{name}"
    assert why in said
    assert not list(tmp_path.rglob("up.fit"))


def test_a_zip_of_damaged_bytes_a_locked_one_and_one_of_nothing_are_told(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", {"a.fit": write_fit()}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none.zip").write_bytes(b"")
    flagged = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        flagged[whole.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    (tmp_path / "locked.zip").write_bytes(flagged)
    (tmp_path / "whole.zip").unlink()
    runs, tally = imported(tmp_path / "a", tmp_path)
    assert runs == []
    assert len(tally.refused) == 3
    assert all("the zip is damaged or locked" in why for _, why in tally.refused)


def test_a_folder_of_many_zips_holds_one_of_them_open(tmp_path: Path) -> None:
    for day in range(30):
        start = USUAL.start + timedelta(days=day)
        zipped(tmp_path / f"{day:02}.zip", {"a.fit": write_fit(replace(USUAL, start=start))})
    with Collection() as collection:
        collection.add(tmp_path)
        before = len(list(Path("/proc/self/fd").iterdir()))
        heads = [item.head() for item in collection.items]
        assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert len(heads) == 30


def test_what_a_zip_calls_its_files_cannot_move_the_cursor(tmp_path: Path) -> None:
    _, tally = imported(tmp_path / "a", zipped(tmp_path / "a.zip", {"\x1b[2J.fit": b"nothing"}))
    assert all(line.isprintable() for line in tally_lines(tally))
    table = b"start,duration_s,km,shoe\n2026-05-04T05:00:00Z,600,1.8,\x1b[31mRed\n"
    (tmp_path / "t.csv").write_bytes(table)
    runs, _ = imported(tmp_path / "a", tmp_path / "t.csv")
    assert runs[0].shoe == "[31mRed"
