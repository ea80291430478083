"""What is tried of footspring inside an arm64 Debian, and what each try must show."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Facts = Mapping[str, object]
Judge = Callable[[int, str], Facts]
"""From exit status and output to what is worth telling; raises SmokeError."""

PUSHES: Final = 3
"""In the CSV."""
_RATE_HZ: Final = 80
_REST_S: Final = 2.0
_PUSH_S: Final = 2.0
_ROUNDING: Final = 1e-12
_COLOURS: Final = 20
"""A frame with fewer shows no curve."""
VERSIONS: Final = """
import importlib, importlib.metadata as metadata, json, os, platform, sys
os.environ["BLINKA_OS_AGNOSTIC"] = "1"
for name in ("spidev", "gpiozero", "adafruit_hx711.hx711", "bleak"):
    importlib.import_module(name)
names = ("spidev", "gpiozero", "adafruit-circuitpython-hx711", "bleak", "dbus-fast")
names += ("numpy", "scipy", "PySide6-Essentials", "pyarrow")
# For Python 3.13 nobody has built it but Raspberry Pi OS, whose package Debian lacks.
if sys.version_info < (3, 13):
    importlib.import_module("lgpio")
    names += ("lgpio",)
found = {name: metadata.version(name) for name in names}
print(json.dumps({"machine": platform.machine(), "python": platform.python_version(), **found}))
"""

MATRICES: Final = """
import json, numpy as np
random = np.random.default_rng(1)
left, right = random.standard_normal((100, 4)), random.standard_normal((4, 4))
slow = [[sum(row[k] * right[k, j] for k in range(4)) for j in range(4)] for row in left]
print(json.dumps({"off": float(abs(left @ right - slow).max())}))
"""


class SmokeError(Exception):
    """A try did not show what it must; the message says what it showed."""


@dataclass(frozen=True, slots=True)
class Try:
    """A command inside, and its judge."""

    name: str
    words: tuple[str, ...]
    judge: Judge
    longest_s: float = 600.0


def recording() -> str:
    """Return a CSV of pushes of 40 N, 2 s long, with a sway that no push has."""
    rows = ["t_s,force_n"]
    cycle_s = _REST_S + _PUSH_S
    for index in range(int(_RATE_HZ * (cycle_s * PUSHES + _REST_S))):
        at_s = index / _RATE_HZ
        is_pushed = at_s < cycle_s * PUSHES and at_s % cycle_s > _REST_S
        level_n = 40.0 if is_pushed else 0.0
        rows.append(f"{at_s:.4f},{level_n + 0.1 * math.sin(19 * at_s):.4f}")
    return "\n".join(rows) + "\n"


def last_object(text: str) -> Facts:
    """Return the last JSON object that begins a line. Raises SmokeError."""
    lines = text.splitlines(keepends=True)
    for first in (n for n in reversed(range(len(lines))) if lines[n].startswith("{")):
        try:
            found, _ = json.JSONDecoder().raw_decode("".join(lines[first:]))
        except json.JSONDecodeError:
            continue
        if isinstance(found, dict):
            return found
    raise SmokeError(f"no JSON object in: {text[-300:]}")


def says(word: str) -> Judge:
    """Return a judge that asks for a word in the output."""

    def judge(status: int, text: str) -> Facts:
        _succeeded(status, text)
        if word not in text:
            raise SmokeError(f"'{word}' is not in: {text[-300:]}")
        return {"said": text.splitlines()[0]}

    return judge


def finds_holds(count: int, most: int | None = None) -> Judge:
    """Return a judge that asks for a number of holds in an analysis, up to `most` where given."""
    wanted = range(count, (count if most is None else most) + 1)

    def judge(status: int, text: str) -> Facts:
        _succeeded(status, text)
        found = last_object(text)
        holds = found.get("holds")
        if not isinstance(holds, list) or len(holds) not in wanted:
            raise SmokeError(f"not {count} holds but {holds}")
        return {"holds": len(holds)}

    return judge


def has_samples(status: int, text: str) -> Facts:
    """Judge the doctor: samples must come, whatever it thinks of the machine's speed."""
    if status not in {0, 1}:
        raise SmokeError(f"exit status {status}: {text[-300:]}")
    report = last_object(text)
    verdicts = dict(_verdicts(report.get("findings")))
    if verdicts.get("samples") != "ok":
        raise SmokeError(f"no samples: {verdicts}")
    others = {name: verdict for name, verdict in verdicts.items() if verdict != "ok"}
    return {"verdict": report.get("verdict"), "not ok": others}


