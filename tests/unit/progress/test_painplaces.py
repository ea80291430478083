"""Where it hurt by week: the worst level, sharp pain, and places that are new."""

from datetime import UTC, date, datetime

from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import NO_FIGURE, PainReport, PainSite
from trainer.progress.painplaces import find_places, last_mondays, place_name
from trainer.report.clinicianpage import cell_text

MONDAYS = last_mondays(date(2026, 6, 3), 3)


def hurt(
    month: int, day: int, level: float, site: PainSite = PainSite.ARCH, *, is_sharp: bool = False
) -> Entry[PainReport]:
    """Return pain of a day of 2026 in the left foot."""
    said = PainReport(site, Side.LEFT, level, is_sharp)
    at = datetime(2026, month, day, 12, tzinfo=UTC)
    return Entry(0, "Ada", at, "UTC", 0, is_simulated=False, said=said)


def test_the_last_weeks_end_with_the_running_one() -> None:
    assert (date(2026, 5, 18), date(2026, 5, 25), date(2026, 6, 1)) == MONDAYS


def test_a_week_has_its_worst_level_and_whether_any_was_sharp() -> None:
    (place,) = find_places(
        [hurt(5, 18, 2.0), hurt(5, 24, 6.0, is_sharp=True), hurt(6, 1, 1.0)], MONDAYS
    )
    assert [cell and cell.level for cell in place.cells] == [6.0, None, 1.0]
    assert [bool(cell and cell.is_sharp) for cell in place.cells] == [True, False, False]
    assert (place.first_on, place.last_on, place.reports) == (
        date(2026, 5, 18),
        date(2026, 6, 1),
        3,
    )


def test_a_place_is_new_where_it_did_not_hurt_in_the_ninety_days_before() -> None:
    new = find_places([hurt(1, 1, 3.0), hurt(6, 1, 1.0)], MONDAYS)
    old = find_places([hurt(4, 1, 3.0), hurt(6, 1, 1.0)], MONDAYS)
    healed = find_places([hurt(4, 1, 0.0), hurt(6, 1, 1.0)], MONDAYS)
    assert [found[0].is_new for found in (new, old, healed)] == [True, False, True]


def test_two_reports_of_the_first_day_are_both_of_a_new_place() -> None:
    (place,) = find_places([hurt(6, 1, 2.0), hurt(6, 1, 3.0)], MONDAYS)
    assert place.is_new


def test_pain_of_no_place_is_no_new_place() -> None:
    (place,) = find_places([hurt(6, 1, 2.0, PainSite.NOT_SAID)], MONDAYS)
    assert not place.is_new
    assert place_name(place.side, place.site) == "left foot, place not said"


def test_a_stop_without_a_figure_has_no_level_and_a_figure_of_that_week_is_the_one_told() -> None:
    said = PainReport(PainSite.NOT_SAID, Side.LEFT, 10.0, is_sharp=True, words=NO_FIGURE)
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    stop = Entry(0, "Ada", at, "UTC", 0, is_simulated=False, said=said)
    (place,) = find_places([stop], MONDAYS)
    assert (cell_text(place.cells[-1]), place.worst_said) == ("?!", 0.0)
    (place,) = find_places([stop, hurt(6, 2, 6.0, PainSite.NOT_SAID)], MONDAYS)
    assert (cell_text(place.cells[-1]), place.worst_said) == ("6!", 6.0)


def test_the_worst_place_comes_first_and_what_lies_outside_the_weeks_is_left_out() -> None:
    found = find_places(
        [hurt(5, 1, 9.0, PainSite.HEEL), hurt(6, 1, 2.0), hurt(6, 1, 5.0, PainSite.CALF)], MONDAYS
    )
    assert [place.site for place in found] == [PainSite.CALF, PainSite.ARCH]
    assert find_places([hurt(6, 1, 0.0)], MONDAYS) == ()
