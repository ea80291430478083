"""What running figures can say and what they cannot, in plain sentences."""

import math
from collections.abc import Collection

from trainer.core.texts import tr
from trainer.running.beside import Association, Interval, TooFew
from trainer.running.spike import Room, Spike


def field_name(metric: str) -> str:
    """Return what a metric of a run is called."""
    return {
        "km": tr("distance"),
        "speed_m_s": tr("speed"),
        "spm": tr("cadence"),
        "step_m": tr("step length"),
        "gct_ms": tr("ground contact time"),
        "gct_cv_pct": tr("spread of the contact time"),
        "gct_balance_pct": tr("left foot's share of the contact time"),
        "vo_mm": tr("vertical oscillation"),
        "vertical_ratio_pct": tr("vertical ratio"),
    }[metric]


def proxy() -> str:
    """Return what must be known of everything a watch measures of a foot strike."""
    return tr(
        "Proxies: a watch or a pod at chest, wrist or shoe estimates contact time, balance and "
        "oscillation from movement. None of them sees the foot strike, the midfoot or the toes; a "
        "steadier figure is a hint of a steadier strike, not its measure."
    )


def mixed(sources: Collection[str]) -> tuple[str, ...]:
    """Return what must be known of figures from several sources; nothing of those from one."""
    if len(set(sources)) < 2:  # noqa: PLR2004 - one source is no mixture
        return ()
    text = tr(
        "Measured by different sources ({sources}): another device has its own way of estimating, "
        "and a change of device looks like a change of the runner."
    )
    return (text.format(sources=", ".join(sorted(set(sources)))),)


def no_ratio() -> str:
    """Return why no acute:chronic ratio is shown."""
    return tr(
        "No acute:chronic workload ratio: among 5,205 runners it went the wrong way round, and the "
        "change from week to week told nothing (Frandsen 2025, 10.1136/bjsports-2024-109380); the "
        "ratio itself misleads (Impellizzeri 2020). The single run is what stood out."
    )


def spike_line(spike: Spike) -> str:
    """Return a spike in one sentence, with the next step."""
    return tr(
        "{day}: {km:.1f} km, {beyond:.0f} % beyond the longest run of the 30 days before "
        "({longest:.1f} km). Runs like it went with {ratio:.2f} times the injuries (hazard ratio, "
        "Frandsen 2025: a group's figure, not yours)."
    ).format(
        day=f"{spike.at:%Y-%m-%d}",
        km=spike.km,
        beyond=spike.beyond_pct,
        longest=spike.longest_km,
        ratio=spike.hazard_ratio,
    )


def room_line(room: Room | None) -> str:
    """Return how long the next run may be under the rule."""
    if room is None:
        return tr("No run with a distance in the last 30 days: the single-run rule has no measure.")
    # Downwards: a limit that is rounded up is none.
    km = math.floor(10 * room.most_km + 1e-9) / 10
    if not room.left_out:
        text = tr("Next run: up to {km:.1f} km is within a tenth of the longest of 30 days.")
        return text.format(km=km)
    text = tr(
        "Next run: up to {km:.1f} km is within a tenth of {base:.1f} km, the longest that was no "
        "spike. No base yet, until a later run is as long: {spikes}. (The study takes the longest "
        "run whatever it was; leaving spikes out is the careful reading here.)"
    )
    spikes = ", ".join(f"{one.km:.1f} km ({one.at:%Y-%m-%d})" for one in room.left_out)
    return text.format(km=km, base=room.base_km, spikes=spikes)


def contact_trend(
    contact: Interval | None, load: Interval | None, speed: Interval | None, weeks: int
) -> str:
    """Return how contact time and load went over the same weeks, without a cause."""
    if contact is None or load is None:
        return tr(
            "Contact time beside load: {n} weeks have a contact time, 6 are needed to say anything."
        ).format(n=weeks)
    text = tr(
        "Contact time over {n} weeks: {contact} ms a week; load: {load} km a week, beside it."
    ).format(n=weeks, contact=_signed(contact), load=_signed(load))
    if contact.holds_none:
        text += " " + tr("No change of the contact time seen yet.")
    if speed is not None:
        text += " " + tr("Speed: {speed} m/s a week; contact shortens with speed alone.").format(
            speed=_signed(speed, 3)
        )
    return text + " " + tr("They stand beside each other: neither is shown to be the cause.")


def association_lines(found: Association | TooFew, foot: str, run: str) -> tuple[str, ...]:
    """Return an association in words; `foot` and `run` name the two lines."""
    if isinstance(found, TooFew):
        if found.is_flat:
            return (
                tr("{foot} or {run} never changed: nothing can go with it.").format(
                    foot=foot, run=run
                ),
            )
        return (
            tr(
                "{n} weeks have both {foot} and {run}; {needed} are needed before anything is "
                "said. Fewer cannot tell a strong association from none."
            ).format(n=found.weeks, foot=foot, run=run, needed=found.needed),
        )
    lines = [
        tr("{foot} beside {run}, {n} weeks that have both.").format(
            foot=foot, run=run, n=found.weeks
        ),
        tr("Rank correlation (Spearman): {rank}, 95 % interval.").format(rank=_shown(found.rank)),
        tr("Slope (Theil-Sen): {slope} of the second for one of the first.").format(
            slope=_shown(found.slope, 3)
        ),
    ]
    if found.rank_of_changes is None:
        lines.append(
            tr("Changes from week to week: only {n} pairs, too few.").format(n=found.changes)
        )
    else:
        lines.append(
            tr("Changes from week to week ({n} pairs): {rank}.").format(
                n=found.changes, rank=_shown(found.rank_of_changes)
            )
        )
    lines.append(_verdict(found))
    lines.append(
        tr(
            "No cause: whatever else changed over the weeks (fitness, season, shoes, speed) would "
            "look the same, and neighbouring weeks are alike, so the true interval is wider."
        )
    )
    return tuple(lines)


def _verdict(found: Association) -> str:
    if found.rank.holds_none:
        return tr("No association can be told from chance.")
    said = tr("They went together in these weeks.")
    if found.rank_of_changes is not None and found.rank_of_changes.holds_none:
        said += " " + tr(
            "Their changes from one week to the next did not: two lines that merely rise or fall "
            "look like that."
        )
    return said


def _signed(interval: Interval, digits: int = 1) -> str:
    middle, low, high = (f"{v:+.{digits}f}" for v in (interval.middle, interval.low, interval.high))
    return f"{middle} ({low} to {high})"


def _shown(interval: Interval, digits: int = 2) -> str:
    return _signed(interval, digits)
