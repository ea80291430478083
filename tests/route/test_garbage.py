"""Files that were damaged at random: an answer or a clear line, never a traceback."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.route.conftest import Done
from tests.route.rig import Home, Said, differences, is_clear

ROUNDS: Final = 20
EACH: Final = 10
"""Damaged files of one test."""

TOKENS: Final = (
    b",", b";", b"\t", b"\n", b"\r", b'"', b"nan", b"inf", b"-inf", b"1e308", b"1e-320", b"\x00",
    b"\xff\xfe", b"#", b"t_s", b"_n", b"--", b"9" * 50, b"\xef\xbb\xbf", b"\x1b[2J",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_damaged_text_is_analysed_or_refused_in_one_clear_line(seed: int, home: Home) -> None:
    lines = [f"{n / 80:.4f},{30.0 * (n % 160 > 90):.2f},{4.0 + n % 3:.2f}" for n in range(800)]
    whole = "\n".join(["t_s,hallux_n,toes_n", *lines]).encode()
    statuses = Counter(said.status for said in analyse_damaged(whole, "a.csv", seed, home))
    assert set(statuses) <= {0, 1, 2}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_damaged_recording_is_analysed_or_refused_in_one_clear_line(
    seed: int, done: Done, home: Home
) -> None:
    whole = done.recording.read_bytes()
    statuses = Counter(said.status for said in analyse_damaged(whole, "a.mcap", seed, home))
    assert set(statuses) <= {0, 1, 2}
    assert statuses[1] + statuses[2] > 0


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_recording_is_replayed_or_refused_in_one_clear_line(
    seed: int, done: Done, home: Home
) -> None:
    rng = random.Random(seed)  # noqa: S311 - damage is no secret
    path = home.root / "a.mcap"
    path.write_bytes(damaged(done.recording.read_bytes(), rng))
    said = home.say("run", "--source", f"replay:{path}", "--speed", "max", "--json")
    assert said.status in {0, 1, 2}
    assert "Traceback" not in said.err
    assert "internal error" not in said.err
    if said.status == 0:
        again = home.say("analyse", path, "--json").found
        assert [*differences(said.found, again, relative=1e-9)] == []


def analyse_damaged(whole: bytes, name: str, seed: int, home: Home) -> list[Said]:
    """Return what the command said of ten damaged files; checks how it said it."""
    rng = random.Random(seed)  # noqa: S311 - damage is no secret
    path = home.root / name
    every: list[Said] = []
    for _ in range(EACH):
        path.write_bytes(damaged(whole, rng))
        said = home.say("analyse", path, "--json")
        every.append(said)
        assert "Traceback" not in said.err
        assert is_clear(said.err) if said.status else said.err == ""
        if said.status < 2:
            # JSON has no NaN; what was found is told whole.
            assert said.found["format"] == 1
        else:
            assert said.out == ""
            assert str(path) in said.err
    return every


def damaged(whole: bytes, rng: random.Random) -> bytes:
    """Return the bytes with 1 to 20 places flipped, cut, doubled, filled in or overwritten."""
    data = bytearray(whole)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if data:
            at = rng.randrange(len(data)) if rng.random() < 0.6 else rng.randrange(200) % len(data)
            rng.choice(DAMAGES)(data, at, rng)
    return bytes(data)


def _flip(data: bytearray, at: int, rng: random.Random) -> None:
    data[at] ^= 1 << rng.randrange(8)


def _remove(data: bytearray, at: int, rng: random.Random) -> None:
    del data[at : at + rng.choice((1, 10, 100, 5000))]


def _insert(data: bytearray, at: int, rng: random.Random) -> None:
    data[at:at] = rng.choice(TOKENS)


def _double(data: bytearray, at: int, rng: random.Random) -> None:
    data[at:at] = data[at : at + rng.choice((5, 50, 2000))]


def _cut(data: bytearray, at: int, rng: random.Random) -> None:
    del rng
    del data[at:]


def _overwrite(data: bytearray, at: int, rng: random.Random) -> None:
    data[at : at + 8] = rng.randbytes(8)


DAMAGES: Final[tuple[Callable[[bytearray, int, random.Random], None], ...]] = (
    _flip,
    _remove,
    _insert,
    _double,
    _cut,
    _overwrite,
)


def test_what_cannot_be_opened_is_told(home: Home, tmp_path: Path) -> None:
    for path in (tmp_path / "no.csv", tmp_path, Path("/dev/null"), tmp_path / "x" / "y.mcap"):
        said = home.say("analyse", path)
        assert said.status == 2
        assert is_clear(said.err)
