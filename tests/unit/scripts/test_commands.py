"""The commands of the Makefile and .ci/run: that they are listed, and that they say what lacks."""

import re
import subprocess

from tests.architecture.route import ROOT


def test_make_alone_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert targets is not None
    done = subprocess.run(
        ["/usr/bin/env", "make"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = re.findall(r"^make (\S+) +\S", done.stdout, re.MULTILINE)
    assert sorted(listed) == sorted(targets[1].split())


def test_without_the_real_recordings_ci_says_so_and_starts_nothing() -> None:
    done = subprocess.run(
        [str(ROOT / ".ci" / "run")],
        env={"FOOTSPRING_DATA": "/no/such/folder", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "/no/such/folder is no folder" in done.stderr


def test_only_ci_knows_what_lies_beside_the_checkout() -> None:
    beside = b"../" + b"shared"
    tops = ["trainer", "calibration", "tests", "scripts", "docs", ".ci"]
    files = [*ROOT.glob("*.*"), ROOT / "Makefile"]
    files += [path for top in tops for path in (ROOT / top).rglob("*")]
    naming = {
        path
        for path in files
        if path.suffix != ".pyc" and path.is_file() and beside in path.read_bytes()
    }
    assert {str(path.relative_to(ROOT)) for path in naming} == {".ci/run"}
