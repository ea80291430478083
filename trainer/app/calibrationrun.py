"""A calibration that runs: packets and a person's words to a guide, in a thread of its own."""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from calibration import CalibrationError, Command, State
from calibration.view import View
from trainer.app.analysis import find_stream
from trainer.app.calibrating import Guide
from trainer.core.errors import SettingsError, SourceError, SourceFault
from trainer.core.packets import Packet, Stream, StreamInfo
from trainer.core.ports import Clock, Source
from trainer.core.units import Unit

TICK_S: Final = 0.1
"""Between two looks at what the person says."""
SHOW_S: Final = 0.05
"""Between two views."""
SILENT_S: Final = 10.0
"""No packet for so long: the pad is lost, and what was read is kept."""


class CalibrationRun:
    """Runs once (CalibrationPort); `is_alone`: nobody is there, so every step is taken as done."""

    def __init__(
        self,
        source: Source,
        make: Callable[[StreamInfo], Guide],
        clock: Clock,
        *,
        is_alone: bool = False,
    ) -> None:
        self._source = source
        self._make = make
        self._clock = clock
        self._is_alone = is_alone
        self._view = View()
        self._words: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._is_left = False
        self._shown_s = float("-inf")
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._main, name="calibration", daemon=True)

    @property
    def view(self) -> View:
        """Return the newest view."""
        return self._view

    @property
    def is_finished(self) -> bool:
        """Return whether it is over and the pad is let go."""
        return not self._thread.is_alive()

    def say(self, word: Command) -> None:
        """Pass on what the person says."""
        self._words.put(word)

    def leave(self) -> None:
        """End it; what was read is kept."""
        self._is_left = True

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> View:
        """Return the last view once it is over; raises what ended it."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._view

    def _main(self) -> None:
        try:
            asyncio.run(self._run())
        except CalibrationError as error:
            self._error = SettingsError(str(error))
        except BaseException as error:  # noqa: BLE001 - raised anew in the thread that waits for it
            self._error = error
        if self._error is not None:
            # A window stays open to tell why.
            said = replace(self._view.instruction, state=State.ABORTED, text=str(self._error))
            self._view = replace(self._view, instruction=said)
        self._view = replace(self._view, is_done=True, allowed=frozenset())

    async def _run(self) -> None:
        try:
            await self._open()
            if not self._is_left:
                await self._lead(self._make(self._info()))
        finally:
            await self._source.close()

    async def _open(self) -> None:
        opening = asyncio.create_task(self._source.open())
        while not opening.done():
            await asyncio.wait({opening}, timeout=TICK_S)
            news = self._source.vitals.news
            if news and not opening.done():
                self._view = _with_news(self._view, news)
            if self._is_left and not opening.done():
                opening.cancel()
                await asyncio.wait({opening})
                return
        opening.result()

    def _info(self) -> StreamInfo:
        info = find_stream(self._source.streams, Stream.FORCE)
        if info is None or info.unit is not Unit.COUNTS:
            what = "no force" if info is None else f"a force in {info.unit.value}, not raw counts"
            raise SourceError(
                f"the pad delivers {what}: there is nothing to calibrate. Choose another --source.",
                SourceFault.REFUSED,
            )
        return info

    async def _lead(self, guide: Guide) -> None:
        """Read and obey until the guide is through, the person leaves, or the pad is gone."""
        pending: asyncio.Task[Sequence[Packet]] | None = None
        heard_s = self._clock.monotonic_s()
        try:
            while not (self._is_left or self._view.is_done):
                pending = pending or asyncio.create_task(self._read())
                await asyncio.wait({pending}, timeout=TICK_S)
                now_s = self._clock.monotonic_s()
                if pending.done():
                    packets, pending = pending.result(), None
                    heard_s = now_s
                    if not packets:
                        raise _lost("it ended")
                    guide.take(packets)
                elif now_s - heard_s > SILENT_S and not self._source.vitals.news:
                    raise _lost(f"nothing came for {SILENT_S:.0f} s")
                self._show(guide, now_s)
                self._obey(guide)
        finally:
            if pending is not None:
                pending.cancel()
                await asyncio.wait({pending})

    async def _read(self) -> Sequence[Packet]:
        return await self._source.read()

    def _obey(self, guide: Guide) -> None:
        if self._is_alone and Command.NEXT in guide.allowed():
            # Nobody is there who could do better the second time.
            self._is_left = self._view.instruction.state is State.REFUSED
            if not self._is_left:
                self._words.put(Command.NEXT)
        while not self._words.empty():
            guide.say(self._words.get())
            self._shown_s = float("-inf")

    def _show(self, guide: Guide, now_s: float) -> None:
        is_waiting = Command.NEXT in guide.allowed()
        if (self._is_alone and is_waiting) or now_s - self._shown_s >= SHOW_S:
            news = self._source.vitals.news
            self._view = _with_news(guide.view(), news) if news else guide.view()
            self._shown_s = now_s


def _with_news(view: View, news: str) -> View:
    """Return the view with what is being done about the link in place of what is to be done."""
    return replace(view, instruction=replace(view.instruction, text=f"{news} ..."))


def _lost(how: str) -> SourceError:
    return SourceError(
        f"the pad is lost: {how}. What was read is kept: `footspring calibrate --resume` goes on.",
        SourceFault.LOST,
    )
