"""The words of the terminal."""

from dataclasses import replace

import pytest

from tests.unit.terminal.fakeengine import WORK
from trainer.core.cues import Side
from trainer.core.link import NO_VITALS, Health, Vitals
from trainer.core.snapshot import LinkState, Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.terminal import words

LOW = LinkState(rate_hz=94.9, vitals=Vitals(Health(battery_v=3.4, is_battery_low=True), -67))


def test_the_foot_stands_in_words() -> None:
    assert words.foot_words(WORK) == "LEFT FOOT"
    assert words.foot_words(replace(WORK, side=Side.RIGHT)) == "RIGHT FOOT"


def test_simulated_goes_before_replay_and_a_real_foot_has_no_badge() -> None:
    follow = replace(WORK, phase=Phase.FOLLOW)
    assert words.badge_words(follow) == "SIMULATED"
    assert words.badge_words(replace(follow, is_simulated=False)) == "REPLAY"
    assert words.badge_words(replace(WORK, is_simulated=False)) == ""


@pytest.mark.parametrize(
    ("alarm", "cue", "part"),
    [
        (Alarm.NONE, "HOLD", "Hold it there."),
        (Alarm.SILENT, "NO ANSWER", "does not answer"),
        (Alarm.STOPPING, "STOPPED", "foot off"),
        (Alarm.UNANSWERED, "STOPPED", "does not answer"),
    ],
)
def test_an_alarm_speaks_instead_of_the_coach(alarm: Alarm, cue: str, part: str) -> None:
    assert words.cue_words(WORK, alarm) == cue
    assert part in words.message_words(WORK, alarm)


def test_a_stop_says_why() -> None:
    stopped = replace(WORK, phase=Phase.STOPPED, stop_reason="pain", message="Rest.")
    assert words.message_words(stopped, Alarm.NONE) == "Stopped: pain. Rest."


def test_the_link_says_no_data_when_they_are_stale() -> None:
    link = LinkState(rate_hz=None, is_stale=True, gaps=2)
    assert words.link_words(link) == "NO DATA rate unknown, 0 lost, 0 rejected, 2 gaps"
    assert words.link_words(WORK.link) == "link 87.7 Hz, 3 lost, 1 rejected, 1 gap"


def test_an_estimated_target_is_called_so_and_none_is_said_before_one_is_known() -> None:
    assert words.target_words(WORK) == "target 18.0 to 22.0 N"
    assert words.target_words(replace(WORK, is_target_estimated=True)).endswith(", estimated")
    assert words.target_words(Snapshot()) == ""


@pytest.mark.parametrize(
    ("snapshot", "text"),
    [
        (WORK, "rep 7 of 20   set 1 of 3"),
        (replace(WORK, mvc_trials=3, mvc_trial=2), "max press 2 of 3"),
        (replace(WORK, set_number=0), "3 sets of 20"),
        (replace(WORK, set_number=0, sets=1), "1 set of 20"),
        (replace(WORK, sets=0, reps=0), "rep 7   set 1"),
    ],
)
def test_reps_and_sets_are_counted_in_words(snapshot: Snapshot, text: str) -> None:
    assert words.count_words(snapshot) == text


@pytest.mark.parametrize(
    ("snapshot", "text"),
    [
        (WORK, "hold 1.2 of 1.5 s"),
        (replace(WORK, hold_goal_s=0), "hold 1.2 s"),
        (replace(WORK, hold_s=0), ""),
        (replace(WORK, hold_s=0, phase=Phase.REST, left_s=44.7), "rest 45 s"),
        (replace(WORK, hold_s=0, left_s=2), "2 s"),
    ],
)
def test_the_time_that_matters_is_shown(snapshot: Snapshot, text: str) -> None:
    assert words.clock_words(snapshot) == text


def test_a_packet_is_called_late_once_a_person_could_notice() -> None:
    assert "late" not in words.link_words(LinkState(rate_hz=92.9, late_s=0.09))
    assert words.link_words(LinkState(rate_hz=92.9, late_s=0.25)).endswith(", 250 ms late")


def test_battery_signal_and_troubles_of_a_device_are_told() -> None:
    vitals = Vitals(Health(battery_v=3.92), signal_dbm=-79, reconnects=2, bad_bytes=1)
    told = "battery 3.92 V, -79 dBm fair, 2 reconnects, 1 bad byte"
    assert words.device_words(vitals) == told
    assert words.device_words(Vitals(signal_dbm=-90)) == "-90 dBm weak"
    assert words.device_words(Vitals(Health(is_battery_low=True))) == "battery LOW"
    assert words.device_words(NO_VITALS) == ""


def test_a_low_battery_stands_where_the_badge_of_a_simulated_pad_does() -> None:
    assert words.badge_words(replace(WORK, link=LOW)) == "SIMULATED"
    assert words.badge_words(replace(WORK, link=LOW, is_simulated=False)) == "BATTERY LOW"
