"""The page of progress: what the weeks have shown, one self-contained HTML file."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.texts import tr
from trainer.progress.change import tell_symmetry
from trainer.progress.metrics import Head, Metric
from trainer.progress.overview import (
    Overview,
    tell_chance,
    tell_head,
    tell_how_to_read,
    tell_unknown,
    tell_visits,
)
from trainer.progress.trend import Point, theil_sen
from trainer.progress.verdicts import FootShown, Shown, tell_mdc, tell_title
from trainer.report.coursefigures import course_figure, load_figure
from trainer.report.courserows import Row, course_columns, course_rows, foot_name
from trainer.report.figures import HALF_IN, WIDE_IN
from trainer.report.numbers import number, signed
from trainer.report.templates import templates


@dataclass(frozen=True, slots=True)
class Card:
    """One series with its picture and what must be known of it."""

    title: str
    is_proxy: bool
    svg: str
    """Empty where there is no course to draw yet."""
    words: str
    """What the picture shows, for who does not see it."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One head, or the runs."""

    title: str
    rows: tuple[Row, ...]
    cards: tuple[Card, ...]
    note: str = ""


def render_progress(overview: Overview) -> str:
    """Return the whole page as HTML text; it refers to nothing outside itself."""
    sections = [
        _section(tell_head(head), overview.under(head), overview)
        for head in Head
        if overview.under(head)
    ]
    if overview.runs:
        note = tr(
            "Proxies, by runs: a watch estimates them from movement and sees no foot strike. They "
            "stand beside the foot's figures; neither is shown to be the cause of the other."
        )
        sections.append(_section(tr("Running beside the foot"), overview.runs, overview, note))
    title = tr("What the weeks have shown: {athlete}").format(athlete=overview.athlete)
    return (
        templates()
        .get_template("progress.html")
        .render(
            title=title,
            athlete=overview.athlete,
            day=str(overview.today),
            is_simulated=overview.is_simulated,
            simulated=tr("SIMULATED: some of this came from no foot."),
            lead=[
                overview.habit,
                tell_visits(overview),
                tell_how_to_read(),
                tell_unknown(overview),
                tell_chance(overview),
            ],
            warnings=[*overview.warnings, *overview.next_steps],
            sections=sections,
            columns=course_columns(),
            load=_load(overview),
            wheel=[
                (one.target, f"{one.left_n_s:.0f}", f"{one.right_n_s:.0f}")
                for one in overview.wheel
            ],
            words=page_words(),
        )
    )


def page_words() -> dict[str, str]:
    """Return the texts that stand on every page of this kind."""
    return {
        "proxy": tr("proxy"),
        "load": tr("Load by week"),
        "load_caption": tr(
            "Impulse of the counted reps, blue the left foot, orange the right one on top."
        ),
        "wheel": tr("This week by muscle"),
        "muscle": tr("muscle"),
        "left": tr("left"),
        "right": tr("right"),
        "caption": tr(
            "Weekly medians with their 95 % interval. Grey band: the first visit that counts ± "
            "MDC95; inside it no change is seen. Crosses: practice."
        ),
        "footer": tr(
            "footspring is not a medical device. Its measures have not been validated on feet."
        ),
    }


def _section(title: str, shown: Sequence[Shown], overview: Overview, note: str = "") -> Section:
    current = [one for one in shown if not one.apart]
    rows = tuple(row for one in current for row in course_rows(one))
    cards = tuple(_card(one, shown, overview) for one in current)
    return Section(title, rows, cards, note)


def _card(shown: Shown, all_shown: Sequence[Shown], overview: Overview) -> Card:
    metric = shown.series.metric
    points = sum(len(f.course.visits) + len(f.course.practice) for f in shown.feet)
    # One point a foot makes no course.
    is_drawn = points > len(shown.feet)
    svg = (
        course_figure(shown, tell_title(shown), is_simulated=overview.is_simulated)
        if is_drawn
        else ""
    )
    words = "; ".join(f"{foot_name(foot.course.side)}: {foot.verdict}" for foot in shown.feet)
    protocol = shown.series.condition.protocol
    others = [
        one
        for one in all_shown
        if one.apart
        and one.series.metric.id == metric.id
        and one.series.condition.protocol == protocol
    ]
    return Card(tell_title(shown), metric.is_proxy, svg, words, tuple(_lines(shown, others)))


def _lines(shown: Shown, others: Sequence[Shown]) -> list[str]:
    metric = shown.series.metric
    lines = [f"{tell_mdc(shown)}."]
    lines += [line for foot in shown.feet if (line := _practice_line(metric, foot))]
    if metric.note:
        lines.append(tr(metric.note))
    lines += dict.fromkeys(note for foot in shown.feet for note in foot.course.notes)
    lines += [line for foot in shown.feet if (line := _trend_line(metric, foot))]
    if shown.symmetry is not None and shown.symmetry.is_seen:
        lines.append(f"{tell_symmetry(shown.symmetry)}.")
    for foot in shown.feet:
        if foot.course.missing:
            text = tr("{foot}: the newest visit has no value, {why}.")
            lines.append(text.format(foot=foot_name(foot.course.side), why=foot.course.missing))
    for other in others:
        verdicts = "; ".join(f"{foot_name(f.course.side)}: {f.verdict}" for f in other.feet)
        text = tr("Apart, not compared ({why}): {verdicts}.")
        lines.append(text.format(why=", ".join(other.apart), verdicts=verdicts))
    return lines


def _practice_line(metric: Metric, foot: FootShown) -> str:
    """Return the practice visits' figures; empty without one."""
    if not foot.course.practice:
        return ""
    values = ", ".join(number(visit.value, metric.decimals) for visit in foot.course.practice)
    text = tr("{foot}: practice, not compared: {values} {unit}")
    name = foot_name(foot.course.side)
    return text.format(foot=name, values=values, unit=metric.unit).rstrip() + "."


def _trend_line(metric: Metric, foot: FootShown) -> str:
    """Return the Theil-Sen trend of the visits with its interval; empty with too few."""
    trend = theil_sen([Point(visit.day, visit.value) for visit in foot.course.visits])
    if trend is None:
        return ""
    text = tr("{foot}: trend {change} in {weeks:.0f} weeks, 80 % interval {low} to {high}.")
    return text.format(
        foot=foot_name(foot.course.side),
        change=f"{signed(trend.change, metric.decimals)} {metric.unit}".rstrip(),
        weeks=trend.days / 7,
        low=number(trend.low, metric.decimals),
        high=number(trend.high, metric.decimals),
    )


def _load(overview: Overview) -> list[tuple[str, str]]:
    """Return the picture of the load twice: for a page's width and for a phone's."""
    if not overview.loads:
        return []
    return [
        (
            where,
            load_figure(overview.loads, width_in, where, is_simulated=overview.is_simulated),
        )
        for where, width_in in (("wide", WIDE_IN), ("narrow", HALF_IN))
    ]
