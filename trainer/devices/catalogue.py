"""The catalogue: what is known of each kind of device before anybody owns one."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from trainer.core.diary.devices import Level, Tension
from trainer.core.errors import SettingsError, UsageError
from trainer.core.settings import Bound, parse_settings
from trainer.core.texts import tr


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of device."""

    title: str
    use: str
    """How to set it up and use it, in one to three sentences."""
    allows_splay: bool
    """Whether the toes can spread in it, as bare toes do."""
    level: Level
    qualities: tuple[str, ...]
    """What it trains: directions of the toes, arch, balance, push-off; empty for a support."""
    serves: tuple[str, ...]
    """Ids of exercises."""
    substitutes: tuple[str, ...] = ()
    """Kinds that may take its place, the nearest first."""
    is_assistive: bool = False
    """It takes work off the foot: its results are kept apart."""
    has_stretch: bool = False
    """Whether its force can be measured at known stretches."""
    tensions: tuple[Tension, ...] = ()
    """From light to heavy."""
    kind_id: str = ""

    def reminder(self) -> str:
        """Return what to keep in mind about bare feet."""
        if self.is_assistive:
            return tr("A support must not hide a weakness: train barefoot without it, too.")
        if not self.allows_splay:
            return tr("The toes cannot spread in it: do some sets barefoot, toes spread.")
        return tr("Barefoot, toes long and spread: let the device follow the foot.")


@dataclass(frozen=True, slots=True)
class _Catalogue:
    format: Annotated[int, Bound(1, 1)]
    kinds: dict[str, Kind]


def parse_catalogue(text: str, origin: str) -> dict[str, Kind]:
    """Return the kinds of a TOML text by id. Raises SettingsError, also for unknown substitutes."""
    found = parse_settings(text, _Catalogue, origin).kinds
    for kind_id, kind in found.items():
        for other in kind.substitutes:
            if other not in found or other == kind_id:
                raise SettingsError(
                    f"{origin}: 'kinds.{kind_id}.substitutes' names '{other}', which is "
                    f"{'itself' if other == kind_id else 'no kind'}. Name one of "
                    f"{', '.join(k for k in found if k != kind_id)}."
                )
    return {kind_id: replace(kind, kind_id=kind_id) for kind_id, kind in found.items()}


def kind_of(catalogue: Mapping[str, Kind], kind_id: str) -> Kind:
    """Return a kind by its id. Raises UsageError that proposes the nearest one."""
    if kind_id in catalogue:
        return catalogue[kind_id]
    near = difflib.get_close_matches(kind_id, catalogue, n=1)
    hint = tr("Did you mean '{near}'?").format(near=near[0]) if near else ""
    raise UsageError(
        tr("'{kind}' is no kind of device. {hint} Known: {known}.")
        .format(kind=kind_id, hint=hint, known=", ".join(catalogue))
        .replace("  ", " ")
    )
