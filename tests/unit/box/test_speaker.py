"""Sounds: the waves by their samples, the programs by what they are handed, the speaker by ear."""

import io
import sys
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.box.test_ear import TRACED
from tests.unit.terminal.fakeengine import FakeEngine
from trainer.box.players import BELL, BellPlayer, ProgramPlayer, find_player
from trainer.box.signs import Tone
from trainer.box.speaker import Speaker
from trainer.box.waves import RATE_HZ, samples, sound_file
from trainer.core.clock import ManualClock

PIPE_BYTES = 65_536


class Tty(io.StringIO):
    """A terminal, as far as a bell needs one."""

    def isatty(self) -> bool:
        return True


class Deaf:
    """A player that remembers, and fails from a number of tones on."""

    def __init__(self, lasts: int = 99) -> None:
        self.played: list[Tone] = []
        self.is_closed = False
        self._lasts = lasts

    def play(self, tone: Tone) -> bool:
        self.played.append(tone)
        return len(self.played) <= self._lasts

    def close(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("tone", Tone)
def test_a_wave_is_as_long_as_its_tone_and_as_loud_as_asked_and_does_not_click(tone: Tone) -> None:
    with wave.open(io.BytesIO(sound_file(tone, 0.4))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.getnframes() == pytest.approx(sum(tone.value) * RATE_HZ, abs=len(tone.value))
        found = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_767
    assert np.max(np.abs(found)) == pytest.approx(0.4, abs=0.02)
    assert abs(found[0]) < 0.001
    assert abs(found[-1]) < 0.02
    assert len(sound_file(tone, 0.4)) < PIPE_BYTES


def test_press_and_let_go_are_a_fifth_apart_by_their_spectra() -> None:
    def pitch_hz(tone: Tone) -> float:
        found = np.abs(np.fft.rfft(samples(tone, 1.0)[: round(0.03 * RATE_HZ)], RATE_HZ))
        return float(np.argmax(found))

    assert pitch_hz(Tone.TICK) / pitch_hz(Tone.TOCK) == pytest.approx(1.5, abs=0.05)


def test_gaps_of_a_tone_are_silent() -> None:
    found = samples(Tone.STOP, 1.0)
    gap = found[round(0.5 * RATE_HZ) : round(0.65 * RATE_HZ)]
    assert np.count_nonzero(gap) == 0


def test_a_program_is_handed_the_sound_file(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    player = ProgramPlayer((sys.executable, "-c", code, str(heard)), 0.4)
    assert player.play(Tone.TICK)
    assert player.running is not None
    player.running.wait(30.0)
    assert heard.read_bytes() == sound_file(Tone.TICK, 0.4)
    player.close()


def test_a_program_that_fails_or_is_missing_is_known_by_the_next_tone() -> None:
    assert not ProgramPlayer(("/no/such/player",), 0.4).play(Tone.TICK)
    player = ProgramPlayer((sys.executable, "-c", "raise SystemExit(1)"), 0.4)
    player.play(Tone.TICK)
    assert player.running is not None
    player.running.wait(30.0)
    assert not player.play(Tone.TOCK)


def test_a_new_tone_cuts_off_the_one_that_sounds() -> None:
    player = ProgramPlayer((sys.executable, "-c", "import time; time.sleep(60)"), 0.4)
    player.play(Tone.STOP)
    first = player.running
    assert player.play(Tone.TICK)
    assert first is not None
    assert first.poll() is not None
    player.close()


def test_a_program_goes_before_the_bell_and_the_bell_before_silence() -> None:
    assert isinstance(find_player(0.4, Tty(), lambda name: f"/bin/{name}"), ProgramPlayer)
    assert isinstance(find_player(0.4, Tty(), lambda _: None), BellPlayer)
    assert find_player(0.4, io.StringIO(), lambda _: None) is None
    tty = Tty()
    BellPlayer(tty).play(Tone.TICK)
    assert tty.getvalue() == BELL


def test_the_speaker_sounds_what_is_due_and_leaves_a_player_that_fails() -> None:
    clock, told = ManualClock(), list[str]()
    player = Deaf(lasts=1)
    speaker = Speaker(player, clock)
    engine = FakeEngine(clock)
    for step in range(60):
        clock.move(0.1)
        engine.heartbeat_s = clock.monotonic_s()
        engine.snapshot = replace(TRACED, at_s=9.0 + step / 10)
        speaker.look(engine, told.append)
    assert player.played == [Tone.TICK, Tone.TOCK]
    assert len(told) == 1
    speaker.close()
