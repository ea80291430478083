"""Sheets fill from the top, and a table that goes over the end has its head on the next one."""

import re
import zlib

from trainer.report.sheets import Sheets


def streams(pdf: bytes) -> list[bytes]:
    """Return what is drawn on each sheet."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            told = zlib.decompress(stream)
        except zlib.error:
            continue
        if b"BT" in told and b"Tf" in told:
            found.append(told)
    return found


def letters(stream: bytes) -> str:
    """Return the letters of a sheet, without spaces."""
    return "".join(
        piece.decode("latin-1") for piece in re.findall(rb"\(((?:\\.|[^\\)])*)\)", stream)
    )


def test_a_long_table_has_its_head_on_every_sheet() -> None:
    sheets = Sheets("Title", "foot")
    sheets.heading("Table")
    sheets.table(("QQ", "b"), [(str(n), "x") for n in range(90)], (0.5, 0.5))
    drawn = streams(sheets.close())
    assert len(drawn) == 2
    assert ["QQ" in letters(one) for one in drawn] == [True, True]


def test_a_heading_goes_with_what_it_stands_over() -> None:
    def sheets_of(keep_in: float) -> int:
        sheets = Sheets("Title", "foot")
        for _ in range(40):
            sheets.text("line")
        sheets.heading("Heading", keep_in=keep_in)
        return len(streams(sheets.close()))

    assert (sheets_of(0.2), sheets_of(5.0)) == (1, 2)


def test_the_same_sheets_are_the_same_bytes_and_a_formula_stays_what_was_typed() -> None:
    def made() -> bytes:
        sheets = Sheets("Title", "foot")
        sheets.text("a $x^2$ b")
        return sheets.close()

    assert made() == made()
    assert "$x^2$" in letters(streams(made())[0])
