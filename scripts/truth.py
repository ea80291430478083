"""Judges the product on recordings with known truth and prints what was asked and what was reached.

The seeds are drawn from the last commit that changed the product, so nobody could have tuned it on
them. `--publish` also keeps the tables in docs/truth.md, unless the product has changes that no
commit holds: then it writes nothing.
"""

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from tests.truth import (
    part_calf,
    part_fatigue,
    part_holds,
    part_lamp,
    part_real,
    part_sway,
    part_taps,
)
from tests.truth.figures import Progress, Table

PRODUCT: Final = ("trainer", "calibration")
"""What is judged; the generators and the scores are under tests/truth."""

SEEDS: Final = 4096
"""How many are drawn for each part."""

Measure = Callable[[Sequence[int], Progress, bool], Iterator[Table]]
PARTS: Final[Mapping[str, Measure]] = {
    "holds": part_holds.measure,
    "lamp": part_lamp.measure,
    "calf": part_calf.measure,
    "fatigue": part_fatigue.measure,
    "taps": part_taps.measure,
    "sway": part_sway.measure,
    "real": part_real.measure,
}


def main() -> int:
    """Print the tables; return 1 where publishing was refused."""
    args = _arguments()
    frozen, changed = "", []
    if not args.seed:
        frozen, changed = git("log", "-1", "--format=%H", "--", *PRODUCT), changed_files()
    key = args.seed or frozen
    begun = time.monotonic()
    tables: list[Table] = []
    # Whoever runs this has settings of their own, and a library that must not be touched.
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder)
        for name, measure in PARTS.items():
            if args.only in (None, name):
                for table in measure(draw_seeds(key, name), _say, args.quick):
                    tables.append(table)
                    print("\n".join(table.lines()), end="\n\n", flush=True)
    _say(f"{time.monotonic() - begun:.0f} s\n")
    # Looked at again: a run takes minutes, and the product may have been changed meanwhile.
    if not args.seed:
        changed = sorted({*changed, *changed_files()})
    refusal = why_not_published(args, changed)
    if refusal:
        print(refusal, file=sys.stderr)
        return int(args.publish)
    if args.publish:
        target = Path("docs") / "truth.md"
        target.write_text(page(tables, frozen), encoding="utf-8")
        print(f"Kept in {target}")
    return 0


def why_not_published(args: argparse.Namespace, changed: Sequence[str]) -> str:
    """Return why figures may not be kept; empty where they may, or nobody asked for it."""
    if changed:
        return (
            f"NOT PUBLISHED: {len(changed)} files of the product differ from its last commit, as "
            f"{changed[0]} does, so its seeds were known before it was frozen. Commit them first."
        )
    if args.publish and (args.seed or args.only or args.quick):
        return "NOT PUBLISHED: only a whole run with the commit's own seeds is. Run make truth."
    return ""


def draw_seeds(key: str, part: str) -> list[int]:
    """Return the seeds of a part: a hash of the commit and the part's name, spread out."""
    digest = hashlib.sha256(f"{key} {part}".encode()).hexdigest()
    spread = np.random.SeedSequence(int(digest, 16)).generate_state(SEEDS)
    return [int(seed) for seed in spread]


def changed_files() -> list[str]:
    """Return the files of the product that differ from the last commit."""
    return [line[3:] for line in git("status", "--porcelain", "--", *PRODUCT).splitlines()]


def git(*words: str) -> str:
    """Return what git says; end the script where it cannot."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"make truth draws its seeds from the history: git {words[0]} failed ({error}). Run it "
            "in a clone, where git is installed; or give --seed WORD to python -m scripts.truth."
        ) from error
    return done.stdout.rstrip()


def page(tables: Sequence[Table], frozen: str) -> str:
    """Return docs/truth.md."""
    judged = [
        (table, figure) for table in tables for figure in table.figures if figure.limit is not None
    ]
    missed = [f"- {table.title}: {figure.said()}" for table, figure in judged if figure.is_missed]
    place = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    text = "\n\n".join("\n".join(table.lines()) for table in tables)
    return (
        "# How well the product sees what the foot does\n\n"
        "Written by `make truth`. Recordings with known truth are made by generators that share "
        "nothing with the product or its simulated foot (`tests/truth`), written as CSV, and given "
        "to the product as anybody would; what it says live is judged on the same samples.\n\n"
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {place}\n"
        f"- the product: commit {frozen}\n"
        f"- the generators: commit {git('log', '-1', '--format=%H', '--', 'tests/truth')}\n"
        "- seeds: SHA-256 of the product's commit and the name of the part, so they were not known "
        "before the product was frozen\n\n"
        f"## Missed\n\n{len(judged) - len(missed)} of {len(judged)} limits were kept. Missed:\n\n"
        f"{chr(10).join(missed) or '- nothing that was asked for'}\n\n"
        "## What this does not prove\n\n"
        "None of it was recorded from a foot. The generators' laws are assumed: a figure says how "
        "the product does under them, no more. Whether an ankle really helped would take EMG to "
        "know; a model's compensated press is a model's. The real recordings are hand pushes on a "
        "wheel rim and one person's quiet stance. Latencies are on the sample clock: radio and "
        "display are not in them.\n\n"
        f"## Figures\n\n```text\n{text}\n```\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="fewer recordings, for a look")
    parser.add_argument("--only", choices=tuple(PARTS), help="one part")
    parser.add_argument("--seed", help="any word instead of the commit, for a look")
    parser.add_argument("--publish", action="store_true", help="keep the tables in docs/truth.md")
    return parser.parse_args()


def _say(text: str) -> None:
    print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
