"""The live screen: its loop with fake keys, and the whole of it on a real pseudo-terminal."""

import io
import os
import pty
import signal
import termios
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from rich.console import Console

from tests.unit.terminal.fakeengine import WORK, FakeEngine
from trainer.core.commands import ChangeSide, EndSession, Next, Undo
from trainer.core.cues import Side
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.terminal.keyboard import Keyboard
from trainer.terminal.screen import LiveDisplay, follow, has_screen, run_screen
from trainer.terminal.stop import StopButton

ALT_ON, ALT_OFF = "\x1b[?1049h", "\x1b[?1049l"


@dataclass
class FakeKeys:
    """Keys that come one read after the other; waiting moves the engine."""

    engine: FakeEngine
    reads: list[bytes | None]
    waits: list[float] = field(default_factory=list)

    def wait(self, timeout_s: float) -> bytes | None:
        self.waits.append(timeout_s)
        self.engine.step(timeout_s)
        return self.reads.pop(0) if self.reads else b""


@dataclass
class FakeDisplay:
    """Remembers what it was shown."""

    shown: list[tuple[Snapshot, Alarm]] = field(default_factory=list)

    def show(self, snapshot: Snapshot, alarm: Alarm) -> None:
        self.shown.append((snapshot, alarm))


def watch(engine: FakeEngine, *reads: bytes | None, frames: int = 30) -> FakeDisplay:
    """Follow the session with these reads and return what was shown."""
    engine.script = [lambda _: None] * frames
    display = FakeDisplay()
    follow(engine, FakeKeys(engine, list(reads)), StopButton(engine, engine.clock), display)
    return display


def test_keys_become_commands_and_the_screen_ends_with_the_session(engine: FakeEngine) -> None:
    display = watch(engine, b" ", b"", b"r\x1b[A", b"uq")
    assert engine.sent == [Next(), ChangeSide(Side.RIGHT), Undo(), EndSession()]
    assert engine.pain_stops == 0
    assert engine.is_finished
    assert 25 <= len(display.shown) <= 35


@pytest.mark.parametrize("key", [b"p", b"\x1b", b"\x03"])
def test_a_stop_key_is_never_queued_behind_commands(key: bytes, engine: FakeEngine) -> None:
    display = watch(engine, key)
    assert engine.pain_stops == 1
    assert engine.sent == []
    assert display.shown[-1][0].phase is Phase.STOPPED


def test_a_hung_engine_is_shown_as_stopped_at_once_and_as_hung_after_100_ms(
    engine: FakeEngine,
) -> None:
    engine.is_hung = True
    display = watch(engine, b"p", b"", b"", b"", b"q")
    alarms = [alarm for _, alarm in display.shown]
    assert alarms == [
        Alarm.NONE, Alarm.STOPPING, Alarm.STOPPING, Alarm.UNANSWERED, Alarm.UNANSWERED,
    ]  # fmt: skip
    assert engine.sent == []


def test_a_silent_engine_can_be_left_with_q_after_a_pain_stop(engine: FakeEngine) -> None:
    engine.is_hung = True
    watch(engine, *[b""] * 20, b"q", frames=60)
    assert engine.pain_stops == 1
    assert not engine.is_finished


def test_a_terminal_that_is_gone_stops_the_session(engine: FakeEngine) -> None:
    watch(engine, b"", None)
    assert engine.pain_stops == 1


def test_between_frames_it_waits(engine: FakeEngine) -> None:
    watch(engine, frames=30)
    assert engine.clock.monotonic_s() == pytest.approx(31 / 15)


def test_an_unchanged_picture_is_not_sent_again() -> None:
    sent = io.StringIO()
    console = Console(file=sent, force_terminal=True, width=80, height=24)
    with LiveDisplay(console) as display:
        display.show(WORK, Alarm.NONE)
        once = sent.tell()
        display.show(replace(WORK, seq=9, at_s=9.0), Alarm.NONE)
        assert sent.tell() == once
        display.show(replace(WORK, force_n=9.0), Alarm.NONE)
        assert sent.tell() > once


