"""Packets to events: the stages in their order, the same live and in review."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration import Calibration, identity
from trainer.app.incoming import Incoming
from trainer.app.motion import Motion
from trainer.app.person import Person
from trainer.app.setwatch import SetWatch
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import Block, ForceBlock
from trainer.core.cues import Cue, MaxPressAsked, PressAsked, SetStarted, Side, TareAsked
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.events import Event, GapFound, HoldSettled, MarginSeen
from trainer.core.hold import Hold
from trainer.core.packets import Packet, StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.core.snapshot import LinkState
from trainer.core.units import NEWTON_PER_UNIT, Unit
from trainer.detect.aims import Aims
from trainer.detect.calfwatch import CalfWatch
from trainer.detect.fatiguewatch import FatigueWatch
from trainer.detect.holds import HoldDetector
from trainer.signal.bank import FilterBank
from trainer.signal.guard import Guard
from trainer.timing.assemble import Assembled, Assembler


@dataclass(frozen=True, slots=True)
class Processed:
    """What a batch of packets led to."""

    blocks: tuple[ForceBlock, ...]
    events: tuple[Event, ...]
    attitude: tuple[AttitudeBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stages:
    guard: Guard
    bank: FilterBank
    detector: HoldDetector
    fatigue: FatigueWatch


class Pipeline:
    """Assemble, guard, calibrate and filter, detect; rates come from the packets themselves."""

    def __init__(
        self,
        info: StreamInfo,
        calibration: Calibration,
        settings: DetectionSettings,
        person: Person | None = None,
        motion: StreamInfo | None = None,
    ) -> None:
        person = person or Person()
        self._calibration = calibration
        self._settings = settings
        self._mvc_n = person.mvc_n
        self._pad = person.pad
        self._incoming = Incoming(info)
        self._motion = None if motion is None else Motion(motion, person.pad.imu, info)
        self._stages: _Stages | None = None
        self._tares_s: list[float] = []
        self._sides: list[tuple[float, Side]] = []
        self._calves: dict[Side | None, CalfWatch] = {}
        self._events: list[Event] = []
        self._run_start_s = 0.0
        self._earlier_s = 0.0
        self._newest_s: float | None = None
        self._sets: SetWatch | None = None
        self.aims = Aims()
        """What was asked for when."""

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the roles of the cells."""
        return self._calibration.channels

    @property
    def assembler(self) -> Assembler:
        """Return the timing stage, for its counts."""
        return self._incoming.assembler

    @property
    def motion(self) -> Motion | None:
        """Return the inertial stream's way; None where there is none."""
        return self._motion

    @property
    def detector(self) -> HoldDetector | None:
        """Return the detector; None before the first block."""
        return self._stages.detector if self._stages else None

    @property
    def duration_s(self) -> float:
        """Return the seconds from the first to the newest stamp; a clock that stepped back adds."""
        if self._newest_s is None:
            return 0.0
        return self._earlier_s + self._newest_s - self._run_start_s

    @property
    def rejected_samples(self) -> int:
        """Return the converter glitches and lone spikes held so far."""
        return self._stages.guard.rejected_samples if self._stages else 0

    def link(self) -> LinkState:
        """Return how well samples arrive."""
        return LinkState(
            rate_hz=self.assembler.rate_hz,
            lost_samples=self.assembler.lost_samples,
            rejected_samples=self.rejected_samples,
            gaps=self.assembler.gaps,
        )

    def holds(self) -> tuple[Hold, ...]:
        """Return the holds, judged by all that was found so far."""
        return self._stages.detector.verdict() if self._stages else ()

    def pitch_change_deg(self, hold: Hold) -> float | None:
        """Return by how much a hold tilted the foot; None where nothing saw it."""
        return self._motion.track.change_deg(hold) if self._motion else None

    @property
    def events(self) -> tuple[Event, ...]:
        """Return all that was found so far, in order."""
        return tuple(self._events)

    @property
    def gaps(self) -> tuple[GapFound, ...]:
        """Return the gaps so far."""
        return tuple(event for event in self._events if isinstance(event, GapFound))

    @property
    def calibration(self) -> Calibration:
        """Return the calibration that is applied, its cells in the order of the channels."""
        return self._calibration

    @property
    def calibration_label(self) -> str:
        """Return the name of the calibration that is applied."""
        return self._calibration.label

    def tell(self, cue: Cue) -> None:
        """Take notice of what the coach says: when the foot rests, which foot it is, how hard.

        The rest level is taken anew at the end of a tare, to the sample; each foot has a clean
        press of its own.
        """
        if self._sets is not None:
            self._sets.tell(cue)
        match cue:
            case TareAsked():
                self._tares_s.append(cue.at_s + cue.duration_s)
            case PressAsked():
                self.aims.tell(cue.at_s, cue.target_n)
            case SetStarted() | MaxPressAsked():
                self._sides.append((cue.at_s, cue.side))
                self.aims.tell(cue.at_s, None)
            case _:
                pass

    def side_at(self, at_s: float) -> Side | None:
        """Return the foot at a stream time, as it was told; None where nobody said."""
        if not self._sides:
            return None
        told = [side for since_s, side in self._sides if since_s <= at_s]
        # The press-here check comes before anything is asked of that foot.
        return told[-1] if told else self._sides[0][1]

    def push(self, packets: Sequence[Packet]) -> Processed:
        """Return what follows from the next packets of the force stream; others are left out."""
        if len(packets) > 1 and self._motion is not None and self._motion.is_apart:
            return _joined([self.push((packet,)) for packet in packets])
        picked = self._incoming.pick(packets)
        assembled = self._incoming.push(picked)
        attitude = self._motion.push(packets, self.assembler) if self._motion else ()
        if self._sets is not None:
            self._sets.turn(attitude)
        processed = self._process(assembled, self._incoming.design_rate_hz(picked))
        return replace(processed, attitude=attitude) if attitude else processed

    def finish(self) -> Processed:
        """Return what the end of the recording settles."""
        attitude = self._motion.finish(self.assembler) if self._motion else ()
        processed = self._process(self.assembler.finish(), self._incoming.design_rate_hz(()))
        if self._stages is None:
            return replace(processed, attitude=attitude)
        last = self._settle(self._stages, self._stages.detector.finish())
        self._events += last
        return Processed(processed.blocks, processed.events + last, attitude)

    def measure_rate(self, packets: Sequence[Packet]) -> float | None:
        """Return the rate that the filters are designed for, as soon as it is known."""
        return self._incoming.design_rate_hz(self._incoming.pick(packets))

    def _process(self, assembled: Assembled, rate_hz: float | None) -> Processed:
        blocks: list[ForceBlock] = []
        events: list[Event] = list(assembled.events)
        for block in assembled.blocks:
            if rate_hz is None:
                # A single sample has no rate: it cannot be filtered, and nothing is found in it.
                break
            stages = self._stages = self._stages or self._build(rate_hz)
            guarded = stages.guard.push(block)
            events += guarded.events
            for part, is_tare in self._cut_at_tares(guarded.block):
                if is_tare:
                    stages.detector.retare()
                force = stages.bank.push(part)
                self._follow_time(force)
                blocks.append(force)
                if self._sets is not None:
                    events += self._sets.take(force, _level_n(stages.detector), rate_hz)
                events += self._watch(stages, force, stages.detector.push(force))
        self._events += events
        return Processed(tuple(blocks), tuple(events))

    def _watch(
        self, stages: _Stages, block: ForceBlock, found: tuple[Event, ...]
    ) -> tuple[Event, ...]:
        """Return what was found, holds judged, and what calf and fatigue show of it."""
        if found:
            found = self._settle(stages, found)
        calf = self._calf(self.side_at(float(block.time_s[-1]))) if len(block.time_s) else None
        if calf is None or not calf.is_wanted(found):
            return found
        tilt = self._motion.track if self._motion else None
        return found + calf.push(block, found, tilt)

    def watch_sets(self) -> None:
        """Tell what a circuit follows in its sets: margin to fatigue, taps, pulses, stance."""
        self._sets = SetWatch(self._pad)

    def _calf(self, side: Side | None) -> CalfWatch:
        """Return the watch of a foot."""
        calf = self._calves.get(side)
        if calf is None:
            calf = self._calves[side] = CalfWatch(self._pad, self.channels)
        return calf

    def _settle(self, stages: _Stages, found: tuple[Event, ...]) -> tuple[Event, ...]:
        """Return the events with every settled hold judged, and what the set shows of fatigue."""
        events: list[Event] = []
        for event in found:
            if not isinstance(event, HoldSettled):
                events.append(event)
                continue
            hold = event.hold
            calf = self._calf(self.side_at(hold.start_s))
            hold = replace(hold, compensation=calf.judge(hold, self.pitch_change_deg(hold)))
            if self._sets is not None:
                events += self._sets.weigh(hold, event.at_s)
            events.append(replace(event, hold=hold))
            told = stages.fatigue.push(hold, event.at_s, self.aims.at(hold.start_s))
            margin_pct = stages.fatigue.margin_pct
            if self._sets is not None and margin_pct is not None:
                events.append(MarginSeen(event.at_s, margin_pct))
            events += told
        return tuple(events)

    def _follow_time(self, block: ForceBlock) -> None:
        if len(block.time_s) == 0:
            return
        first_s = float(block.time_s[0])
        if self._newest_s is None:
            self._run_start_s = first_s
        elif first_s <= self._newest_s:
            self._earlier_s += self._newest_s - self._run_start_s
            self._run_start_s = first_s
        self._newest_s = float(block.time_s[-1])

    def _cut_at_tares(self, block: Block) -> Iterator[tuple[Block, bool]]:
        """Yield the block's parts, each with whether the rest level is taken anew before it."""
        start, is_tare = 0, False
        while self._tares_s and len(block.time_s) and self._tares_s[0] <= block.time_s[-1]:
            stop = int(np.searchsorted(block.time_s, self._tares_s.pop(0)))
            if stop > start:
                yield _part(block, start, stop), is_tare
            start, is_tare = stop, True
        yield (block if start == 0 else _part(block, start, len(block.time_s))), is_tare

    def _build(self, rate_hz: float) -> _Stages:
        return _Stages(
            Guard(self._calibration),
            FilterBank(self._calibration, rate_hz),
            HoldDetector(self._settings, rate_hz, self._mvc_n, self.aims),
            FatigueWatch(),
        )


