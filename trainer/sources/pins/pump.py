"""The loop of the process at the pins: look when due, frame what is found, say how it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import Cells, PinsFaultError
from trainer.sources.pins.framer import Framer
from trainer.sources.pins.reader import Reader

SAY_NS: Final = 1_000_000_000
_REST_NS: Final = 5_000_000
_MOST_REFUSALS: Final = 100
"""Of a bus, in a row: half a second."""

Words: TypeAlias = Mapping[str, str | int | Mapping[str, int]]


class Ticker(Protocol):
    """Time, and how it is waited for."""

    @property
    def is_over(self) -> bool:
        """Return whether the other end has gone, or wants no more."""
        ...

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        ...

    def wait_until(self, due_ns: float) -> None:
        """Sleep until then; returns at once where it is over."""
        ...


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where frames and words go."""

    frame: Callable[[bytes], bool]
    """Takes a frame whole, or returns False."""
    say: Callable[[Words], None]


def pump(kind: int, cells: Cells, outlet: Outlet, ticker: Ticker) -> Reader:
    """Run until it is over; raises PinsFaultError where the converters cannot go on."""
    reader = Reader(cells, ticker.now_ns)
    framer = Framer(kind, cells.channels, outlet.frame)
    herald = Herald(reader, outlet.say)
    refusals = 0
    while not ticker.is_over:
        ticker.wait_until(reader.due_ns() if not refusals else ticker.now_ns() + _REST_NS)
        try:
            row = reader.turn()
            refusals = 0
        except OSError as error:
            refusals += 1
            _judge(refusals, error, cells)
            continue
        if row is not None:
            framer.add(row, reader.period_ns, reader.doubts)
        herald.tell(ticker.now_ns())
    framer.close(reader.period_ns)
    herald.tell(ticker.now_ns(), is_last=True)
    return reader


class Herald:
    """Says once a second what has become of the conversions, and who is silent."""

    def __init__(self, reader: Reader, say: Callable[[Words], None]) -> None:
        self._reader = reader
        self._say = say
        self._said_ns = 0
        self._silent: tuple[str, ...] = ()

    def tell(self, now_ns: int, *, is_last: bool = False) -> None:
        """Say it where it is time, where silence begins or ends, or at the end."""
        silent = self._reader.silent
        if now_ns - self._said_ns < SAY_NS and silent == self._silent and not is_last:
            return
        self._said_ns = now_ns
        self._silent = silent
        doubts = {str(doubt): count for doubt, count in self._reader.doubts.items() if count}
        self._say(
            {
                "accepted": self._reader.accepted,
                "doubts": doubts,
                "looks": self._reader.looks,
                "news": f"{' and '.join(silent)}: silent" if silent else "",
            }
        )


def _judge(refusals: int, error: OSError, cells: Cells) -> None:
    if refusals >= _MOST_REFUSALS:
        raise PinsFaultError(
            f"{' and '.join(cells.names)}: the bus has refused {refusals} times in a row "
            f"({error.strerror or error}). Check its wires and the supply.",
            SourceFault.LOST,
        ) from error
