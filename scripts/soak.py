"""Runs what takes minutes, with one seed, and keeps what it said in docs/soak.md.

That is the tests marked soak, and every law that hypothesis tests, with many more examples.
"""

import argparse
import os
import platform
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

DEFAULT_SEED: Final = "1"


def main(arguments: list[str]) -> int:
    """Run the soak tests; the seed is FOOTSPRING_SEED, 1 where it is not set."""
    parser = argparse.ArgumentParser(prog="scripts.soak", description=__doc__)
    parser.add_argument(
        "--only",
        choices=("soak", "hypothesis"),
        help="the tests that take minutes, or the laws of hypothesis (default both, hours)",
    )
    only = parser.parse_args(arguments).only
    seed = os.environ.get("FOOTSPRING_SEED") or DEFAULT_SEED
    # One at a time, so that a figure is not that of a shared core; -rA brings what passing tests
    # printed.
    words = [
        "pytest",
        "-m",
        only or "soak or hypothesis",
        "-rA",
        "--durations=0",
        "--no-header",
        "-p",
        "no:xdist",
    ]
    words += [f"--hypothesis-seed={seed}"]
    running = subprocess.Popen(
        [sys.executable, "-m", *words],
        env=os.environ | {"FOOTSPRING_SEED": seed, "HYPOTHESIS_PROFILE": "soak"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    for line in running.stdout or ():
        print(line, end="", flush=True)
        said.append(line)
    status = running.wait()
    root = Path.cwd()
    target = root / "docs" / "soak.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(page("".join(said), words, seed, root), encoding="utf-8")
    print(f"Kept in {target.relative_to(root)}")
    return status


def page(output: str, words: list[str], seed: str, root: Path) -> str:
    """Return docs/soak.md: on what the tests ran, with which seed, and what they said."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    ).stdout.strip()
    place = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    return (
        "# The last soak run\n\n"
        "Written by `make soak`: the tests that take minutes and every hypothesis law with 2,000 "
        "examples, seeded; `make soak FOOTSPRING_SEED=2` looks elsewhere.\n\n"
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit or 'unknown'}\n"
        f"- {place}\n"
        f"- seed {seed}: `{shlex.join(words)}`\n\n"
        f"```text\n{_without_places(output, root).strip()}\n```\n"
    )


def _without_places(output: str, root: Path) -> str:
    """Return what was said without where this machine keeps its files."""
    for place in (str(root), sys.prefix, sys.base_prefix):
        output = output.replace(f"{place}/", "")
    return output


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
