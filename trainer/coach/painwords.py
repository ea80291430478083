"""What is said of a report of pain: where it hurts, and how much where that was said."""

from trainer.core.cues import Side
from trainer.core.diary.training import PainReport, PainSite
from trainer.core.texts import tr


def level_words(report: PainReport) -> str:
    """Return how much it hurts; of a pain stop without a figure that none was said."""
    if not report.is_level_said:
        return tr("level not said")
    return tr("{level:g} of 10").format(level=report.level)


def place_words(side: Side, site: PainSite) -> str:
    """Return the place by name, the foot before it."""
    if site is PainSite.NOT_SAID:
        return spot_words(side, site)
    return f"{tr(side)} {tr(site)}"


def spot_words(side: Side, site: PainSite) -> str:
    """Return the place within a sentence, the foot behind it."""
    if site is PainSite.NOT_SAID:
        foot = tr("left") if side is Side.LEFT else tr("right")
        return tr("{foot} foot (place not said)").format(foot=foot)
    return f"{site} ({side})"