def _joined(pieces: Sequence[Processed]) -> Processed:
    return Processed(
        tuple(block for piece in pieces for block in piece.blocks),
        tuple(event for piece in pieces for event in piece.events),
        tuple(block for piece in pieces for block in piece.attitude),
    )


def _level_n(detector: HoldDetector) -> float:
    """Return the rest level of the detected force; 0 before the first samples."""
    return 0.0 if detector.levels_n is None else float(detector.levels_n[-1])


def _part(block: Block, start: int, stop: int) -> Block:
    return Block(
        block.info,
        block.first_index + start,
        block.time_s[start:stop],
        block.data[start:stop],
        block.quality[start:stop],
        block.starts_run and start == 0,
    )


def calibration_for(info: StreamInfo, known: Calibration | None, origin: str) -> Calibration:
    """Return the calibration of a stream: the one given, or the unit that it is delivered in.

    Raises RecordingError: raw counts without a calibration, or one of other channels.
    """
    if info.unit is not Unit.COUNTS:
        return identity(info.channels, NEWTON_PER_UNIT[info.unit])
    if known is None:
        raise RecordingError(
            f"{origin}: holds raw counts ({', '.join(info.channels)}) and no calibration, so no "
            "force can be computed. Give the pad's with --calibration CAL.toml.",
            RecordingFault.CALIBRATION,
        )
    fitting = known.for_channels(info.channels)
    if fitting is None:
        raise RecordingError(
            f"{origin}: its calibration is for {', '.join(known.channels)}, its samples are "
            f"{', '.join(info.channels)}. Use the calibration of this pad.",
            RecordingFault.CALIBRATION,
        )
    return fitting
