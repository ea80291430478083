"""The report page: one self-contained HTML file, the same bytes for the same session."""

from dataclasses import dataclass

from trainer.core.hold import Hold
from trainer.core.texts import tr
from trainer.report import figures, wording
from trainer.report.decline import Decline, fit_decline
from trainer.report.embed import embed_json
from trainer.report.incidents import IncidentKind
from trainer.report.model import MvcData, RepData, ReportData, SetData
from trainer.report.numbers import MISSING, clock, number
from trainer.report.templates import templates
from trainer.report.traces import Trace, break_at_gaps, envelope


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure and what it shows, in words."""

    svg: str
    """Drawn by us; holds no text that a person typed."""
    words: str


@dataclass(frozen=True, slots=True)
class SetView:
    """What the page shows of one set."""

    name: str
    short_name: str
    reps: str
    told_reps: str
    target: str
    decline: str
    plateau: str
    hold: str
    in_band: str
    slope: tuple[str, str]
    onset: tuple[str, str]
    calf: str
    findings: str
    overlay: Picture | None
    trend: Picture | None
    rows: tuple[tuple[str, ...], ...]


def render(data: ReportData) -> str:
    """Return the whole report as HTML text; it refers to nothing outside itself."""
    trace = break_at_gaps(data.time_s, data.force_n)
    origin_s = float(data.time_s[0]) if data.time_s.size else 0.0
    lines = tuple(_fit(s) for s in data.sets)
    views = [
        _view(s, line, trace, origin_s, is_simulated=data.is_simulated)
        for s, line in zip(data.sets, lines, strict=True)
    ]
    return (
        templates()
        .get_template("page.html")
        .render(
            data=data,
            duration=clock(data.duration_s),
            tiles=_tiles(data),
            sets=views,
            mvc=[
                (tr(m.side), number(m.mvc_n, 1) + wording.plus_minus(m.u_n, 1), m.when)
                for m in data.mvc
            ],
            strips=_strips(data, trace),
            link=wording.tell_link(data),
            losses=_losses(data, origin_s),
            origin=number(origin_s, 2),
            json=embed_json(data, lines),
            out=(tr(wording.LOW), tr(wording.HIGH)),
            helped=tr(wording.HELPED),
        )
    )


def _maximal(mvc: MvcData) -> tuple[str, str, str]:
    """Return foot, force with its uncertainty, and when it was measured."""
    return tr(mvc.side), number(mvc.mvc_n, 1) + wording.plus_minus(mvc.u_n, 1), mvc.when


def _fit(one_set: SetData) -> Decline | None:
    counted = one_set.counted
    return fit_decline([r.rep for r in counted], [r.hold.plateau_n for r in counted])


def _view(
    one_set: SetData, line: Decline | None, trace: Trace, origin_s: float, *, is_simulated: bool
) -> SetView:
    counted = one_set.counted
    overlay = trend = None
    if one_set.reps and trace.time_s.size:
        svg = figures.overlay_figure(one_set, trace, is_simulated=is_simulated)
        overlay = Picture(svg, wording.describe_overlay(one_set))
    if counted:
        svg = figures.trend_figure(one_set, line, is_simulated=is_simulated)
        trend = Picture(svg, wording.describe_trend(one_set, line))
    return SetView(
        name=wording.name_set(one_set),
        short_name=wording.short_name(one_set),
        reps=wording.count_of(len(counted), one_set.asked_reps),
        told_reps=wording.tell_reps(one_set),
        target=wording.tell_target(one_set),
        decline=wording.tell_decline(line, len(counted)),
        plateau=wording.median_text([r.hold.plateau_n for r in counted], 1),
        hold=wording.median_text([r.hold.duration_s for r in counted], 2),
        in_band=wording.share_in_band(one_set),
        slope=wording.slope_text(line),
        onset=wording.onset_text(one_set),
        calf=wording.count_compensated(one_set),
        findings=" ".join(
            (
                wording.tell_fatigue(one_set),
                wording.tell_compensation(one_set),
                wording.tell_tempo(one_set.tempo),
            )
        ).strip(),
        overlay=overlay,
        trend=trend,
        rows=tuple(_row(r, one_set, origin_s) for r in counted),
    )


def _row(rep: RepData, one_set: SetData, origin_s: float) -> tuple[str, ...]:
    hold = rep.hold
    sure = hold.shown_uncertainty
    return (
        str(rep.rep),
        clock(hold.start_s - origin_s, 1),
        wording.tell_duration(rep),
        number(hold.peak_n, 1) + wording.plus_minus(sure.peak_n, 1),
        number(hold.plateau_n, 1)
        + wording.plus_minus(sure.plateau_n, 1)
        + (f" {tr(wording.EXTRAPOLATED)}" if hold.is_extrapolated else ""),
        number(hold.cv_pct, 1),
        number(hold.rfd_n_s, 0) + wording.plus_minus(sure.rfd_n_s, 0),
        number(hold.impulse_n_s, 1) + wording.plus_minus(sure.impulse_n_s, 1),
        wording.judge_band(rep, one_set),
        wording.judge_calf(hold.compensation),
    )


def _tiles(data: ReportData) -> list[tuple[str, str]]:
    counted = [r for s in data.sets for r in s.counted]
    holds = [r.hold for r in counted]
    peak = _peak(max(holds, key=lambda h: h.peak_n)) if holds else MISSING
    asked = sum(s.asked_reps or 0 for s in data.sets)
    return [
        (tr("counted reps"), wording.count_of(len(counted), asked)),
        (tr("median plateau"), wording.median_text([h.plateau_n for h in holds], 1, " N")),
        (tr("median hold"), wording.median_text([h.duration_s for h in holds], 2, " s")),
        (tr("highest peak"), peak),
    ]


def _peak(hold: Hold) -> str:
    sure = wording.plus_minus(hold.shown_uncertainty.peak_n, 1)
    return f"{number(hold.peak_n, 1)}{sure} N"


def _strips(data: ReportData, trace: Trace) -> list[tuple[str, Picture]]:
    """Return the session strip twice: for a page's width and for a phone's."""
    if not trace.time_s.size:
        return []
    words = wording.describe_strip(data)
    strips: list[tuple[str, Picture]] = []
    for where, width_in in (("wide", figures.WIDE_IN), ("narrow", figures.HALF_IN)):
        svg = figures.strip_figure(
            envelope(trace, int(width_in * figures.STRIP_COLUMNS_PER_IN)),
            data.sets,
            data.incidents,
            width_in=width_in,
            is_simulated=data.is_simulated,
        )
        strips.append((where, Picture(svg, words)))
    return strips


def _losses(data: ReportData, origin_s: float) -> list[tuple[str, str]]:
    """Return what was lost or rejected as (time, what), in order."""
    found: list[tuple[float, str, str]] = []
    for incident in data.incidents:
        start = clock(incident.start_s - origin_s, 1)
        end = clock(incident.end_s - origin_s, 1)
        is_run = end != start and incident.kind is not IncidentKind.GAP
        when = tr("{low} to {high}").format(low=start, high=end) if is_run else start
        found.append((incident.start_s, when, wording.tell_incident(incident)))
    for one_set in data.sets:
        for rep in one_set.reps:
            if not rep.is_counted:
                at_s = rep.hold.start_s
                when = clock(at_s - origin_s, 1)
                found.append((at_s, when, wording.tell_rejected(rep, one_set)))
    return [(when, what) for _, when, what in sorted(found)]
