"""The picture as a page of text."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.unit.terminal.fakeengine import WORK
from trainer.core.cues import Side
from trainer.core.link import Health, Vitals
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.terminal.picture import Frame, draw


def page(snapshot: Snapshot, width: int = 60, height: int = 16, alarm: Alarm = Alarm.NONE) -> str:
    return draw(snapshot, alarm, 40.0, Frame(width, height)).plain


def test_everything_a_person_needs_is_on_the_smallest_screen() -> None:
    shown = page(WORK)
    for part in (
        "Toe curl", "Anna", "LEFT FOOT", "SIMULATED", "20.0 N", "IN TARGET", "rep 7 of 20",
        "set 1 of 3", "hold 1.2 of 1.5 s", "max 50 N", "target 18.0 to 22.0 N", "Hold it there.",
        "link 87.7 Hz", "PAIN STOP", "space next", "q end",
    ):  # fmt: skip
        assert part in shown
    assert shown.count("█") > 50


SNAPSHOTS = st.builds(
    lambda athlete, message, cue, phase: replace(
        WORK, athlete=athlete, message=message, cue=cue, phase=phase
    ),
    st.text(max_size=50),
    st.text(max_size=120),
    st.text(max_size=12),
    st.sampled_from(list(Phase)),
)


@settings(max_examples=40)
@given(SNAPSHOTS, st.sampled_from(list(Alarm)), st.integers(1, 140), st.integers(1, 50))
def test_no_page_is_larger_than_its_terminal(
    snapshot: Snapshot, alarm: Alarm, width: int, height: int
) -> None:
    rows = draw(snapshot, alarm, 40.0, Frame(width, height)).plain.split("\n")
    assert len(rows) <= height
    if width >= 60 and height >= 16:
        assert max(cell_len(row) for row in rows) <= width


def test_a_real_foot_has_no_badge_and_no_maximum_before_it_is_known() -> None:
    shown = page(replace(WORK, is_simulated=False, mvc_n=None))
    assert shown.split("\n")[0].endswith("  LEFT FOOT")
    assert "max 50" not in shown


def test_a_name_cannot_push_the_foot_off_the_screen() -> None:
    shown = page(replace(WORK, athlete="Wolfeschlegelsteinhausenbergerdorff" * 3))
    assert shown.split("\n")[0].endswith("LEFT FOOT  SIMULATED")


def test_what_a_person_typed_cannot_steer_the_terminal() -> None:
    evil = "\x1b[2J\n\x07\u202e"
    shown = page(replace(WORK, athlete=evil, message=evil, cue=evil))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert len(shown.split("\n")) == 16


def test_a_message_that_is_too_long_ends_in_dots_and_leaves_the_keys_alone() -> None:
    shown = page(replace(WORK, message="word " * 200))
    assert " ..." in shown
    assert "PAIN STOP" in shown
    assert len(shown.split("\n")) == 16


def test_a_pain_stop_without_an_answer_shows_stopped_instead_of_the_cue() -> None:
    shown = page(WORK, alarm=Alarm.UNANSWERED)
    stopped = page(replace(WORK, cue="STOPPED"))
    assert shown.split("\n")[1:6] == stopped.split("\n")[1:6]
    assert "does not answer" in shown


def test_when_it_is_over_no_keys_are_offered() -> None:
    assert "space next" not in page(replace(WORK, phase=Phase.DONE))


def test_a_terminal_that_is_too_small_still_shows_cue_foot_and_stop() -> None:
    shown = page(replace(WORK, side=Side.RIGHT), width=40, height=4)
    assert shown.startswith("HOLD  RIGHT FOOT SIMULATED\np STOP")


def test_a_band_at_the_right_end_has_its_figures_on_the_left() -> None:
    snapshot = replace(WORK, target_low_n=36.0, target_high_n=40.0, is_target_estimated=True)
    row = next(r for r in page(snapshot).split("\n") if "target 36.0" in r)
    assert row.startswith("target 36.0 to 40.0 N, estimated")
    assert row.rstrip().endswith("^")


def test_a_terminal_without_blocks_gets_plain_letters() -> None:
    assert draw(WORK, Alarm.NONE, 40.0, Frame(80, 24, is_plain=True)).plain.isascii()


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
def test_the_same_snapshot_gives_the_same_page(size: tuple[int, int]) -> None:
    frame = Frame(*size)
    assert draw(WORK, Alarm.NONE, 40.0, frame) == draw(WORK, Alarm.NONE, 40.0, frame)


def test_the_device_has_a_row_of_its_own_and_a_simulated_pad_has_none() -> None:
    vitals = Vitals(Health(battery_v=3.92), signal_dbm=-67)
    rows = page(replace(WORK, link=replace(WORK.link, vitals=vitals)), 80, 24).split("\n")
    place = next(number for number, row in enumerate(rows) if row.startswith("link"))
    assert rows[place + 1] == "battery 3.92 V, -67 dBm strong"
    assert len(page(WORK, 80, 24).split("\n")) == len(rows)
    assert "dBm" not in page(WORK, 80, 24)
