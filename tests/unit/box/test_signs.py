"""What light and buzzer say."""

from dataclasses import replace

import pytest

from trainer.box.signs import Light, Tone, is_lit, is_sounding, light_of
from trainer.core.snapshot import PAUSES, LinkState, Phase, Snapshot
from trainer.core.watchdog import Alarm

WORK = Snapshot(phase=Phase.WORK, target_low_n=18.0, target_high_n=22.0)
PRESS = replace(WORK, is_press_asked=True)
HOLD = replace(PRESS, hold_s=0.5, force_n=20.0)


@pytest.mark.parametrize(
    ("snapshot", "light"),
    [
        (Snapshot(phase=Phase.READY), Light.READY),
        (Snapshot(phase=Phase.TARE), Light.DARK),
        (Snapshot(phase=Phase.COUNTDOWN), Light.DARK),
        (PRESS, Light.PRESS),
        (HOLD, Light.HOLD),
        (WORK, Light.DARK),
        (replace(HOLD, link=LinkState(is_stale=True)), Light.DARK),
        (Snapshot(phase=Phase.MVC_PRESS), Light.PRESS),
        (Snapshot(phase=Phase.MVC_PRESS, hold_s=1.0), Light.HOLD),
        (Snapshot(phase=Phase.REST), Light.REST),
        (Snapshot(phase=Phase.DONE), Light.DARK),
        (Snapshot(phase=Phase.STOPPED), Light.STOPPED),
        (Snapshot(phase=Phase.STOPPED, is_pain_asked=True), Light.ASKED),
    ],
)
def test_the_light_says_where_the_session_is(snapshot: Snapshot, light: Light) -> None:
    assert light_of(snapshot, Alarm.NONE) is light


@pytest.mark.parametrize("phase", Phase)
def test_the_light_is_the_same_only_where_the_button_means_the_same(phase: Phase) -> None:
    light = light_of(Snapshot(phase=phase), Alarm.NONE)
    assert (light in {Light.READY, Light.REST}) is (phase in PAUSES)


def test_a_stop_without_an_answer_and_silence_go_before_the_session() -> None:
    assert light_of(HOLD, Alarm.STOPPING) is Light.STOPPED
    assert light_of(HOLD, Alarm.UNANSWERED) is Light.STOPPED
    assert light_of(HOLD, Alarm.SILENT) is Light.FAULT
    assert light_of(HOLD, Alarm.NONE, is_stuck=True) is Light.FAULT


def test_the_beats_repeat() -> None:
    seen = [is_lit(Light.REST, 0.05 + 0.1 * step) for step in range(41)]
    assert [step for step, is_on in enumerate(seen) if is_on] == [0, 20, 40]
    assert all(is_lit(Light.HOLD, 0.1 * step) for step in range(50))
    assert not any(is_lit(Light.DARK, 0.1 * step) for step in range(50))


@pytest.mark.parametrize("light", [light for light in Light if light is not Light.FAULT])
def test_no_light_flashes_more_than_three_times_a_second(light: Light) -> None:
    seen = [is_lit(light, step / 1000) for step in range(10_000)]
    rises = [step for step in range(1, 10_000) if seen[step] and not seen[step - 1]]
    for start in rises:
        assert sum(start <= rise < start + 1000 for rise in rises) <= 3


def test_a_tone_is_over_by_itself() -> None:
    for tone in Tone:
        assert is_sounding(tone, 0.0)
        assert not is_sounding(tone, sum(tone.value) + 0.001)
