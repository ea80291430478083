"""What the sets of a session are done with: device and surface laid into a circuit."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.devicekinds import shipped_catalogue
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Notebook
from trainer.app.plainsets import PlainSession, plain_logs
from trainer.app.programmes import load_programme
from trainer.app.sessiondevice import Chosen, check_due, choose_device, lay_into, untargeted
from trainer.app.shelf import shipped_exercises
from trainer.coach.programme import Circuit, Step
from trainer.coach.results import SessionResult, SetResult
from trainer.core.clock import ManualClock
from trainer.core.cues import Side, StopReason
from trainer.core.diary.devices import (
    Device,
    DeviceStanding,
    DeviceUse,
    SafetyCheck,
    Standing,
)
from trainer.core.diary.training import Block, EndedBy, SessionKind, SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.core.settings import DeviceSettings
from trainer.library.library import open_library

DRILLS = load_programme().drills
KINDS = shipped_catalogue()
CURLS = Step("toe_curl", reps=8, target_pct_mvc=30)
SPREAD = Step("toe_spread", reps=8, device="band")
SQUEEZE = Step("arch_squeeze", duration_s=15, device="inflation_dome")
STAND = Step("single_leg_balance", duration_s=30)
GENTLE = Step("gentle_press", reps=8, block=Block.WARM_UP)


def test_catalogue_and_programme_agree_on_what_each_kind_is_for() -> None:
    for kind in KINDS.values():
        assert set(kind.serves) <= DRILLS.keys(), kind.kind_id
        asked = {drill.id for drill in DRILLS.values() if kind.kind_id in drill.devices}
        assert asked <= set(kind.serves), kind.kind_id


def circuit(*steps: Step, kind: SessionKind = SessionKind.TRAINING) -> Circuit:
    return Circuit("mixed", "Mixed", kind, steps)


def chosen(kind_id: str, *, is_ordered: bool = True, surface: str = "") -> Chosen:
    return Chosen("mine", KINDS[kind_id], surface, is_ordered)


def devices(found: Circuit) -> list[str]:
    return [step.device for step in found.steps]


def test_a_support_is_worn_in_every_set_of_the_work_without_a_device() -> None:
    found = lay_into(circuit(GENTLE, CURLS, SPREAD), DRILLS, chosen("metatarsal_pad"))
    assert devices(found) == ["", "metatarsal_pad", "band"]


def test_a_device_that_is_tried_out_is_used_in_every_set_of_it() -> None:
    found = lay_into(circuit(CURLS, kind=SessionKind.TRY_OUT), DRILLS, chosen("spreader"))
    assert devices(found) == ["spreader"]


def test_any_other_device_is_used_where_its_kind_is_asked_for_or_may_take_its_place() -> None:
    found = lay_into(circuit(CURLS, SPREAD, SQUEEZE), DRILLS, chosen("arch_dome"))
    assert devices(found) == ["", "band", "arch_dome"]


def test_an_ordered_device_that_no_exercise_uses_is_refused_and_one_in_use_left_out() -> None:
    with pytest.raises(UsageError, match=r"--device mine: .*wedge; its devices: band.*try_out"):
        lay_into(circuit(CURLS, SPREAD), DRILLS, chosen("wedge"))
    noted = chosen("wedge", is_ordered=False)
    assert devices(lay_into(circuit(CURLS, SPREAD), DRILLS, noted)) == ["", "band"]


def test_a_session_that_goes_on_keeps_its_device(tmp_path: Path) -> None:
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        book = Notebook(library, "Ada", ManualClock(datetime(2026, 1, 5, tzinfo=UTC)))
        for name in ("red", "blue"):
            book.note(Device(name, "band"), key=name)
        book.note(DeviceUse("blue"))
        done = SetLog("s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60, device="red")
        book.note(done, key="s/1")
        shelf = DeviceShelf(book, DeviceSettings())
        assert choose_device(shelf, None, "s").device_id == "red"
        assert choose_device(shelf, None, "other").device_id == "blue"
        assert choose_device(shelf, "none", "s").device_id == ""
        book.note(DeviceStanding("red", Standing.BLOCKED, "torn"))
        assert choose_device(shelf, None, "s").device_id == ""


def test_the_surface_is_that_of_balance_alone() -> None:
    found = lay_into(circuit(CURLS, STAND, GENTLE), DRILLS, Chosen(surface="grass"))
    assert [step.surface for step in found.steps] == ["", "grass", ""]


def test_without_a_known_maximum_a_try_out_has_no_target_and_training_keeps_its_own() -> None:
    tried = untargeted(circuit(CURLS, kind=SessionKind.TRY_OUT))
    assert [step.target_pct_mvc for step in tried.steps] == [None]
    assert untargeted(circuit(CURLS)) == circuit(CURLS)


@pytest.mark.parametrize(
    ("end_s", "stop", "ended_by"),
    [
        (60.0, None, EndedBy.ENDED),
        (None, StopReason.PAIN, EndedBy.PAIN),
        (None, StopReason.BUTTON, EndedBy.PAIN),
        (None, StopReason.STALE, EndedBy.CUT_OFF),
    ],
)
def test_a_plain_set_says_what_ended_it(
    end_s: float | None, stop: StopReason | None, ended_by: EndedBy
) -> None:
    done = SetResult(1, Side.RIGHT, 20, 30.0, end_s, ())
    result = SessionResult("toe_curl", "Ada", (done,), (), True, False, stop)
    session = PlainSession("s", shipped_exercises()["toe_curl"], "red", is_simulated=True)
    [log] = plain_logs(session, result)
    assert (log.ended_by, log.side, log.device) == (ended_by, Side.RIGHT, "red")
    assert log.duration_s == (30.0 if end_s else 0.0)


def test_a_device_that_was_never_looked_over_or_long_ago_is_told_in_one_line(
    tmp_path: Path,
) -> None:
    clock = ManualClock(datetime(2026, 5, 4, 8, tzinfo=UTC))
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        book = Notebook(library, "Ada", clock)
        book.note(Device("loop", "band"), key="loop")
        shelf = DeviceShelf(book, DeviceSettings())
        told = check_due(shelf, "loop")
        assert "footspring device check loop" in told
        assert "never checked" in told
        book.note(SafetyCheck("loop", True, None, True), key="half")
        assert "footspring device check loop" in check_due(shelf, "loop")
        book.note(SafetyCheck("loop", True, True, True), key="whole")
        assert check_due(shelf, "loop") == ""
        clock.move(86_400.0 * (shelf.limits.check_days + 1))
        assert "last checked on 2026-05-04" in check_due(shelf, "loop")
