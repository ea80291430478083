"""Results by device, with the person's own error beside them; supports kept apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from statistics import mean

from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Answer
from trainer.core.diary.devices import FitForm, TryOut
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr, trn
from trainer.devices.comparison import DeviceResult, by_device, with_and_without
from trainer.progress.error import ENOUGH, TypicalError, Visit, own_error


def compare_devices(shelf: DeviceShelf, exercise: str | None) -> Answer:
    """Return results by device; supports apart, and beside the same without them.

    Raises UsageError: the exercise was never measured.
    """
    measured = [entry for entry in shelf.sets() if entry.said.is_measured]
    # Nobody knows what a set was done with that names a kind nobody owns.
    every = [entry for entry in measured if entry.said.device in {"", *shelf.devices}]
    entries = [entry for entry in every if exercise in {None, entry.said.exercise}]
    if exercise is not None and not entries:
        known = ", ".join(sorted({entry.said.exercise for entry in every})) or tr("none yet")
        raise UsageError(
            tr("--exercise {exercise}: no measured set of it. Measured: {known}.").format(
                exercise=exercise, known=known
            )
        )
    errors = own_errors(entries)
    stands = {name: error.sem for name, error in errors.items() if error.freedom >= ENOUGH}
    results = by_device(
        (entry.said for entry in entries), shelf.assistive(), stands, _comforts(shelf)
    )
    own = [one for one in results if not one.is_assistive]
    supported = [one for one in results if one.is_assistive]
    lines = [result_line(one) for one in own] or [tr("no measured sets without a support yet")]
    if supported:
        lines += [tr("with a support (kept apart):"), *map(result_line, supported)]
        lines += [one.sentence() for one in with_and_without(results)]
    lines += [_error_line(name, error) for name, error in errors.items()]
    if any(one.plateau_u_n is not None and not one.is_own_error for one in results):
        lines.append(tr("± is 95 %, from the spread of the sets where no own error stands yet"))
    if any(entry.is_simulated for entry in entries):
        lines.append(tr("from a simulated pad, in part or all"))
    table = {
        "results": [asdict(one) for one in results],
        "with_and_without": [asdict(one) for one in with_and_without(results)],
        "own_error": {name: asdict(error) for name, error in errors.items()},
    }
    return Answer(tuple(lines), table)


def own_errors(entries: Iterable[Entry[SetLog]]) -> dict[str, TypicalError]:
    """Return the own error of a visit's plateau by exercise, pooled over feet and devices.

    A visit with one device is compared with visits with the same one alone.
    """
    visits: dict[tuple[str, str, str], dict[date, list[float]]] = defaultdict(dict)
    for entry in entries:
        log = entry.said
        if log.plateau_n is not None:
            chain = visits[log.exercise, log.side or "", log.device]
            chain.setdefault(entry.local_day, []).append(log.plateau_n)
    chains: dict[str, list[list[Visit]]] = defaultdict(list)
    for (exercise, _, _), days in visits.items():
        chains[exercise].append(
            [Visit(day, mean(plateaus), len(plateaus)) for day, plateaus in sorted(days.items())]
        )
    found = {exercise: own_error(feet) for exercise, feet in chains.items()}
    return {exercise: error for exercise, error in found.items() if error is not None}


def _comforts(shelf: DeviceShelf) -> dict[str, float]:
    fits, tried = shelf.book.entries(FitForm), shelf.book.entries(TryOut)
    said = [(entry.at, entry.said.device_id, entry.said.comfort) for entry in fits]
    said += [(entry.at, entry.said.device_id, entry.said.comfort) for entry in tried]
    return {device_id: comfort for _, device_id, comfort in sorted(said)}


def result_line(one: DeviceResult) -> str:
    """Return one result in one line."""
    words = [f"{one.exercise}, {one.side or tr('both')}, {one.device or tr('no device')}"]
    words.append(
        tr("{sets} in {visits}").format(
            sets=trn("{n} set", "{n} sets", one.sets),
            visits=trn("{n} session", "{n} sessions", one.visits),
        )
    )
    if one.plateau_n is not None:
        u = f" ± {1.96 * one.plateau_u_n:.1f}" if one.plateau_u_n is not None else ""
        words.append(tr("plateau {plateau:.1f}{u} N").format(plateau=one.plateau_n, u=u))
    if one.compensated_pct is not None:
        words.append(
            tr("compensated {share:.0f} % ({low:.0f} to {high:.0f})").format(
                share=one.compensated_pct,
                low=one.compensated_low_pct,
                high=one.compensated_high_pct,
            )
        )
    if one.ease is not None:
        words.append(tr("ease {ease:.1f} of 10").format(ease=one.ease))
    if one.comfort is not None:
        words.append(tr("comfort {comfort:g} of 10").format(comfort=one.comfort))
    return ", ".join(words)


def _error_line(exercise: str, error: TypicalError) -> str:
    words = {
        "exercise": exercise,
        "sem": f"{error.sem:.1f}",
        "mdc": f"{error.mdc95():.1f}",
        "n": error.differences,
    }
    if error.freedom < ENOUGH:
        return tr(
            "{exercise}: own error of a visit {sem} N from {n} pairs of visits, too few to go by"
        ).format(**words)
    return tr(
        "{exercise}: own error of a visit {sem} N from {n} pairs of visits; a change beyond {mdc} "
        "N is more than that"
    ).format(**words)
