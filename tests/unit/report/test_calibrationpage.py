"""The page of a calibration: one file, every cell with its plot, nothing taken from a name."""

import re
from dataclasses import replace

import pytest

from calibration import Record
from tests.unit.app.weighing import Kept, Pad, go_on, make_wizard
from trainer.report.calibrationpage import render_calibration


@pytest.fixture(scope="module")
def record() -> Record:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    return kept.records[0]


def test_each_cell_has_a_row_with_its_figures_and_a_plot(record: Record) -> None:
    page = render_calibration(record)
    assert page.count("<svg") == 2
    for cell in record.report.cells:
        assert f"<th>{cell.cell}</th><td>{cell.counts_per_n:.1f}</td>" in page
        assert f"<td>{cell.expanded_n:.2f}</td></tr>" in page
    assert "1 kg \N{PLUS-MINUS SIGN} 1 g" in page


def test_a_name_that_looks_like_a_tag_stays_a_name(record: Record) -> None:
    page = render_calibration(replace(record, pad="<script>alert(1)</script>"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_refers_to_nothing_outside_itself(record: Record) -> None:
    page = render_calibration(record)
    assert not re.search(r'(src|href)="(?!#)', page)
    assert render_calibration(record) == page
