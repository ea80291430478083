"""The small print: sentences about the link, the target and what stopped a session."""

from typing import Final

from trainer.coach.words import stopped
from trainer.core.errands import Errand
from trainer.core.linkwords import LOW_BATTERY, NO_SENSOR, standing_words, trouble_words
from trainer.core.snapshot import LATE_S, LinkState, Phase, Snapshot
from trainer.core.texts import noted, tr, trn
from trainer.core.watchdog import Alarm

NO_DATA: Final = noted("NO DATA")
APART: Final = "   "
FIGURE_SPACE: Final = "\N{FIGURE SPACE}"
"""As wide as a digit: a figure that lacks one moves nothing."""
LONGEST_RATE: Final = len("94.9 Hz")
LONGEST_LATE_MS: Final = 250


def link_words(link: LinkState) -> str:
    """Return how well samples arrive, and how battery and link of a device stand."""
    if not link.is_there:
        return tr(NO_SENSOR)
    late = _late(1000 * link.late_s) if link.late_s >= LATE_S else ""
    standing, troubles = standing_words(link.vitals), trouble_words(link.vitals)
    if standing or troubles:
        return _radio_words(link, standing, troubles, late)
    state = tr(NO_DATA) if link.is_stale else tr("link")
    parts = (state, _rate(link), *_losses(link), late)
    return APART.join(part for part in parts if part)


def target_words(snapshot: Snapshot) -> str:
    """Return load, or maximal press and target; a share of the maximum only where one is known."""
    if snapshot.load_band_n is not None:
        low_n, high_n = snapshot.load_band_n
        return tr("bear {low:.0f}-{high:.0f} N").format(low=low_n, high=high_n)
    low, high, mvc = snapshot.target_low_n, snapshot.target_high_n, snapshot.mvc_n
    parts = [] if mvc is None else [tr("max {force:.0f} N").format(force=mvc)]
    if low is None or high is None:
        return "   ".join([*parts, tr("no target yet")])
    band = tr("target {low:.0f}-{high:.0f} N").format(low=low, high=high)
    if snapshot.is_target_estimated:
        return tr("{band}, estimated").format(band=band)
    if mvc:
        band += f", {100 * (low + high) / 2 / mvc:.0f} %"
    return "   ".join([*parts, band])


def message_words(
    snapshot: Snapshot, alarm: Alarm, *, is_closing: bool, errand: Errand | None = None
) -> str:
    """Return the coach's sentence, or what goes before it."""
    if alarm is Alarm.SILENT:
        return tr("The pad program does not answer. Stop pressing; PAIN STOP still works.")
    if errand is not None:
        return tr("Letting go of the pad. Nothing of this session is kept; a new one follows.")
    return tr("Ending the session and saving it.") if is_closing else snapshot.message


def badge_words(snapshot: Snapshot) -> str:
    """Return what the samples are, where they do not come from a foot on the pad now.

    In its place a battery that is low, for that ends a session.
    """
    if snapshot.is_simulated:
        return tr("SIMULATED")
    if snapshot.phase is Phase.FOLLOW:
        return tr("REPLAY")
    return tr(LOW_BATTERY) if snapshot.link.vitals.health.is_battery_low else ""


def stop_words(snapshot: Snapshot, alarm: Alarm) -> str:
    """Return what happened, for the screen of a stop."""
    if alarm is Alarm.UNANSWERED:
        return tr(
            "The pad program does not answer. Take the foot off the pad. What was recorded up to "
            "now is kept; close this window."
        )
    if alarm is Alarm.STOPPING:
        return tr("Stopping. Take the foot off the pad.")
    if snapshot.phase is Phase.STOPPED:
        return f"{stopped(snapshot.stop_reason)} {snapshot.message}".strip()
    return snapshot.message


def late_stop_words() -> str:
    """Return what happened where a session was stopped that had just been left."""
    return tr(
        "Stopped: pain. Take the foot off the pad. Nothing was recorded: the session had not begun."
    )


def saving_words(alarm: Alarm, *, is_finished: bool) -> str:
    """Return how far the files are after a session; nothing where nobody answers."""
    if alarm is not Alarm.NONE:
        return ""
    return tr("Saved. The report is being written.") if is_finished else tr("Saving.")


def _radio_words(
    link: LinkState, standing: tuple[str, ...], troubles: tuple[str, ...], late: str
) -> str:
    """Return more in the same room: nothing that is zero or said elsewhere, and nothing moves."""
    lost, rejected, gaps = _losses(link)
    # Each reconnect leaves a gap, so where those are counted the gaps tell little more.
    others = [(rejected, link.rejected_samples)]
    if not link.vitals.reconnects:
        others.append((gaps, link.gaps))
    parts = [
        tr(NO_DATA) * link.is_stale,
        _rate(link).rjust(LONGEST_RATE, FIGURE_SPACE),
        # What grows stands behind what stays, and what comes and goes has its place at the end.
        *standing,
        lost,
        *(words for words, count in others if count),
        *troubles,
        late if link.is_stale else late.rjust(len(_late(LONGEST_LATE_MS)), FIGURE_SPACE),
    ]
    return APART.join(part for part in parts if part)


def _rate(link: LinkState) -> str:
    return tr("rate unknown") if link.rate_hz is None else f"{link.rate_hz:.1f} Hz"


def _losses(link: LinkState) -> tuple[str, ...]:
    return (
        tr("{n} lost").format(n=link.lost_samples),
        tr("{n} rejected").format(n=link.rejected_samples),
        trn("{n} gap", "{n} gaps", link.gaps),
    )


def _late(late_ms: float) -> str:
    return tr("{late:.0f} ms late").format(late=late_ms)
