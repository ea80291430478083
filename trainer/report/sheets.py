"""Sheets of A4 in a PDF that fill from the top: headings, text, tables and room for pictures."""

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from trainer.report.figures import INK, PALE

WIDTH_IN: Final = 8.27
HEIGHT_IN: Final = 11.69
MARGIN_IN: Final = 0.7
ROOM_IN: Final = WIDTH_IN - 2 * MARGIN_IN
_LINE: Final = 1.35
"""Line height over the size of the letters."""
_LETTER: Final = 0.52
"""Width of a letter of DejaVu Sans over its size, on average; a bold one is a seventh wider."""
_BOLD: Final = 1.15
_POINT_IN: Final = 1 / 72


class Sheets:
    """A PDF under way; `close` returns its bytes."""

    def __init__(self, title: str, foot: str) -> None:
        self._file = io.BytesIO()
        # No date: the same report is the same file.
        about = {"Title": title, "CreationDate": None, "Producer": None, "Creator": "footspring"}
        self._pages = PdfPages(self._file, metadata=about)
        self._foot = foot
        self._count = 0
        self._figure: Figure | None = None
        self._down_in = 0.0

    def heading(self, text: str, size: float = 12.5, keep_in: float = 1.0) -> None:
        """Add a heading; it does not stand alone at the end of a sheet."""
        self._need(size * _LINE * _POINT_IN + keep_in)
        self._down_in += 0.12
        self.text(text, size, is_bold=True)

    def text(
        self, text: str, size: float = 9.0, *, is_bold: bool = False, indent_in: float = 0.0
    ) -> None:
        """Add text over as many lines as it takes."""
        for line in _lines(text, ROOM_IN - indent_in, size, is_bold=is_bold):
            self._need(size * _LINE * _POINT_IN)
            self._write(MARGIN_IN + indent_in, line, size, is_bold=is_bold)
            self._down_in += size * _LINE * _POINT_IN
        self._down_in += 0.04

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """Add a table; `widths` are shares of the room. Its head stands on every sheet anew."""
        size = 8.0
        self._row(columns, widths, size, is_bold=True)
        for row in rows:
            before = self._figure
            self._need(self._row_in(row, widths, size))
            if self._figure is not before:
                self._row(columns, widths, size, is_bold=True)
            self._row(row, widths, size)
        self._down_in += 0.08

    def axes(self, height_in: float) -> Axes:
        """Return axes over the whole width."""
        self._need(height_in)
        figure = self._sheet()
        low = 1 - (MARGIN_IN + self._down_in + height_in) / HEIGHT_IN
        place = (MARGIN_IN / WIDTH_IN, low, ROOM_IN / WIDTH_IN, height_in / HEIGHT_IN)
        self._down_in += height_in + 0.08
        return figure.add_axes(place)

    def close(self) -> bytes:
        """End the last sheet and return the file."""
        self._end()
        self._pages.close()  # type: ignore[no-untyped-call] # matplotlib types it not
        return self._file.getvalue()

    def _row(
        self, row: Sequence[str], widths: Sequence[float], size: float, *, is_bold: bool = False
    ) -> None:
        self._need(self._row_in(row, widths, size, is_bold=is_bold))
        left_in, top_in = MARGIN_IN, self._down_in
        for cell, width in zip(row, widths, strict=True):
            self._down_in = top_in
            for line in _lines(cell, width * ROOM_IN - 0.06, size, is_bold=is_bold):
                self._write(left_in, line, size, is_bold=is_bold)
                self._down_in += size * _LINE * _POINT_IN
            left_in += width * ROOM_IN
        self._down_in = top_in + self._row_in(row, widths, size, is_bold=is_bold)
        self._rule(self._down_in - 0.035)

    def _row_in(
        self, row: Sequence[str], widths: Sequence[float], size: float, *, is_bold: bool = False
    ) -> float:
        most = max(
            len(_lines(cell, width * ROOM_IN - 0.06, size, is_bold=is_bold))
            for cell, width in zip(row, widths, strict=True)
        )
        return max(most, 1) * size * _LINE * _POINT_IN + 0.05

    def _rule(self, down_in: float) -> None:
        y = 1 - (MARGIN_IN + down_in) / HEIGHT_IN
        ends = (MARGIN_IN / WIDTH_IN, 1 - MARGIN_IN / WIDTH_IN)
        self._sheet().add_artist(Line2D(ends, (y, y), color=PALE, lw=0.7))

    def _write(self, left_in: float, line: str, size: float, *, is_bold: bool) -> None:
        self._sheet().text(
            left_in / WIDTH_IN,
            1 - (MARGIN_IN + self._down_in) / HEIGHT_IN,
            line,
            fontsize=size,
            fontweight="bold" if is_bold else "normal",
            color=INK,
            va="top",
            parse_math=False,
        )

    def _need(self, height_in: float) -> None:
        if self._down_in and self._down_in + height_in > HEIGHT_IN - 2 * MARGIN_IN:
            self._end()

    def _sheet(self) -> Figure:
        if self._figure is None:
            self._figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN))
            self._count += 1
            words = f"{self._foot}    {self._count}"
            self._figure.text(
                0.5, 0.03, words, ha="center", fontsize=7, color=INK, parse_math=False
            )
        return self._figure

    def _end(self) -> None:
        self._pages.savefig(self._sheet())  # type: ignore[no-untyped-call] # nor this
        self._figure, self._down_in = None, 0.0


def _lines(text: str, width_in: float, size: float, *, is_bold: bool) -> list[str]:
    letter_in = size * _POINT_IN * _LETTER * (_BOLD if is_bold else 1)
    return wrap(text, max(4, int(width_in / letter_in)))
