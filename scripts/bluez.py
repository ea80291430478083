"""Runs the Bluetooth source on the real BlueZ and kernel of Debian, in a guest: make test-bluez.

Where no guest can be had (no Debian on x86_64, no way to install qemu) it says so loudly and is
content; FOOTSPRING_BLUEZ=require makes that a failure. KVM=1 uses the processor's own help, which
is faster and, in some virtual machines, hangs. Names of scenarios behind the command run these
alone.
"""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from scripts.guest import Guest, prepare, start_archive
from scripts.guestresults import Run, closing, line
from scripts.machine import Machine, SetupError
from tests.bluez.attempt import Files, attempt
from tests.bluez.channel import Said

CAP_S: Final = 300.0
"""Of one attempt."""
FOLDER: Final = Path("build/guest")
_INIT: Final = Path("tests/bluez/guest/init.sh")
_CONSOLE: Final = Path("build/guest/console.log")
_BYTECODE: Final = Path("build/guest/bytecode")
_MAIN: Final = "tests.bluez.guest.main"
_TAIL: Final = 25


def main(scenarios: Sequence[str] = ()) -> int:
    """Run the scenarios; return 0 where all passed, or where no guest can be had."""
    try:
        guest = prepare(FOLDER.resolve(), Machine())
    except SetupError as error:
        return skip(str(error), is_required=os.environ.get("FOOTSPRING_BLUEZ") == "require")
    # It wonders at advertisements that the virtual radio makes by itself.
    logging.getLogger("bumble").setLevel(logging.ERROR)
    accelerator = "kvm" if os.environ.get("KVM") == "1" else "tcg,thread=multi"
    run = run_guest(guest, accelerator, scenarios)
    if not run.is_passed:
        print("Not all passed: once more, for the machine may have been too busy.", flush=True)
        run = run_guest(guest, accelerator, scenarios)
    print(closing(run.results), flush=True)
    return 0 if run.is_passed else 1


def skip(why: str, *, is_required: bool) -> int:
    """Say loudly that nothing was tested; return the exit status."""
    bar = "=" * 78
    print(f"{bar}\nSKIPPED: the Bluetooth tests on real BlueZ did not run.\n{why}\n{bar}")
    if is_required:
        print("FOOTSPRING_BLUEZ=require makes that a failure.")
    print(closing([], skipped=1), flush=True)
    return 1 if is_required else 0


def compile_ahead(folder: Path) -> Path:
    """Have all that the guest imports compiled, which takes the guest ten times as long."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # A module that does not compile or import is for the guest to report.
    subprocess.run([sys.executable, "-c", f"import {_MAIN}"], env=environment, check=False)
    return folder


def run_guest(guest: Guest, accelerator: str, scenarios: Sequence[str]) -> Run:
    """Run the guest once; return what it told."""
    run = Run()
    checkout = str(Path.cwd())
    settings = {
        "CHECKOUT": checkout,
        "PACKAGES": str(guest.root),
        "PYTHON": sys.executable,
        "SCENARIOS": " ".join(scenarios),
        "BYTECODE": str(compile_ahead(_BYTECODE.resolve())),
    }
    archive = start_archive(guest, _INIT.read_bytes(), settings)
    began_s = time.monotonic()

    def take(said: Said) -> None:
        result = run.add(said["result"])
        if result is not None:
            print(line(result), flush=True)

    try:
        asyncio.run(_endable(Files(guest.kernel, archive, _CONSOLE), accelerator, take))
    except TimeoutError:
        print(f"The guest did not end within {CAP_S:.0f} s.", flush=True)
    print(f"The guest ran for {time.monotonic() - began_s:.0f} s.", flush=True)
    if not run.is_whole:
        print(f"It did not come to its end; the last of {_CONSOLE}:\n{_tail()}", flush=True)
    return run


async def _endable(files: Files, accelerator: str, take: Callable[[Said], None]) -> None:
    """Make a plea to end (SIGTERM) end all that was started, as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await attempt(files, accelerator, CAP_S, take)


def _tail() -> str:
    lines = _CONSOLE.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-_TAIL:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