def is_arm(status: int, text: str) -> Facts:
    """Judge the imports: they were arm64's."""
    _succeeded(status, text)
    found = last_object(text)
    if found.get("machine") != "aarch64":
        raise SmokeError(f"no arm64 machine: {found}")
    return found


def multiplies(status: int, text: str) -> Facts:
    """Judge a product of matrices: all forces go through one, and an emulator may get it wrong."""
    _succeeded(status, text)
    found = last_object(text)
    off = found.get("off")
    if not isinstance(off, float) or off > _ROUNDING:
        raise SmokeError(f"numpy's product of matrices is wrong here: {found}")
    return found


def is_picture(status: int, text: str) -> Facts:
    """Judge the frame: of the size asked for, and not empty."""
    _succeeded(status, text)
    found = last_object(text)
    colours = found.get("colours")
    if found.get("size") != [800, 480] or not isinstance(colours, int) or colours < _COLOURS:
        raise SmokeError(f"no picture of 800x480 with {_COLOURS} colours: {found}")
    return found


def _succeeded(status: int, text: str) -> None:
    if status != 0:
        raise SmokeError(f"exit status {status}: {text[-600:]}")


def _verdicts(findings: object) -> Iterator[tuple[str, str]]:
    for finding in findings if isinstance(findings, list) else ():
        yield str(finding["id"]), str(finding["verdict"])


def pip(*words: str) -> tuple[str, ...]:
    """Return a command of the environment's pip."""
    options = ("--no-input", "--disable-pip-version-check", "--progress-bar=off")
    return ("/opt/footspring/bin/python", "-m", "pip", *words, *options)


def tries(wheel: str) -> tuple[Try, ...]:
    """Return all tries, in order; the wheel lies in /mnt."""
    simulated = ("--source", "sim", "--json")
    session = ("--speed", "max", "--sets", "1", "--reps", "1", "--skip-mvc", "--screen", "lines")
    # Its holds: the press that is asked for before the set, the rep, and one that was too short.
    python, pi = "/opt/footspring/bin/python", f"footspring[pi] @ file:///mnt/{wheel}"
    return (
        Try("environment", ("python3", "-m", "venv", "/opt/footspring"), _quiet),
        # The wheel is new each time, its version is not.
        Try("old one away", pip("uninstall", "--yes", "footspring")[:-1], _quiet),
        Try("install", pip("install", "--prefer-binary", pi), _installed, 3600.0),
        Try("imports", (python, "-c", VERSIONS), is_arm),
        Try("matrices", (python, "-c", MATRICES), multiplies),
        Try("version", ("footspring", "--version"), says("footspring ")),
        Try("help", ("footspring", "--help"), says("analyse")),
        Try("session", ("footspring", "run", *simulated, *session), finds_holds(2, most=3)),
        Try("analyse", ("footspring", "analyse", "/mnt/pushes.csv", "--json"), finds_holds(PUSHES)),
        Try("doctor", ("footspring", "doctor", *simulated), has_samples),
        Try("dashboard frame", (python, "/mnt/frame.py", "/mnt/frame.png"), is_picture),
    )


def _quiet(status: int, text: str) -> Facts:
    _succeeded(status, text)
    return {}


def _installed(status: int, text: str) -> Facts:
    _succeeded(status, text)
    built = [line.split()[3] for line in text.splitlines() if "Building wheel for" in line]
    return {"built from source": sorted(set(built))}
