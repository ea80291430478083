"""What must hold between the values of a programme, each breach with its place in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final, cast

from trainer.coach.assembly import Origin
from trainer.coach.circuitcheck import check_circuit
from trainer.coach.faults import Faults
from trainer.coach.laddercheck import check_ladder
from trainer.coach.programme import Drill, Programme
from trainer.core.diary.training import SessionKind

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ROLES: Final = (
    ("baseline", ("reassess", "baseline"), SessionKind.BASELINE),
    ("standard_set", ("reassess", "standard_set"), SessionKind.STANDARD_SET),
    ("activation", ("activation",), SessionKind.ACTIVATION),
    ("travel", ("travel",), SessionKind.TRAVEL),
)
_VERSIONED: Final = frozenset({SessionKind.BASELINE, SessionKind.STANDARD_SET})
_LONGEST_TEXT: Final = 500


def check_programme(
    programme: Programme, faults: Faults, own: Mapping[str, tuple[Origin, ...]]
) -> None:
    """Note every breach; `own` says where the steps of the text's own circuits stand."""
    low, high = programme.per_week
    if low > high:
        faults.add(("frequency_per_week",), f"is {low} to {high}; put the smaller number first.")
    _check_id(faults, ("id",), programme.id)
    _check_words(faults, (), {"title": programme.title, "goal": programme.goal})
    for drill in programme.drills.values():
        _check_drill(programme, faults, drill)
    for key, origins in own.items():
        _check_id(faults, ("circuits", key), key)
        _check_words(faults, ("circuits", key), {"title": programme.circuits[key].title})
        check_circuit(programme, programme.circuits[key], faults, origins)
    _check_roles(programme, faults)
    check_ladder(programme, faults)
    for p, phase in enumerate(programme.phases):
        path = ("phases", str(p))
        _check_id(faults, (*path, "id"), phase.id)
        _check_words(faults, path, {"title": phase.title})
        for r, rung in enumerate(phase.rungs):
            _check_id(faults, (*path, "steps", str(r), "id"), rung.id)


def _check_drill(programme: Programme, faults: Faults, drill: Drill) -> None:
    path = ("exercises", drill.id)
    _check_id(faults, path, drill.id)
    words = {f.name: getattr(drill, f.name) for f in fields(drill)}
    _check_words(faults, path, words)
    if drill.substitute and drill.substitute not in programme.drills:
        where = (*path, "substitute")
        faults.unknown(where, drill.substitute, programme.drills, "exercise")
    chain = list(_substitutes(programme, drill))
    if chain and chain[-1] == drill.id:
        names = " -> ".join((drill.id, *chain))
        faults.add((*path, "substitute"), f"goes in a circle: {names}. Name another one.")


def _substitutes(programme: Programme, drill: Drill) -> Iterator[str]:
    """Yield who takes the place of a drill, who takes the place of that, until one comes again."""
    seen: set[str] = set()
    at = drill.substitute
    while at in programme.drills and at not in seen:
        yield at
        seen.add(at)
        if at == drill.id:
            return
        at = programme.drills[at].substitute


def _check_roles(programme: Programme, faults: Faults) -> None:
    for name, path, kind in _ROLES:
        key: str = getattr(programme, name)
        circuit = programme.circuits.get(key)
        if circuit is None:
            faults.unknown(path, key, programme.circuits, "circuit")
        elif circuit.kind is not kind:
            faults.add(path, f"is {key!r}, whose kind is '{circuit.kind}'; it must be '{kind}'.")
    for key, circuit in programme.circuits.items():
        if circuit.kind in _VERSIONED and not circuit.protocol_version:
            where = ("circuits", key, "protocol_version")
            faults.add(where, "is missing; write 1, and one more whenever the protocol changes.")


def _check_id(faults: Faults, path: tuple[str, ...], key: str) -> None:
    if not _ID.fullmatch(key):
        faults.add(path, "is no id: small letters, digits and _, a letter first, 40 at most.")


def _check_words(faults: Faults, path: tuple[str, ...], words: Mapping[str, object]) -> None:
    for name, said in words.items():
        texts = cast("tuple[object, ...]", said) if isinstance(said, tuple) else (said,)
        for text in texts:
            if isinstance(text, str) and (not text.isprintable() or len(text) > _LONGEST_TEXT):
                faults.add(
                    (*path, name),
                    f"has {len(text)} letters, or one that cannot be shown; write up to "
                    f"{_LONGEST_TEXT} plain letters.",
                )
