"""`footspring calibrate` by its front door: the simulated hand, a kill in the middle, a check."""

import json
import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.route.rig import Home, wait_until
from tests.route.terminals import Terminal
from trainer.app.calibrationshelf import read_record
from trainer.core.clock import ManualClock
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource

QUICK = ("calibrate", "--speed", "max", "--screen", "lines", "--no-creep")


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of a person who has calibrated the simulated pad; read it, change nothing."""
    home = Home(tmp_path_factory.mktemp("calibrated"))
    said = home.say(*QUICK)
    assert said.status == 0, said.err
    return home


def files(home: Home, kind: str) -> list[Path]:
    return sorted(home.folders.calibrations.glob(f"{kind}-*.json"))


def test_the_simulated_pad_is_found_within_what_the_calibration_says_of_itself(
    calibrated: Home,
) -> None:
    [path] = files(calibrated, "calibration")
    found = read_record(path).calibration
    truth = SimSource(SimConfig(), speed=None, clock=ManualClock()).calibration
    assert found.channels == truth.channels
    counts = np.linalg.inv(truth.matrix()) @ np.diag([60.0, 60.0, 60.0, 60.0])
    force_n = found.matrix() @ counts
    for own, cell in enumerate(found.channels):
        limit_n = found.expanded_sum_n(60.0 * np.eye(4)[own], (cell,))
        assert limit_n is not None
        assert limit_n < 0.5
        assert force_n[own, own] == pytest.approx(60.0, abs=limit_n)
        assert force_n[own, own] != 60.0


def test_the_page_of_a_calibration_stands_beside_it_and_nothing_is_left_unfinished(
    calibrated: Home,
) -> None:
    [path] = files(calibrated, "calibration")
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert files(calibrated, "unfinished") == []


def test_a_weight_that_is_what_it_says_passes_and_another_fails(calibrated: Home) -> None:
    passed = calibrated.say("calibrate", "--check", "5", "--speed", "max", "--cells", "toes")
    assert passed.status == 0
    assert "The calibration holds" in passed.out
    table = json.loads(files(calibrated, "check")[-1].read_text(encoding="utf-8"))
    assert table["passed"]
    assert table["cell"] == "toes"


def test_a_calibration_of_another_pad_fails_its_check_and_is_due(home: Home) -> None:
    home.folders.config.mkdir(parents=True)
    home.folders.calibration.write_text(
        'channels = ["hallux", "toes", "ball", "heel"]\nzero_counts = [0, 0, 0, 0]\n'
        "n_per_count = [4.9e-5, 4.9e-5, 1.2e-4, 1.2e-4]\nuncertainty_pct = 0.5\n"
    )
    said = home.say("calibrate", "--check", "5", "--speed", "max")
    assert said.status == 1
    assert "does not hold" in said.out


def test_due_says_why(home: Home, calibrated: Home) -> None:
    never = home.say("calibrate", "--due")
    assert never.status == 1
    assert "never calibrated" in never.out
    assert calibrated.say("calibrate", "--due").status == 0


def test_the_list_has_what_was_made(home: Home, calibrated: Home) -> None:
    assert "no calibrations yet" in home.say("calibrate", "--list").out
    assert "calibration of hallux, toes, ball, heel" in calibrated.say("calibrate", "--list").out


def test_a_killed_calibration_goes_on_where_it_was(home: Home) -> None:
    running = home.start("calibrate", "--speed", "60", "--screen", "lines", "--no-creep")

    def read_at_s() -> list[float]:
        found = files(home, "unfinished")
        if not found:
            return []
        done = json.loads(found[0].read_text(encoding="utf-8"))["progress"]["done"]
        return [one["at_s"] for one in done if isinstance(one, dict)]

    wait_until(lambda: len(read_at_s()) >= 4)
    os.kill(running.pid, signal.SIGKILL)
    with running:
        running.communicate()
    before_s = read_at_s()
    said = home.say(*QUICK, "--resume")
    assert said.status == 0, said.err
    [path] = files(home, "calibration")
    found_s = [reading.at_s for reading in read_record(path).readings]
    assert len(found_s) == 60
    assert found_s[: len(before_s)] == before_s
    assert found_s[len(before_s)] > before_s[-1]
    assert files(home, "unfinished") == []


def test_keys_lead_through_it_and_leaving_keeps_what_was_read(home: Home) -> None:
    with Terminal(home, "calibrate", "--speed", "30", "--no-creep") as terminal:
        wait_until(lambda: "step 1 of 60" in terminal.shown)
        terminal.press(" ")
        wait_until(lambda: "step 2 of 60" in terminal.shown)
        terminal.press("q")
        status, _ = terminal.end()
        assert status == 1
        assert "--resume" in terminal.shown
    assert len(files(home, "unfinished")) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--weights", "1,2"), "3 or more masses"),
        (("--weights", "1,2,500"), "give kilograms"),
        (("--weights", "1,2,5", "--weigh-tolerance", "5kg"), "give grams"),
        (("--resume",), "was left unfinished"),
        (("--cells", "toes"), "no calibration whose other"),
        (("--source", "pins", "--weights", "1,2,5"), "somebody must put weights"),
        (("--check", "5", "--due"), "not allowed with"),
    ],
)
def test_wrong_use_is_told_with_what_to_do(
    home: Home, arguments: tuple[str, ...], told: str
) -> None:
    said = home.say("calibrate", "--speed", "max", *arguments)
    assert said.status == 2
    assert told in said.err


def test_a_session_uses_the_newest_calibration_of_its_pad(calibrated: Home) -> None:
    said = calibrated.say(
        "run", "--speed", "max", "--sets", "1", "--reps", "2", "--skip-mvc", "--screen", "lines"
    )
    assert said.status == 0, said.err
    assert "due for calibration" not in said.err
    [path] = files(calibrated, "calibration")
    label = read_record(path).calibration.label
    assert label in calibrated.reports[-1].read_text(encoding="utf-8")


def test_a_session_on_a_pad_that_is_due_says_so_in_one_sentence(
    calibrated: Home, tmp_path: Path
) -> None:
    shutil.copytree(calibrated.root, tmp_path / "old")
    home = Home(tmp_path / "old")
    [path] = files(home, "calibration")
    old = json.loads(path.read_text(encoding="utf-8")) | {"made_at": "2020-01-01T12:00:00+00:00"}
    path.write_text(json.dumps(old), encoding="utf-8")
    said = home.say(
        "run", "--speed", "max", "--sets", "1", "--reps", "1", "--skip-mvc", "--screen", "lines"
    )
    [told] = [line for line in said.err.splitlines() if "due" in line]
    assert told.startswith("sim is due for calibration (`footspring calibrate`): The calibration")
    assert told.endswith("limit 182 days.")
    assert home.say("calibrate", "--due").status == 1


def test_a_record_can_be_named_where_a_toml_file_can(calibrated: Home, tmp_path: Path) -> None:
    [path] = files(calibrated, "calibration")
    counts = tmp_path / "counts.csv"
    rows = [f"{n / 80:.4f},84210,-31870,152400,-96450" for n in range(400)]
    counts.write_text(
        "\n".join(["t_s,hallux_counts,toes_counts,ball_counts,heel_counts", *rows]), "utf-8"
    )
    said = calibrated.say("analyse", counts, "--calibration", path, "--json")
    assert said.status == 0, said.err
    assert said.found["calibration"]["uncertainty_known"]
    assert said.found["calibration"]["due"] is None


def test_one_cell_is_read_anew_and_the_others_keep_their_readings(
    calibrated: Home, tmp_path: Path
) -> None:
    shutil.copytree(calibrated.root, tmp_path / "again")
    home = Home(tmp_path / "again")
    [first] = [read_record(path) for path in files(home, "calibration")]
    assert home.say(*QUICK, "--cells", "toes", "--seed", "2").status == 0
    records = [read_record(path) for path in files(home, "calibration")]
    [second] = [record for record in records if record != first]
    for cell in first.setup.cells:
        old, new = ([r for r in record.readings if r.place == cell] for record in (first, second))
        assert len(old) == len(new)
        assert (old == new) is (cell != "toes")
