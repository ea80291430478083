"""One examination of a pad: open it, ask for each step, gather its packets, find what they show."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from calibration import Calibration, identity
from trainer.app.analysis import find_stream
from trainer.app.calibrationshelf import given_calibration
from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import Packet, Stream, StreamInfo
from trainer.core.ports import Clock, Source
from trainer.core.texts import tr
from trainer.core.units import NEWTON_PER_UNIT, Unit
from trainer.doctor.examine import Evidence, examine, in_order, no_source
from trainer.doctor.finding import Finding
from trainer.doctor.machine import Machine, machine_findings
from trainer.doctor.press import Press
from trainer.doctor.steps import REST, TILT, Picture, Step, plan_steps
from trainer.doctor.take import take
from trainer.sources.catalog import Opened

TICK_S: Final = 0.1
"""Between two pictures."""
SILENT_S: Final = 10.0
"""No packet for so long: nothing more is waited for."""

Facts = Callable[[], Awaitable[Machine]]
Tell = Callable[[Picture], None]


@dataclass(frozen=True, slots=True)
class Examined:
    """Which pad is examined, and how."""

    opened: Opened
    calibration: Path | None
    """A file that stands in for the source's own."""
    rest_s: float
    is_guided: bool
    """Whether somebody is there to press and to tilt."""


class Examination:
    """Runs once; `tell` hears of every picture."""

    def __init__(self, examined: Examined, clock: Clock, facts: Facts, tell: Tell) -> None:
        self._examined = examined
        self._source: Source = examined.opened.source
        self._clock = clock
        self._facts = facts
        self._tell = tell
        self._picture = Picture()
        self._pending: asyncio.Task[Sequence[Packet]] | None = None
        self._is_stopped = False
        self._is_silent = False

    def stop(self) -> None:
        """End it early; safe from any thread."""
        self._is_stopped = True

    async def run(self) -> tuple[Finding, ...]:
        """Return all findings; a pad that cannot be opened is one. Raises SettingsError."""
        self._show(Picture())
        monotonic_s, wall = self._clock.monotonic_s(), self._clock.now()
        found = await self._examine_pad()
        passed_s = self._clock.monotonic_s() - monotonic_s
        off_s = (self._clock.now() - wall).total_seconds() - passed_s
        machine = replace(await self._facts(), wall_off_ms=1e3 * off_s)
        findings = in_order([*found, *machine_findings(machine)])
        self._show(Picture(tr("DONE"), "", share=1.0, findings=findings, is_done=True))
        return findings

    async def _examine_pad(self) -> tuple[Finding, ...]:
        try:
            await self._open()
            return examine(await self._gather())
        except SourceError as error:
            return (no_source(str(error)),)
        finally:
            await self._close()

    async def _open(self) -> None:
        opening = asyncio.create_task(self._source.open())
        while not opening.done():
            await asyncio.wait({opening}, timeout=TICK_S)
            news = self._source.vitals.news
            self._show(replace(self._picture, detail=news or self._picture.detail))
            if self._is_stopped and not opening.done():
                opening.cancel()
                await asyncio.wait({opening})
                raise SourceError("Ended before the pad was found.", SourceFault.LOST)
        opening.result()

    async def _gather(self) -> Evidence:
        info = find_stream(self._source.streams, Stream.FORCE)
        if info is None:
            raise SourceError("It delivers no force; choose another source.", SourceFault.REFUSED)
        motion = find_stream(self._source.streams, Stream.IMU)
        asked = self._examined
        steps = plan_steps(
            info.channels,
            asked.rest_s,
            has_motion=motion is not None,
            is_guided=asked.is_guided,
        )
        gathered: dict[str, list[Packet]] = {}
        for step in steps:
            packets = await self._measure(step, steps)
            # What was ended early shows no press that is missing.
            if step.id == REST or not self._is_stopped:
                gathered[step.id] = packets
        presses = tuple(
            Press(cell, take(info, gathered[cell])) for cell in info.channels if cell in gathered
        )
        is_live = not self._source.is_replay
        tilt = take(motion, gathered[TILT]) if motion and TILT in gathered else None
        return Evidence(
            rest=take(info, gathered[REST]),
            motion=take(motion, gathered[REST]) if motion else None,
            presses=presses,
            tilt=tilt,
            calibration=_calibration(info, asked),
            vitals=self._source.vitals,
            is_live=is_live,
            is_at_rest=is_live,
        )

    async def _measure(self, step: Step, steps: tuple[Step, ...]) -> list[Packet]:
        """Return the packets of a step, without those that come while it is counted down."""
        before_s = sum(other.settle_s + other.measure_s for other in steps[: steps.index(step)])
        whole_s = sum(other.settle_s + other.measure_s for other in steps)
        base = Picture(step.heading, step.detail)

        def show(passed_s: float, *, is_counting_down: bool) -> None:
            left_s = (step.settle_s if is_counting_down else step.measure_s) - passed_s
            done_s = before_s + passed_s + step.settle_s * (not is_counting_down)
            self._show(
                replace(
                    base,
                    left_s=max(0.0, left_s),
                    is_counting_down=is_counting_down,
                    share=min(1.0, done_s / whole_s),
                )
            )

        await self._read(step.settle_s, lambda s: show(s, is_counting_down=True))
        return await self._read(step.measure_s, lambda s: show(s, is_counting_down=False))

    async def _read(self, for_s: float, show: Callable[[float], None]) -> list[Packet]:
        """Return what comes within a time; of a recording all, for its own time passes."""
        packets: list[Packet] = []
        began_s = heard_s = self._clock.monotonic_s()
        passed_s = 0.0
        while passed_s < for_s and not (self._is_stopped or self._is_silent):
            show(passed_s)
            self._pending = self._pending or asyncio.create_task(self._read_once())
            await asyncio.wait({self._pending}, timeout=TICK_S)
            now_s = self._clock.monotonic_s()
            if self._pending.done():
                batch, self._pending = self._pending.result(), None
                if not batch:
                    break
                packets += batch
                heard_s = now_s
            self._is_silent = now_s - heard_s > SILENT_S
            passed_s = self._passed_s(packets, now_s - began_s)
        return packets

    async def _read_once(self) -> Sequence[Packet]:
        return await self._source.read()

    def _passed_s(self, packets: Sequence[Packet], passed_s: float) -> float:
        """Return the seconds that passed for the pad: of what runs ahead, by its own stamps."""
        if self._source.is_replay:
            return 0.0
        if not self._source.is_simulated or not packets:
            return passed_s
        return packets[-1].arrival_s - packets[0].arrival_s

    async def _close(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            await asyncio.wait({self._pending})
        await self._source.close()

    def _show(self, picture: Picture) -> None:
        self._picture = picture
        self._tell(picture)


def _calibration(info: StreamInfo, examined: Examined) -> Calibration | None:
    """Return what makes newtons of the samples; None where nothing does. Raises SettingsError."""
    if info.unit is not Unit.COUNTS:
        return identity(info.channels, NEWTON_PER_UNIT[info.unit])
    path = examined.calibration
    known = examined.opened.calibration if path is None else given_calibration(path)
    return None if known is None else known.for_channels(info.channels)
