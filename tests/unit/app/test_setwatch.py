"""What a set shows beside its holds, on the simulated foot that hears the same cues."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import pytest

from trainer.app.pipeline import Pipeline
from trainer.core.cues import (
    BalanceAsked,
    Cue,
    LoadAsked,
    PressAsked,
    RelaxAsked,
    SetStarted,
    Side,
    TapsAsked,
)
from trainer.core.events import (
    Event,
    LoadSeen,
    PulseSeen,
    SqueezeSeen,
    StanceSeen,
    TapSeen,
    TapsMeasured,
)
from trainer.core.packets import IMU_AXES, Stream, StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit
from trainer.sources.sim.config import Habits, SimConfig
from trainer.sources.sim.statics import CHANNELS
from trainer.sources.sim.stream import SimStream

Seen = TypeVar("Seen", bound=Event)
CALM = Habits(early=0.0, late=0.0, weak=0.0, absent=0.0, short=0.0, compensated=0.0)
CONFIG = SimConfig(seed=5, habits=CALM)


def run(
    cues: list[tuple[float, Cue]],
    until_s: float,
    config: SimConfig = CONFIG,
    prepare: Callable[[Pipeline], None] = Pipeline.watch_sets,
) -> list[Event]:
    """Return what is found while foot and pipeline hear cues at their times."""
    stream = SimStream(config)
    motion = StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS) if config.imu else None
    pipeline = Pipeline(
        StreamInfo(Stream.FORCE, CHANNELS, Unit.COUNTS),
        stream.calibration,
        DetectionSettings(),
        motion=motion,
    )
    prepare(pipeline)
    found: list[Event] = []
    waiting = list(cues)
    while stream.delivered_s < until_s:
        made = stream.next_frame()
        packets = [*([made[0]] if made else []), *stream.imu_frames()]
        found += pipeline.push(packets).events
        while waiting and waiting[0][0] <= stream.delivered_s:
            cue = waiting.pop(0)[1]
            stream.hear(cue)
            pipeline.tell(cue)
    return found


def only(kind: type[Seen], found: list[Event]) -> list[Seen]:
    return [event for event in found if isinstance(event, kind)]


def test_a_stance_on_one_leg_is_seen_with_its_wobble_and_sway() -> None:
    seen = only(StanceSeen, run([(5.0, BalanceAsked(5.0, 20.0, Side.LEFT))], 40.0))
    last = seen[-1]
    assert last.stood_s == 20.0
    assert 25.0 < last.at_s < 30.0
    assert last.frontal_rate_dps is not None
    assert last.wobble_dps is not None
    assert 0.5 < last.frontal_rate_dps < 5.0
    assert last.sway_cm_s is not None
    assert last.medial_excursions is not None


def test_a_pad_without_inertial_sensor_sees_the_stance_by_its_load_alone() -> None:
    config = replace(CONFIG, imu=None)
    seen = only(StanceSeen, run([(5.0, BalanceAsked(5.0, 20.0, Side.LEFT))], 40.0, config))
    assert seen[-1].stood_s == 20.0
    assert seen[-1].frontal_rate_dps is None
    assert seen[-1].sway_cm_s is not None


def test_slow_pulses_are_counted_within_one_hold() -> None:
    cues: list[tuple[float, Cue]] = [
        (5.0, SetStarted(5.0, Side.LEFT, 1, 1, 1)),
        (5.0, PressAsked(5.0, 1, 30.0, 15.0, pulse_s=2.5)),
        (20.5, RelaxAsked(20.5)),
    ]
    pulses = only(PulseSeen, run(cues, 23.0))
    assert len(pulses) == 6
    gaps_s = [b.at_s - a.at_s for a, b in pairwise(pulses)]
    assert gaps_s[1:] == pytest.approx([2.5] * 4, abs=0.3)


def test_a_long_hold_is_weighed_as_it_settles_and_a_short_rep_is_not() -> None:
    for hold_s, count in ((10.0, 1), (1.5, 0)):
        cues: list[tuple[float, Cue]] = [
            (5.0, SetStarted(5.0, Side.LEFT, 1, 1, 1)),
            (5.0, PressAsked(5.0, 1, 30.0, hold_s)),
            (5.5 + hold_s, RelaxAsked(5.5 + hold_s)),
        ]
        squeezes = only(SqueezeSeen, run(cues, 20.0))
        assert len(squeezes) == count
        for squeeze in squeezes:
            assert squeeze.in_band_s is not None
            assert 0.0 < squeeze.in_band_s <= 11.0
            assert squeeze.decay_pct is not None


def test_taps_are_summed_up_before_the_set_ends() -> None:
    found = run([(5.0, TapsAsked(5.0, 10.0))], 20.0)
    [measured] = only(TapsMeasured, found)
    assert measured.count == pytest.approx(len(only(TapSeen, found)), abs=2)
    assert measured.at_s == pytest.approx(15.0)
    assert measured.cv_pct is not None
    assert found.index(measured) > found.index(only(TapSeen, found)[-1])


def test_a_replay_watches_no_sets() -> None:
    found = run([(5.0, TapsAsked(5.0, 5.0))], 15.0, prepare=lambda _pipeline: None)
    assert only(TapSeen, found) == []


def test_a_load_is_told_four_times_a_second_and_the_simulated_foot_shifts_its_weight() -> None:
    found = only(LoadSeen, run([(5.0, LoadAsked(5.0, 20.0, 224.0, 336.0))], 30.0))
    assert len(found) == 80
    assert found[-1].load_n == pytest.approx(280.0, rel=0.2)
    assert found[0].load_n == pytest.approx(350.0, rel=0.2)
