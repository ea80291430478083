"""The catalogue of the sensors that are understood, and which of them an advertisement is of."""

from typing import Final

from trainer.wire.dialect import Advert, Dialect
from trainer.wire.entralpi import ENTRALPI
from trainer.wire.footnode import FOOT
from trainer.wire.forceboard import FORCEBOARD
from trainer.wire.musclemeter import MUSCLEMETER
from trainer.wire.progressor import PROGRESSOR
from trainer.wire.weightscale import WEIGHTSCALE

DIALECTS: Final[tuple[Dialect, ...]] = (
    FOOT,
    PROGRESSOR,
    FORCEBOARD,
    ENTRALPI,
    MUSCLEMETER,
    WEIGHTSCALE,
)
"""All kinds; the first that matches is taken: an Entralpi may tell a weight scale's service."""


def dialect_of(advert: Advert) -> Dialect | None:
    """Return the dialect of a device, None where none is understood."""
    return next((dialect for dialect in DIALECTS if dialect.matches(advert)), None)


def known_ids() -> tuple[str, ...]:
    """Return what a person may write after `--source ble:`, in the order of the catalogue."""
    return tuple(dialect.id for dialect in DIALECTS)
