"""What route tests stand on: a person's own folders, the command, sessions in one thread."""

import asyncio
import contextlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.app.shelf import shipped_exercises
from trainer.cli.main import main
from trainer.coach.conductor import Coach
from trainer.coach.plan import Feet, make_plan
from trainer.core.clock import ManualClock
from trainer.core.commands import Next
from trainer.core.cues import Cue
from trainer.core.folders import Folders
from trainer.core.hold import Hold
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings
from trainer.library.library import open_library
from trainer.library.records import SessionRecord
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource
from trainer.sources.sim.truth import PressTruth

COMMAND = Path(sys.executable).with_name("footspring")
LONGEST_S = 60.0
"""No command of these tests may take longer, however busy the machine is."""

MOST_S = 1500.0
"""Stream time in which every session of these tests is over, unless the coach waits for ever."""


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def found(self) -> dict[str, Any]:
        """Return the object that --json printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class Home:
    """The folders of one person, and the command as that person runs it."""

    root: Path

    @property
    def folders(self) -> Folders:
        return Folders(self.root / "share" / "footspring", self.root / "config" / "footspring")

    @property
    def variables(self) -> dict[str, str]:
        return {
            "XDG_DATA_HOME": str(self.root / "share"),
            "XDG_CONFIG_HOME": str(self.root / "config"),
        }

    @property
    def recordings(self) -> list[Path]:
        return sorted(self.folders.recordings.glob("*.mcap"))

    @property
    def parts(self) -> list[Path]:
        return sorted(self.folders.recordings.glob("*.part"))

    @property
    def reports(self) -> list[Path]:
        return sorted(self.folders.reports.glob("*.html"))

    def say(self, *arguments: object) -> Said:
        """Run the command within this process."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.variables.items():
                patch.setenv(name, value)
            for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
                patch.delenv(name, raising=False)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    status = main([str(argument) for argument in arguments])
                except SystemExit as end:
                    status = int(end.code or 0)
        return Said(status, out.getvalue(), err.getvalue())

    def run(
        self,
        *arguments: object,
        variables: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
        user: int | None = None,
    ) -> Said:
        """Run the real command in a process of its own, to its end."""
        return self.end(self.start(*arguments, variables=variables, prefix=prefix, user=user))

    def start(
        self,
        *arguments: object,
        variables: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
        user: int | None = None,
    ) -> "subprocess.Popen[str]":
        """Start the real command and leave it running."""
        return subprocess.Popen(
            [*prefix, str(COMMAND), *map(str, arguments)],
            env=self.environment(variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=user,
        )

    def end(self, running: "subprocess.Popen[str]") -> Said:
        """Return what a started command said, once it has ended; kills it where it does not."""
        with running:
            try:
                out, err = running.communicate(timeout=LONGEST_S)
            finally:
                running.kill()
        return Said(running.returncode, out, err)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of a person without a display."""
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        return {**kept, **self.variables, "PYTHONUNBUFFERED": "1", **more}

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Return the list of sessions, newest first; opens the library as any command does."""
        with open_library(self.folders) as library:
            return library.sessions()


class Listened(SimSource):
    """The simulated pad, with a list of the cues that it heard."""

    def __init__(self, config: SimConfig) -> None:
        super().__init__(config, speed=None, clock=ManualClock())
        self.cues: list[Cue] = []

    def hear(self, cue: Cue) -> None:
        self.cues.append(cue)
        super().hear(cue)


@dataclass
class Played:
    """A coached session on the simulated pad, with all that was said in it."""

    sim: Listened
    session: Session
    pipeline: Pipeline

    @property
    def cues(self) -> list[Cue]:
        return self.sim.cues

    @property
    def holds(self) -> tuple[Hold, ...]:
        return self.pipeline.holds()

    @property
    def presses(self) -> tuple[PressTruth, ...]:
        return self.sim.truth.presses


def play(config: SimConfig, *, sets: int = 1, reps: int = 5, feet: str = "left") -> Played:
    """Play one session in this thread, without files, as fast as it goes."""
    return asyncio.run(_play(config, sets, reps, feet))


async def _play(config: SimConfig, sets: int, reps: int, feet: str) -> Played:
    sim = Listened(config)
    plan = make_plan(
        shipped_exercises()["toe_curl"], athlete="Mia", feet=Feet(feet), sets=sets, reps=reps
    )
    coach = Coach(plan)
    info = sim.streams[0]
    pipeline = Pipeline(info, sim.calibration, DetectionSettings())
    parts = Parts(sim, None, pipeline, coach, lambda _mvc, _athlete: None)
    session = Session(parts, Ring((*info.channels, "total"), 100))
    await sim.open()
    is_first = True
    while not session.is_over and (packets := await sim.read()):
        assert session.at_s < MOST_S, f"the session does not end: {session.coach.view().message}"
        session.take(packets)
        if is_first:
            coach.know_rate(pipeline.measure_rate(packets) or 0.0)
            session.obey(Next())
            is_first = False
    session.finish()
    session.look()
    return Played(sim, session, pipeline)


def overlap_s(first: Hold | PressTruth, second: Hold | PressTruth) -> float:
    """Return the seconds that two presses share; below zero, those between them."""
    return min(first.end_s, second.end_s) - max(first.start_s, second.start_s)


def differences(
    first: object, second: object, *, relative: float = 0.0, where: str = ""
) -> Iterator[str]:
    """Yield the places at which two JSON values differ by more than a share of the number."""
    if isinstance(first, dict) and isinstance(second, dict):
        if first.keys() != second.keys():
            yield f"{where}: keys {sorted(first.keys() ^ second.keys())}"
        for key in first.keys() & second.keys():
            place = f"{where}.{key}"
            yield from differences(first[key], second[key], relative=relative, where=place)
    elif isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            yield f"{where}: {len(first)} and {len(second)} entries"
        for number, (one, other) in enumerate(zip(first, second, strict=False)):
            yield from differences(one, other, relative=relative, where=f"{where}[{number}]")
    elif not _is_same(first, second, relative):
        yield f"{where}: {first!r} and {second!r}"


def _is_same(first: object, second: object, relative: float) -> bool:
    numbers = (int, float)
    if not isinstance(first, numbers) or not isinstance(second, numbers):
        return type(first) is type(second) and first == second
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    # What is the small difference of large figures is as sure as they are.
    return abs(first - second) <= relative * max(1.0, abs(first), abs(second))


def wait_until(is_so: Callable[[], bool], *, within_s: float = 30.0) -> None:
    """Wait for another process or thread; fails, and does not hang, where it never comes."""
    pause = threading.Event()
    for _ in range(round(within_s / 0.005)):
        if is_so():
            return
        pause.wait(0.005)
    raise AssertionError(f"it did not come about within {within_s:g} s")


def is_clear(message: str) -> bool:
    """Return whether a message is one line of the command that is no traceback."""
    lines = [line for line in message.splitlines() if line.strip()]
    is_ours = len(lines) == 1 and lines[0].startswith("footspring: ")
    return is_ours and "internal error" not in message and "Traceback" not in message


def write_csv(path: Path, header: str, rows: Iterable[Sequence[object]], mark: str = ",") -> Path:
    """Write a CSV file and return it."""
    lines = [header, *(mark.join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
