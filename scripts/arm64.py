"""Installs footspring in an arm64 Debian on an emulated processor and tries it: make test-arm64.

`python -m scripts.arm64 bookworm` takes Debian 12 in place of 13. It needs root, and leaves nothing
but build/arm64. Where it cannot run it says so loudly and is content; FOOTSPRING_ARM64=require
makes that a failure.
"""

import argparse
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Final

from scripts.arm64root import KEYS, RELEASES, get_tools, make_root
from scripts.arm64smoke import SmokeError, Try, recording, tries
from scripts.arm64space import Space, run_in_namespaces
from scripts.guestresults import Result, closing, line
from scripts.machine import Machine, SetupError

FOLDER: Final = Path("build/arm64")
PROGRAMS: Final = ("apt-get", "chroot", "dpkg-deb", "mount", "setpriv", "unshare")
CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
SKIPPED: Final = "SKIPPED: nothing was tried on arm64."


def main(words: list[str]) -> int:
    """Try it; return 0 where all passed, or where no arm64 Debian can be had."""
    parser = argparse.ArgumentParser(prog="scripts.arm64", description=__doc__)
    parser.add_argument("release", nargs="?", choices=sorted(RELEASES), default="trixie")
    release = parser.parse_args(words).release
    machine = Machine()
    why = lack(machine, os.geteuid() == 0)
    if why:
        return skip(why, is_required=os.environ.get("FOOTSPRING_ARM64") == "require")
    try:
        results = run(FOLDER.resolve(), release, machine)
    except SetupError as error:
        return skip(str(error), is_required=os.environ.get("FOOTSPRING_ARM64") == "require")
    print(closing(results), flush=True)
    return 0 if all(result.is_passed for result in results) else 1


def lack(machine: Machine, is_root: bool) -> str:  # noqa: FBT001 - its only question
    """Return why it cannot run here; empty where it can."""
    if not is_root:
        return "It needs root: sudo make test-arm64."
    lacking = [name for name in PROGRAMS if not machine.has_program(name)]
    lacking += [str(path) for path in (KEYS,) if not path.is_file()]
    return f"This machine lacks {' '.join(lacking)}." if lacking else ""


def skip(why: str, *, is_required: bool) -> int:
    """Say loudly that nothing was tried; return the exit status."""
    bar = "=" * 78
    print(f"{bar}\n{SKIPPED}\n{why}\n{bar}")
    if is_required:
        print("FOOTSPRING_ARM64=require makes that a failure.")
    print(closing([], skipped=1), flush=True)
    return 1 if is_required else 0


def run(folder: Path, release: str, machine: Machine) -> list[Result]:
    """Make what is needed and try everything; return the results. Raises SetupError."""
    bound = folder / f"{release}-bound"
    shutil.rmtree(bound, ignore_errors=True)
    bound.mkdir(parents=True)
    tools = get_tools(folder / "tools", machine)
    if tools.emulator is not None:
        need_own_formats(folder / "formats.log")
    space = Space(folder / release, tools.emulator, bound)
    took_s = make_root(space, release, tools, folder / f"{release}.log")
    for name, seconds in took_s.items():
        print(f"made    {seconds:5.0f} s  {name}", flush=True)
    wheel = build_wheel(bound, machine)
    shutil.copy(certificates(), bound / "certificates.pem")
    (bound / "pushes.csv").write_text(recording(), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("arm64frame.py"), bound / "frame.py")
    return attempt_all(space, tries(wheel), bound)


def certificates() -> Path:
    """Return whom this machine trusts, its proxy too: the same are trusted inside."""
    return Path(os.environ.get("SSL_CERT_FILE") or CERTIFICATES)


def need_own_formats(log: Path) -> None:
    """Raise SetupError where the kernel has no binary formats for a namespace alone."""
    mount = ["mount", "-t", "binfmt_misc", "none", "/proc/sys/fs/binfmt_misc"]
    with log.open("wb") as target:
        status = run_in_namespaces(mount, target, 60.0)
    if status != 0:
        raise SetupError(
            f"{log.read_text(encoding='utf-8').strip()}\nNo binary format can be set up for this "
            "test alone: that takes Linux 6.7 or newer, and namespaces of users."
        )


def build_wheel(folder: Path, machine: Machine) -> str:
    """Build this checkout's wheel into a folder; return its name. Raises SetupError."""
    words = ["nice", "-n", "10", sys.executable, "-m", "pip", "wheel", ".", "--no-deps"]
    done = machine.run([*words, "--quiet", "--wheel-dir", str(folder)])
    wheels = sorted(folder.glob("footspring-*.whl"))
    if done.status != 0 or not wheels:
        raise SetupError(f"{done.output[-600:]}\nThe wheel of this checkout cannot be built.")
    size_kb = wheels[0].stat().st_size / 1e3
    print(f"{wheels[0].name}: {size_kb:.0f} kB", flush=True)
    return wheels[0].name


def attempt_all(space: Space, wanted: tuple[Try, ...], logs: Path) -> list[Result]:
    """Try one after the other, and print each row as it comes."""
    results: list[Result] = []
    for number, what in enumerate(wanted):
        result = attempt(space, what, logs / f"{number}-{what.name.replace(' ', '-')}.log")
        print(line(result), flush=True)
        results.append(result)
    return results


def attempt(space: Space, what: Try, log: Path) -> Result:
    """Try one command inside; return how it went."""
    began_s = time.monotonic()
    status = space.run(what.words, log, what.longest_s)
    took_s = time.monotonic() - began_s
    text = log.read_text(encoding="utf-8", errors="replace")
    try:
        facts = what.judge(status, text)
    except SmokeError as error:
        return Result(what.name, is_passed=False, took_s=took_s, why=f"{error} (all of it: {log})")
    return Result(what.name, is_passed=True, took_s=took_s, facts=facts)


if __name__ == "__main__":
    # A plea to end takes apart what was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