@dataclass
class Terminal:
    """A real pseudo-terminal whose far end is read by a thread."""

    far: int
    near: int
    seen: bytearray = field(default_factory=bytearray)
    on_hint: Callable[[], object] = lambda: None
    """Done once, when the keys are offered: from then on the terminal listens."""

    def type(self, keys: bytes) -> None:
        os.write(self.far, keys)

    def console(self) -> Console:
        out = os.fdopen(os.dup(self.near), "w", encoding="utf-8")
        return Console(file=out, force_terminal=True, width=80, height=24, highlight=False)

    def drain(self) -> None:
        while True:
            try:
                self.seen += os.read(self.far, 65536)
            except OSError:  # the near end is closed
                return
            if b"PAIN STOP" in self.seen:
                act, self.on_hint = self.on_hint, lambda: None
                act()

    def start(self) -> None:
        self.reader = threading.Thread(target=self.drain)
        self.reader.start()

    def finish(self) -> str:
        """Close the near end and return all that was drawn."""
        if self.near >= 0:
            os.close(self.near)
            self.near = -1
            self.reader.join(5)
            os.close(self.far)
        return self.seen.decode()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal(*pty.openpty())
    made.start()
    yield made
    made.finish()


def test_on_a_real_terminal_the_picture_is_drawn_and_everything_put_back(
    terminal: Terminal, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    before = termios.tcgetattr(terminal.near)
    ways: list[int] = []
    engine.on_pain_stop = lambda: ways.append(termios.tcgetattr(terminal.near)[3])
    console = terminal.console()
    terminal.on_hint = lambda: terminal.type(b"p")
    run_screen(engine, input_fd=terminal.near, console=console, clock=engine.clock)
    console.file.close()
    assert engine.pain_stops == 1
    assert ways[0] & (termios.ICANON | termios.ECHO) == 0
    assert termios.tcgetattr(terminal.near) == before
    drawn = terminal.finish()
    assert drawn.index(ALT_ON) < drawn.index("Hold it there.") < drawn.index(ALT_OFF)
    assert "Stopped: pain." in drawn[drawn.index(ALT_OFF) :]


def test_after_an_error_the_terminal_is_put_back(terminal: Terminal) -> None:
    before = termios.tcgetattr(terminal.near)

    def fail() -> None:
        with Keyboard(terminal.near):
            assert termios.tcgetattr(terminal.near) != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert termios.tcgetattr(terminal.near) == before


def test_no_key_can_suspend_a_set_or_hold_up_the_picture(terminal: Terminal) -> None:
    with Keyboard(terminal.near):
        ways = termios.tcgetattr(terminal.near)
        assert ways[6][termios.VSUSP] == b"\0"
        assert not ways[0] & termios.IXON
        assert ways[3] & termios.ISIG


def test_the_keyboard_reads_what_was_typed_and_nothing_when_nothing_was(
    terminal: Terminal,
) -> None:
    with Keyboard(terminal.near) as keys:
        assert keys.wait(0) == b""
        terminal.type(b"pq")
        assert keys.wait(5) in {b"p", b"pq"}


def test_a_terminal_that_was_closed_gives_no_keys_ever() -> None:
    far, near = pty.openpty()
    with Keyboard(near) as keys:
        os.close(far)
        assert keys.wait(5) is None
    os.close(near)


def test_a_keyboard_that_was_never_a_terminal_is_an_error_before_anything_is_changed() -> None:
    read, write = os.pipe()
    with pytest.raises(termios.error):
        Keyboard(read).__enter__()
    os.close(read)
    os.close(write)


def test_without_a_terminal_there_is_no_screen() -> None:
    assert not has_screen()


def test_one_signal_more_leaves_an_engine_that_does_not_answer(engine: FakeEngine) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    button.press()
    button.is_insisted = True
    engine.script = [lambda _: None] * 5
    follow(engine, FakeKeys(engine, []), button, FakeDisplay())
    assert not engine.is_finished


def test_sigterm_ends_the_session_and_puts_the_terminal_back(
    terminal: Terminal, engine: FakeEngine
) -> None:
    before = termios.tcgetattr(terminal.near)
    console = terminal.console()
    main = threading.main_thread().ident
    assert main is not None
    terminal.on_hint = lambda: signal.pthread_kill(main, signal.SIGTERM)
    run_screen(engine, input_fd=terminal.near, console=console, clock=engine.clock)
    console.file.close()
    assert (engine.ends, engine.pain_stops) == (1, 0)
    assert termios.tcgetattr(terminal.near) == before


def test_on_a_dumb_terminal_lines_are_printed_and_keys_still_work(
    terminal: Terminal, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    console = terminal.console()
    terminal.on_hint = lambda: terminal.type(b"p")
    run_screen(engine, input_fd=terminal.near, console=console, clock=engine.clock)
    console.file.close()
    assert engine.pain_stops == 1
    drawn = terminal.finish()
    assert "SIMULATED, Toe curl, Anna, LEFT FOOT" in drawn
    assert "\x1b" not in drawn
