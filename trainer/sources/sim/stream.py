"""Frame after frame of the simulated pad: forces, converter, faults and the node's counters."""

import numpy as np

from calibration import Calibration
from trainer.core.arrays import CountArray
from trainer.core.cues import Cue
from trainer.core.packets import CountsPacket, Status, Stream
from trainer.sources.sim.background import Background
from trainer.sources.sim.beat import Beat
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.faults import Faults
from trainer.sources.sim.fidgets import Fidgets
from trainer.sources.sim.foot import Foot
from trainer.sources.sim.hand import Hand
from trainer.sources.sim.imu import ImuStream
from trainer.sources.sim.pad import FULL_SCALE, LOWEST, REACH, STEPS, Pad, converter_steps
from trainer.sources.sim.stance import ONE_LEG, Stance
from trainer.sources.sim.truth import Truth


class SimStream:
    """Makes frames one by one; depends on the config and on what was heard after which frame."""

    def __init__(self, config: SimConfig, hand: Hand | None = None) -> None:
        seeds = np.random.SeedSequence(config.seed).spawn(7)
        foot, stance, fidgets, tones, noise, faults, node = map(np.random.default_rng, seeds)
        self._config = config
        self._hand = hand
        self._beat = Beat(config.rate_hz, config.rate_drift)
        self._pad = Pad(config.pad)
        self._background = Background(config, self._beat, tones, noise)
        self._stance = Stance(config.foot, config.unrest, stance)
        self._fidgets = Fidgets(
            (config.unrest.fidgets_per_min, config.faults.overload_per_min),
            config.unrest.fidget_n,
            self._pad.range_n,
            fidgets,
        )
        self._foot = Foot(config, self._stance, self._fidgets, foot)
        self._faults = Faults(config.faults, config.rate_hz / config.frame_samples, faults)
        self._node = node
        self._frame = 0
        self._first = 0
        self._missed, self._count = self._faults.plan(0, config.frame_samples)
        self._dropped = 0
        self._imu = ImuStream(config, config.imu) if config.imu else None

    @property
    def calibration(self) -> Calibration:
        """Return the pad's own calibration."""
        return self._pad.calibration

    @property
    def truth(self) -> Truth:
        """Return what really happened up to the last delivered sample."""
        now_s = self.delivered_s
        presses = self._foot.presses(self._background.wander, now_s)
        unasked = sorted((*self._stance.log, *self._fidgets.log), key=lambda d: d.start_s)
        return Truth(
            presses=presses,
            sets=self._foot.sets(presses),
            disturbances=tuple(d for d in unasked if d.start_s <= now_s),
            faults=self._faults.counts,
        )

    @property
    def delivered_s(self) -> float:
        """Return the stream time at which the last frame was ready: all before it is settled."""
        return self._beat.ready_s(self._first - 1)

    @property
    def due_s(self) -> float:
        """Return the stream time at which the next frame is ready."""
        return self._beat.ready_s(self._first + self._missed + self._count - 1)

    def hear(self, cue: Cue) -> None:
        """Let the foot take notice; it acts after what was delivered."""
        self._foot.hear(cue, self.delivered_s)

    def next_frame(self) -> tuple[CountsPacket, int] | None:
        """Return the next frame and how often it arrives; None where the node drops it."""
        frame, missed, count = self._frame, self._missed, self._count
        first = self._first + missed
        counts, saturated = self._convert(first, count)
        self._frame, self._first = frame + 1, first + count
        self._foot.settle(self._background.wander, self.delivered_s)
        tick_us = self._tick_us(first)
        is_lost = self._faults.is_lost(frame)
        if is_lost:
            self._dropped += 1
        else:
            self._faults.spoil(counts, first)
            self._faults.deliver(first, count, saturated)
        self._missed, self._count = self._faults.plan(self._frame, self._config.frame_samples)
        if is_lost:
            return None
        packet = CountsPacket(
            stream=Stream.FORCE,
            seq=(self._config.start_seq + frame) % 2**16,
            tick_us=tick_us,
            period_us16=round(16e6 * self._beat.period_s(first)),
            dropped_total=self._dropped % 2**16,
            status=_status(counts, is_behind=missed > 0, has_dropped=self._faults.has_just_lost),
            counts=counts,
            arrival_s=0.0,
        )
        return packet, 2 if self._faults.is_doubled(frame) else 1

    def imu_frames(self) -> list[CountsPacket]:
        """Return the frames of the inertial sensor that are ready with the last frame of force."""
        if self._imu is None:
            return []
        return self._imu.frames_until(self.delivered_s, self._foot.recent(), self._stance.alone)

    def _convert(self, first: int, count: int) -> tuple[CountArray, int]:
        steps, weights = converter_steps(count)
        steps_s = self._beat.at(first + steps)
        time_s = steps_s[REACH : len(steps_s) - REACH : STEPS]
        run = self._background.take(first, count)
        rest_n, presence = self._stance.rest(time_s)
        unsteadier = 1.0 + (ONE_LEG - 1.0) * np.reshape(self._stance.alone(time_s), (-1, 1))
        load_n = rest_n + run.sway_n * np.reshape(presence, (-1, 1)) * unsteadier
        for press in self._foot.active(float(steps_s[0]), float(steps_s[-1])):
            unsteady = press.shape.wander_cv * run.wander + press.shape.tremor_ratio * run.tremor
            toe_n = (weights @ press.force(steps_s)) * (1.0 + unsteady)
            load_n += np.multiply.outer(toe_n, press.cells_per_n)
        bumps_n = self._fidgets.force(steps_s)
        if bumps_n is not None:
            load_n += weights @ bumps_n
        if self._hand is not None:
            load_n += weights @ self._hand.force(steps_s)
        # A cell is pressed or it is free; nothing pulls at it.
        load_n = np.maximum(load_n, 0.0) + run.added_n
        elapsed_s = count * self._beat.period_s(first)
        return self._pad.convert(load_n, run.noise_counts, elapsed_s)

    def _tick_us(self, first: int) -> int:
        late_us = self._config.tick_jitter_us * float(self._node.standard_exponential())
        since_us = 1e6 * self._beat.ready_s(first) + late_us
        return (self._config.start_tick_us + round(since_us)) % 2**32


def _status(counts: CountArray, *, is_behind: bool, has_dropped: bool) -> Status:
    status = Status.OK
    # The node compares codes: a glitch that reads full scale looks saturated to it.
    if counts.max() >= FULL_SCALE or counts.min() <= LOWEST:
        status |= Status.SATURATED
    if is_behind:
        status |= Status.NOT_READY
    if has_dropped:
        status |= Status.QUEUE_OVERFLOW
    return status
