"""`footspring runs watch`: a real folder, real files, in a process of its own."""

import json
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.route.rig import Home, is_clear, wait_until
from trainer.core.diary.running import Run
from trainer.library.library import open_library
from trainer.running.fitwriter import Written, write_fit

USUAL = Written(start=datetime(2026, 5, 4, 5, tzinfo=UTC))


def fit(day: int) -> bytes:
    return write_fit(replace(USUAL, start=USUAL.start + timedelta(days=day)))


class Watcher:
    """A watching process, and the lines that it has said."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home, self.folder, self.lines = home, folder, list[str]()
        self.process = home.start("runs", "watch", folder, "--athlete", "Ada")
        self._thread = threading.Thread(target=self._hear)
        self._thread.start()
        self.until("; Ctrl-C ends it")

    def until(self, said: str) -> None:
        wait_until(lambda: any(said in line for line in self.lines))

    def runs(self) -> list[str]:
        said = self.home.say("runs", "list", "--athlete", "Ada", "--json")
        return [run["start"][:10] for run in json.loads(said.out)]

    def noted(self) -> list[str]:
        """Return the runs as they stand, without the command, which would put them right."""
        with open_library(self.home.folders) as library:
            return [f"{entry.local_day}" for entry in library.diary.entries("Ada", Run)]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.left()

    def left(self) -> int:
        with self.process:
            status = self.process.wait(30)
            self._thread.join()
        return status

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.left()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())


@pytest.fixture
def watcher(home: Home) -> Iterator[Watcher]:
    folder = home.root / "watch"
    folder.mkdir()
    (folder / "first.fit").write_bytes(fit(0))
    watcher = Watcher(home, folder)
    yield watcher
    watcher.close()


def test_what_lies_there_is_read_and_so_is_what_comes_however_it_comes(watcher: Watcher) -> None:
    assert watcher.runs() == ["2026-05-04"]
    outside = watcher.home.root / "outside"
    (outside / "deep").mkdir(parents=True)
    for day, name in enumerate(("moved.fit", "copied.fit", "deep/inside.fit"), 1):
        (outside / name).write_bytes(fit(day))
    (outside / "moved.fit").rename(watcher.folder / "moved.fit")
    shutil.copy2(outside / "copied.fit", watcher.folder)
    (outside / "deep").rename(watcher.folder / "deep")
    wait_until(lambda: len(watcher.runs()) == 4)
    (watcher.folder / "moved.fit").unlink()
    shutil.rmtree(watcher.folder / "deep")
    assert watcher.end() == 0
    assert len(watcher.runs()) == 4, "a run outlives its file"


def test_a_file_that_is_written_slowly_is_never_read_half(watcher: Watcher) -> None:
    told = b"start,duration_s,km\n2026-05-05T05:00:00Z,600,1.85\n2026-05-06T05:00:00Z,600,1.95\n"
    with (watcher.folder / "slow.csv").open("wb", buffering=0) as slow:
        slow.write(told[:-4])
        # Another file comes and is read, so the watcher was not merely slow.
        (watcher.folder / "other.fit").write_bytes(fit(9))
        wait_until(lambda: "2026-05-13" in watcher.runs())
        assert len(watcher.runs()) == 2
        slow.write(told[-4:])
    wait_until(lambda: len(watcher.runs()) == 4)
    said = watcher.home.say("runs", "list", "--athlete", "Ada", "--json")
    assert [run["km"] for run in json.loads(said.out)][1:3] == [1.85, 1.95]


def test_a_damaged_file_is_told_and_the_watching_goes_on(watcher: Watcher) -> None:
    (watcher.folder / "cut.fit").write_bytes(fit(1)[:200])
    watcher.until("cut.fit: ")
    (watcher.folder / "cut.fit").write_bytes(fit(1))
    wait_until(lambda: len(watcher.runs()) == 2)


def test_runs_that_another_command_adds_or_takes_back_are_left_as_they_are(
    watcher: Watcher,
) -> None:
    other = watcher.home.root / "other.fit"
    other.write_bytes(fit(20))
    assert watcher.home.say("runs", "import", other, "--athlete", "Ada").status == 0
    (watcher.folder / "second.fit").write_bytes(fit(1))
    wait_until(lambda: "2026-05-05" in watcher.noted())
    assert watcher.noted() == ["2026-05-04", "2026-05-05", "2026-05-24"]
    assert watcher.home.say("runs", "undo", "2026-05-04", "--athlete", "Ada").status == 2
    (first,) = [
        run["sha256"]
        for run in json.loads(watcher.home.say("runs", "list", "--athlete", "Ada", "--json").out)
        if run["start"].startswith("2026-05-04")
    ]
    assert watcher.home.say("runs", "undo", first[:8], "--athlete", "Ada").status == 0
    (watcher.folder / "third.fit").write_bytes(fit(2))
    wait_until(lambda: "2026-05-06" in watcher.noted())
    assert watcher.noted() == ["2026-05-05", "2026-05-06", "2026-05-24"]


def test_a_second_watcher_of_one_folder_is_refused_and_a_dead_one_is_in_nobodys_way(
    watcher: Watcher,
) -> None:
    said = watcher.home.run("runs", "watch", watcher.folder, "--athlete", "Ada")
    assert said.status == 1
    assert is_clear(said.err)
    assert "is watched already" in said.err
    assert watcher.end(signal.SIGKILL) == -signal.SIGKILL
    again = Watcher(watcher.home, watcher.folder)
    assert again.end(signal.SIGINT) == 0


def test_it_ends_when_its_folder_goes(watcher: Watcher) -> None:
    shutil.rmtree(watcher.folder)
    assert watcher.left() == 1
    assert watcher.lines[-1].endswith("is gone: nothing is watched any more")


def test_what_is_no_folder_is_refused(home: Home) -> None:
    said = home.say("runs", "watch", home.root / "nowhere")
    assert said.status == 2
    assert "is no folder" in said.err
