"""Sets up a checkout: system packages, .venv, Python packages, and a look whether Qt loads.

Run by `make setup` through setup.sh with the Python that the environment is to have. A stamp
in .venv says what it was made from, so that a second call only looks.
"""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.libraries import not_found
from scripts.machine import Machine, SetupError
from scripts.system import Lacking, find_lacking, provide

PLUGINS: Final = ("libqoffscreen.so", "libqxcb.so", "libqwayland*.so")
"""Qt's ways to a picture that we use: none, X11, Wayland."""

_LOAD_QT: Final = (
    "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'; "
    "from PySide6.QtWidgets import QApplication; QApplication([])"
)
_WIDTH: Final = 78
_QUIET_S: Final = 15.0
"""Without a terminal, a line of progress comes this often."""


def main() -> int:
    """Set up the checkout in the current folder; return the exit status."""
    try:
        set_up(Path.cwd(), Machine())
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. make setup goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(root: Path, machine: Machine) -> None:
    """Make `.venv` under a checkout, or leave it where it is up to date. Raises SetupError."""
    venv = root / ".venv"
    is_ready = is_up_to_date(root, machine)
    lacking = find_lacking(machine)
    if is_ready and not lacking.essential:
        return
    provide(lacking, machine)
    if not is_ready:
        make_environment(venv, machine)
        install_packages(root, machine)
    check_qt(venv, machine, lacking)
    stamp_file(venv).write_text(stamp(root), encoding="utf-8")
    print("Set up: .venv/bin/footspring --help", flush=True)


def stamp_file(venv: Path) -> Path:
    """Return the file that says from what an environment was made."""
    return venv / ".set-up-from"


def stamp(root: Path) -> str:
    """Return what an environment of this checkout is made from: declaration and place."""
    digest = hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()
    # An environment holds absolute paths: a moved checkout needs a new one.
    return f"pyproject.toml {digest}\n{root.resolve()}\n"


def is_up_to_date(root: Path, machine: Machine) -> bool:
    """Return whether the environment was made from this declaration, here, and still runs."""
    venv = root / ".venv"
    try:
        found = stamp_file(venv).read_text(encoding="utf-8")
    except OSError:
        return False
    return (
        found == stamp(root)
        and (venv / "bin" / "footspring").is_file()
        and machine.run([str(venv / "bin" / "python"), "-c", ""]).status == 0
    )


def make_environment(venv: Path, machine: Machine) -> None:
    """Make the environment, or keep one that runs this Python. Raises SetupError."""
    version = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    python = venv / "bin" / "python"
    needed = (["-m", "pip", "--version"], ["-c", version])
    if all(machine.run([str(python), *words]).status == 0 for words in needed):
        return
    if venv.exists():
        if not (venv / "pyvenv.cfg").is_file() and any(venv.iterdir()):
            raise SetupError(f"{venv} is no Python environment: move it away, then run make setup.")
        shutil.rmtree(venv)
    print(f"Making .venv with Python {sys.version.split()[0]}", flush=True)
    done = machine.run([sys.executable, "-m", "venv", str(venv)])
    if done.status != 0:
        raise SetupError(f"{done.output.strip()}\n{venv} could not be made; see the lines above.")


def install_packages(
    root: Path, machine: Machine, wait: Callable[[float], None] = time.sleep
) -> None:
    """Install the project, editable, with all it needs. Raises SetupError naming the log."""
    log = root / ".venv" / "set-up.log"
    # A Pi would compile for hours where only an older version comes built.
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--prefer-binary"]
    command = [str(root / ".venv" / "bin" / "python"), "-m", "pip", "install", *options]
    running = machine.start([*command, "--editable", f"{root}[dev]"], log)
    started_s = time.monotonic()
    said_s = started_s
    is_live = sys.stdout.isatty()
    while (status := running.poll()) is None:
        now_s = time.monotonic()
        if is_live or now_s - said_s >= _QUIET_S:
            said_s = now_s
            _say(
                f"Installing Python packages, {now_s - started_s:.0f} s: {_doing(log)}",
                is_live=is_live,
            )
        wait(0.5)
    if is_live:
        _say("", is_live=True)
    if status != 0:
        raise SetupError(
            f"{_last_error(log)}\npip could not install the packages; all it said is in {log}. "
            "Is the network there and the disk not full? Then run make setup again."
        )


def check_qt(venv: Path, machine: Machine, already_said: Lacking) -> None:
    """Look whether Qt loads and its plugins find their libraries. Raises SetupError."""
    folders = venv.glob("lib/python*/site-packages/PySide6/Qt/plugins/platforms")
    plugins = [path for folder in folders for name in PLUGINS for path in folder.glob(name)]
    seen = not_found(machine.run(["ldd", *map(str, sorted(plugins))]).output)
    lacking = find_lacking(machine, seen)
    if lacking != already_said:
        provide(lacking, machine)
    done = machine.run([str(venv / "bin" / "python"), "-c", _LOAD_QT])
    if done.status != 0:
        raise SetupError(
            f"{done.output.strip()}\nQt does not load; the line above names what it misses. "
            "Install that, then run make setup again."
        )


def _say(line: str, *, is_live: bool) -> None:
    short = line[:_WIDTH]
    print(f"\r{short:{_WIDTH}}\r" if is_live else short, end="" if is_live else "\n", flush=True)


def _doing(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1].strip() if lines else "starting"


def _last_error(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line for line in reversed(lines) if line.startswith("ERROR")), "pip failed")


if __name__ == "__main__":
    sys.exit(main())
