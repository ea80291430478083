"""The small print says what is known and nothing else."""

from dataclasses import replace

import pytest

from tests.unit.dashboard.scenes import BASE, IN_WORK, ON_RADIO, SNAPSHOTS
from trainer.core.link import Health, Vitals
from trainer.core.snapshot import LinkState, Snapshot
from trainer.core.watchdog import Alarm
from trainer.dashboard.words import (
    badge_words,
    link_words,
    saving_words,
    stop_words,
    target_words,
)


def test_the_link_line_counts_everything() -> None:
    link = LinkState(rate_hz=87.74, lost_samples=12, rejected_samples=3, gaps=1)
    assert link_words(link) == "link   87.7 Hz   12 lost   3 rejected   1 gap"


def test_a_stale_link_says_no_data_and_an_unmeasured_rate_is_not_invented() -> None:
    words = link_words(LinkState(is_stale=True))
    assert words == "NO DATA   rate unknown   0 lost   0 rejected   0 gaps"


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (IN_WORK, "max 62 N   target 22-28 N, 40 %"),
        (SNAPSHOTS["work_estimated"], "target 22-28 N, estimated"),
        (SNAPSHOTS["ready"], "no target yet"),
        (replace(SNAPSHOTS["ready"], mvc_n=62.0), "max 62 N   no target yet"),
        (replace(IN_WORK, mvc_n=None), "target 22-28 N"),
    ],
)
def test_a_share_of_the_maximum_is_shown_only_where_one_was_measured(
    snapshot: Snapshot, words: str
) -> None:
    assert target_words(snapshot) == words


def test_the_badge_says_where_the_samples_come_from() -> None:
    assert badge_words(IN_WORK) == "SIMULATED"
    assert badge_words(SNAPSHOTS["follow"]) == "REPLAY"
    assert badge_words(replace(IN_WORK, is_simulated=False)) == ""


def test_a_stop_says_why_and_what_to_do() -> None:
    words = stop_words(SNAPSHOTS["stopped"], Alarm.NONE)
    assert words.startswith("Stopped: pain. Take the foot off the pad")
    assert stop_words(replace(SNAPSHOTS["stopped"], stop_reason="", message=""), Alarm.NONE) == (
        "Stopped."
    )


def test_a_stop_that_nobody_answered_says_so() -> None:
    assert "does not answer" in stop_words(IN_WORK, Alarm.UNANSWERED)
    assert "does not answer" not in stop_words(IN_WORK, Alarm.STOPPING)
    assert saving_words(Alarm.UNANSWERED, is_finished=False) == ""


def test_the_end_says_what_the_coach_said_and_how_far_the_files_are() -> None:
    assert stop_words(SNAPSHOTS["done"], Alarm.NONE) == "Done."
    assert saving_words(Alarm.NONE, is_finished=False) == "Saving."
    assert "report is being written" in saving_words(Alarm.NONE, is_finished=True)
    assert badge_words(replace(BASE, is_simulated=False)) == ""


def test_a_packet_is_called_late_once_a_person_could_notice() -> None:
    assert "late" not in link_words(LinkState(rate_hz=92.9, late_s=0.09))
    assert link_words(LinkState(rate_hz=92.9, late_s=0.25)).endswith("250 ms late")


def test_battery_signal_and_troubles_of_a_device_are_told_and_zeros_left_out() -> None:
    link = SNAPSHOTS["weak_signal"].link
    words = " ".join(link_words(link).replace("\N{FIGURE SPACE}", " ").split())
    assert words == ("8.1 Hz 7 % -91 dBm weak 34 lost 2 reconnects 48 bad bytes 250 ms late")
    assert link_words(SNAPSHOTS["reconnecting"].link) == (
        "NO DATA   94.9 Hz   3.92 V   -67 dBm strong   12 lost   1 gap"
    )


def test_a_late_packet_and_a_slow_rate_move_nothing_on_the_line_of_a_device() -> None:
    late = link_words(SNAPSHOTS["radio_late"].link)
    prompt = link_words(ON_RADIO.link)
    slow = link_words(replace(ON_RADIO.link, rate_hz=8.0))
    assert len(prompt) == len(late) == len(slow)
    assert late.startswith(prompt.rstrip("\N{FIGURE SPACE}"))
    assert slow.index("3.92 V") == prompt.index("3.92 V")


def test_a_low_battery_stands_where_the_badge_of_a_simulated_pad_does() -> None:
    assert badge_words(SNAPSHOTS["low_battery"]) == "BATTERY LOW"
    low = LinkState(vitals=Vitals(Health(is_battery_low=True)))
    assert badge_words(replace(IN_WORK, link=low)) == "SIMULATED"
