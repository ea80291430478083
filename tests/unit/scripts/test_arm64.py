"""What is tried on arm64: judges that can refuse, a CSV with known pushes, a loud skip."""

import itertools
import json
from pathlib import Path

import pytest

from scripts.arm64 import SKIPPED, lack, skip
from scripts.arm64root import find_emulator, made_of, wanted
from scripts.arm64smoke import (
    PUSHES,
    SmokeError,
    finds_holds,
    has_samples,
    is_arm,
    is_picture,
    last_object,
    multiplies,
    recording,
    says,
    tries,
)
from scripts.machine import Machine


def test_the_two_releases_are_made_of_their_own_packages() -> None:
    assert made_of("trixie") != made_of("bookworm")
    assert "libglib2.0-0t64" in wanted("trixie")
    assert "libglib2.0-0" in wanted("bookworm")


def test_the_csv_has_its_pushes_and_ends_at_rest() -> None:
    rows = [tuple(map(float, row.split(","))) for row in recording().splitlines()[1:]]
    pressed = [force_n > 20.0 for _, force_n in rows]
    begins = sum(now and not before for before, now in itertools.pairwise(pressed))
    assert begins == PUSHES
    assert not pressed[0]
    assert not pressed[-1]


@pytest.mark.parametrize("status", [0, 1])
def test_a_number_of_holds_is_asked_for(status: int) -> None:
    judge = finds_holds(2)
    three = json.dumps({"holds": [1, 2, 3]})
    with pytest.raises(SmokeError):
        judge(status, three)
    with pytest.raises(SmokeError):
        judge(1, json.dumps({"holds": [1, 2]}))
    assert judge(0, "said before\n" + json.dumps({"holds": [1, 2]}, indent=1)) == {"holds": 2}


def test_a_report_without_samples_another_machine_and_an_empty_picture_are_refused() -> None:
    lost = json.dumps({"findings": [{"id": "samples", "verdict": "fail"}]})
    for judge, said in (
        (has_samples, lost),
        (is_arm, json.dumps({"machine": "x86_64"})),
        (is_picture, json.dumps({"size": [800, 480], "colours": 1})),
        (multiplies, json.dumps({"off": 2.8})),
        (says("footspring "), "nothing"),
    ):
        with pytest.raises(SmokeError):
            judge(0, said)
    good = json.dumps({"verdict": "ok", "findings": [{"id": "samples", "verdict": "ok"}]})
    assert has_samples(1, good) == {"verdict": "ok", "not ok": {}}


def test_the_last_object_is_read_and_none_is_an_error() -> None:
    assert last_object('{"a": 1}\nword\n{"b":\n 2}\n') == {"b": 2}
    with pytest.raises(SmokeError):
        last_object("no object")


def test_the_wheel_is_what_is_installed() -> None:
    words = [" ".join(what.words) for what in tries("footspring-9.whl")]
    assert sum("/mnt/footspring-9.whl" in line for line in words) == 1
    assert len({what.name for what in tries("x")}) == len(words)


def test_without_root_it_says_so_loudly_and_only_where_it_must_it_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = lack(Machine(), is_root=False)
    assert "root" in why
    assert skip(why, is_required=False) == 0
    said = capsys.readouterr().out
    assert SKIPPED in said
    assert said.splitlines()[-1] == "0 passed, 0 failed, 1 skipped"
    assert skip(why, is_required=True) == 1


def test_an_emulator_is_found_by_either_name(tmp_path: Path) -> None:
    assert find_emulator(tmp_path) is None
    program = tmp_path / "usr" / "bin" / "qemu-aarch64"
    program.parent.mkdir(parents=True)
    program.touch()
    assert find_emulator(tmp_path) == program
