"""Real recordings: labelled hand pushes, and stance on two surfaces."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import numpy as np

from tests.truth.figures import Figure, Progress, Table
from tests.truth.frontdoor import ask, write_csv
from tests.truth.intervals import Estimate, share
from tests.truth.laws import Samples
from tests.truth.presses import TrueHold
from tests.truth.scoring import f1, score_holds
from trainer.app.review import Options

PUSHES: Final = ("pushes_a", "pushes_a_total")
RATE_HZ: Final = 240.0
SCALES: Final = (1.0, 0.1, 10.0)
"""The same pushes as weak as toes are, and beyond any foot."""


def measure(_: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of the real recordings; none, said loudly, where they are not at hand."""
    named = os.environ.get("FOOTSPRING_DATA")
    if not named:
        note = "NOT MEASURED: set FOOTSPRING_DATA to the folder of the real recordings"
        yield Table("Real recordings", (), note)
        return
    for name in PUSHES:
        for scale in SCALES[:1] if is_quick else SCALES:
            say(f"real pushes, {name} x {scale:g}")
            yield _judge_pushes(Path(named), name, scale)
    say("real stance")
    yield _judge_stance(Path(named) / "stance")


def _judge_pushes(folder: Path, name: str, scale: float) -> Table:
    time_s, force_n, truths = read_pushes(folder, name, scale)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "pushes.csv"
        write_csv(path, {"t_s": time_s, "force_n": force_n})
        found = [hold for hold in ask(path).holds if hold["finished"]]
    score = score_holds(truths, found, float(time_s[-1]))
    count = len(truths)
    figures = [
        Figure("pushes found", share(count - len(score.missed), count), limit=1.0, is_least=True),
        Figure("F1", _plain(f1([score]), count), limit=1.0, is_least=True),
    ]
    for word, errors_s in (("start", score.start_errors_s), ("end", score.end_errors_s)):
        for at, limit in ((50, 20.0), (95, 80.0)):
            size_ms = 1e3 * float(np.percentile(np.abs(errors_s), at))
            figures.append(Figure(f"{word} |error|, {at} %", _plain(size_ms, count), "ms", limit))
    return Table(f"Real pushes by hand, {name}, force times {scale:g}", tuple(figures))


def _judge_stance(folder: Path) -> Table:
    """Return on which side of the best limit between the surfaces the trials lie."""
    surfaces = dict(read_surfaces(folder))
    figures: list[Figure] = []
    sways = {file: sway_of(folder / file) for file in surfaces}
    for name in ("ellipse95_cm2", "path_cm", "rms_cm"):
        sizes = {file: sway[name] for file, sway in sways.items()}
        right = max(
            sum((sizes[file] >= limit) == (surfaces[file] == "foam") for file in surfaces)
            for limit in sizes.values()
        )
        asked = 100.0 if name == "ellipse95_cm2" else None
        told = share(right, len(surfaces)).scaled(100)
        figures.append(Figure(f"told apart by {name}", told, "%", asked, is_least=True))
    return Table("Real stance, firm and foam: 12 trials of one person", tuple(figures))


def read_surfaces(folder: Path) -> list[tuple[str, str]]:
    """Return the files of the stance trials and what was stood on."""
    rows = (folder / "conditions.csv").read_text(encoding="utf-8").split()[1:]
    return [(file, surface) for file, _, surface in (row.partition(",") for row in rows)]


def sway_of(path: Path) -> Mapping[str, float]:
    """Return the figures of sway that the product gives for a recording."""
    return cast("Mapping[str, float]", ask(path, Options(task="stance")).answer["sway"])


def _plain(value: float, count: int) -> Estimate:
    """Return a figure of one recording, which has no interval."""
    return Estimate(value, float("nan"), float("nan"), count)


def read_pushes(folder: Path, name: str, scale: float) -> tuple[Samples, Samples, list[TrueHold]]:
    """Return (n,) seconds, (n,) newtons and the labelled pushes, forces scaled."""
    time_s, force_n = read_columns(folder / "pushrim" / f"{name}.csv")
    labels = zip(*read_columns(folder / "pushrim" / f"{name}.labels.csv"), strict=True)
    return time_s, scale * force_n, [TrueHold(a, b, scale * n) for a, b, n in labels]


def read_columns(path: Path) -> list[Samples]:
    """Return the columns of a CSV file with one header line."""
    return list(np.loadtxt(path, delimiter=",", skiprows=1).T)
