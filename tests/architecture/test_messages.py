"""What messages and pages tell a person to type exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.route import ROOT

_NAME = re.compile(r'^NAME = "([a-z-]+)"$', re.MULTILINE)
_COMMANDS = {
    name
    for path in (ROOT / "trainer" / "cli").glob("*.py")
    for name in _NAME.findall(path.read_text(encoding="utf-8"))
}


def _pages() -> Iterator[Path]:
    for pattern in ("*.md", "trainer/**/*.py", "trainer/**/*.html", "scripts/*.py", "docs/*.md"):
        yield from ROOT.glob(pattern)


def _named(program: str) -> Iterator[tuple[str, str]]:
    for path in _pages():
        for word in re.findall(rf"`{program} ([a-z][a-z-]*)", path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), word


def test_every_command_that_is_named_exists() -> None:
    named = list(_named("footspring"))
    assert named, "no page names a command: the pattern fits no more"
    assert [(page, word) for page, word in named if word not in _COMMANDS] == []


def test_every_make_target_that_is_named_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = list(_named("make"))
    assert named, "no page names a target: the pattern fits no more"
    assert [(page, word) for page, word in named if f"\n{word}: " not in text] == []
