"""Boots a box, systemd as process 1, and tries what it must do by itself: make test-systemd.

It needs root and Linux's namespaces, and leaves this machine's files as they are. Where that cannot
be had it says so loudly and is content; FOOTSPRING_SYSTEMD=require makes that a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Final

from tests.box.container import Box
from tests.box.scenarios import SCENARIOS, log
from trainer.app.service import DASHBOARD, RECORDER

INSIDE: Final = "FOOTSPRING_BOX"
"""Set once this program has a view of the mounts of its own."""

FOLDER: Final = Path("build/box")
PROGRAMS: Final = ("unshare", "nsenter", "mount", "runuser", "systemctl")
SYSTEMD: Final = Path("/lib/systemd/systemd")


def main() -> int:
    """Try the scenarios; return 0 where all passed, or where no box can be had."""
    if os.environ.get(INSIDE):
        return in_own_mounts(sys.argv[1:])
    why = lack()
    if why:
        return skip(why)
    words = ("unshare", "--mount", "--propagation", "private", sys.executable, "-m", "scripts.box")
    os.environ[INSIDE] = "1"
    # In place of this program, so that a plea to end reaches it.
    os.execvp(words[0], [*words, *sys.argv[1:]])  # noqa: S606 - fixed words, our own arguments
    raise AssertionError


def lack() -> str:
    """Return why no box can be had here; empty where one can."""
    if os.geteuid() != 0:
        return "It needs root: sudo make test-systemd."
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not SYSTEMD.exists():
        lacking.append(str(SYSTEMD))
    if lacking:
        return f"This machine lacks {' '.join(lacking)}."
    spaces = ("--pid", "--mount", "--net", "--uts", "--ipc", "--cgroup")
    tried = subprocess.run(
        ["unshare", *spaces, "--fork", "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"No namespaces can be had: {tried.stderr.strip()}" if tried.returncode else ""


def skip(why: str) -> int:
    """Say loudly that nothing was tried; return the exit status."""
    is_required = os.environ.get("FOOTSPRING_SYSTEMD") == "require"
    bar = "=" * 78
    print(f"{bar}\nSKIPPED: the box was not booted.\n{why}\n{bar}")
    if is_required:
        print("FOOTSPRING_SYSTEMD=require makes that a failure.")
    print("0 passed, 0 failed, 1 skipped", flush=True)
    return 1 if is_required else 0


def in_own_mounts(only: list[str]) -> int:
    """Boot a box on a memory disk, and try the scenarios one after the other."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER.resolve()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", folder], check=True)
    # A plea to end takes the box apart, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    box = Box(folder, Path(sys.prefix) / "bin" / "footspring")
    passed = failed = 0
    try:
        box.boot()
        for scenario in SCENARIOS[: int(only[0])] if only else SCENARIOS:
            if attempt(box, scenario.__name__, scenario):
                passed += 1
            else:
                failed += 1
    finally:
        box.discard()
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if failed == 0 else 1


def attempt(box: Box, name: str, scenario: object) -> bool:
    """Try one scenario and print its line; return whether it passed."""
    assert callable(scenario)
    words = name.replace("_", " ")
    began_s = time.monotonic()
    try:
        scenario(box)
    except Exception:  # noqa: BLE001 - whatever it is, it is told and the next one is tried
        print(f"FAILED  {words}\n{traceback.format_exc()}{last_words(box)}", flush=True)
        return False
    print(f"passed  {words:<76} {time.monotonic() - began_s:5.0f} s", flush=True)
    return True


def last_words(box: Box) -> str:
    """Return the end of what the services said."""
    lines: list[str] = []
    for unit in (RECORDER, DASHBOARD):
        if box.path(f"/var/log/{unit}.log").exists():
            lines += [f"The last words of {unit}:", *log(box, unit).splitlines()[-15:]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
