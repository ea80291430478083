"""Settings: TOML into frozen dataclasses, with bounds, units and 'did you mean'.

A dataclass declares everything: field types, defaults, and for numbers a `Bound` in the annotation.
Nested dataclasses are tables, `tuple[X, ...]` of dataclasses are arrays of tables, `dict[str, X]`
are tables whose keys are ids; `X | None` is an X that may be left out. A number must be finite.
"""

import dataclasses
import difflib
import math
import reprlib
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated, Final, TypeVar, cast

from trainer.core.errors import SettingsError
from trainer.core.tomllines import KeyPath, key_lines

Loaded = TypeVar("Loaded")

_KINDS: Final = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Bound:
    """Inclusive limits of a number, with its unit."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """How holds are told from rest; sources in detect/holds.py."""

    floor_n: Annotated[float, Bound(0.1, 50.0, "N")] = 0.8
    """No excursion below this counts, whatever the noise."""


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """When a session stops or refuses by itself."""

    stale_s: Annotated[float, Bound(0.2, 10.0, "s")] = 1.0
    """Silence after which data are stale: BLE connected but silent for 1 s counts as stalled."""
    stop_after_stale_s: Annotated[float, Bound(1.0, 60.0, "s")] = 10.0
    """Silence after which the session stops."""


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """How often the live recording reaches the disk."""

    flush_s: Annotated[float, Bound(0.1, 1.0, "s")] = 0.5
    """Longest time a packet waits in memory."""
    sync_s: Annotated[float, Bound(1.0, 60.0, "s")] = 5.0
    """How often the operating system is asked to write through, against a power cut."""


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """What the screens show."""

    window_s: Annotated[float, Bound(5.0, 60.0, "s")] = 20.0
    is_fullscreen: bool = False
    language: str = "en"
    """Of what is said and shown: `en`, or the name of a file in trainer/locale."""


@dataclass(frozen=True, slots=True)
class BoxSettings:
    """The foot button, light and buzzer on a Raspberry Pi's pins (pins.toml says which)."""

    is_enabled: bool = False
    """Off until somebody says that they are wired: pins are driven."""
    is_sounding: bool = True
    buzzer_hz: Annotated[int, Bound(0, 5000, "Hz")] = 0
    """Pitch of a bare piezo; 0 for a buzzer that sounds by itself as long as it has power."""
    bounce_s: Annotated[float, Bound(0.005, 0.1, "s")] = 0.03
    """A contact that was open for less has bounced. The first contact is never waited for."""


@dataclass(frozen=True, slots=True)
class CircuitSettings:
    """How a circuit leads its sets: proposals."""

    idle_s: Annotated[float, Bound(10.0, 300.0, "s")] = 30.0
    """Time without a rep, what one takes not counted, after which a set asks whether it is still
    on; after as long again it ends."""


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """The beats and tones that this machine plays itself, where no buzzer does."""

    is_on: bool = True
    volume_pct: Annotated[float, Bound(1.0, 100.0, "%")] = 40.0
    """Of the loudest that its mixer lets through; a terminal's bell knows no volume."""


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """Limits for devices and shoes: proposals, save where a source is named."""

    check_days: Annotated[int, Bound(7, 366, "d")] = 91
    """Between two safety checks: a quarter."""
    least_comfort: Annotated[float, Bound(0.0, 10.0, "of 10")] = 6.0
    """Of 10, for a try-out to be suitable."""
    most_compensated_pct: Annotated[float, Bound(0.0, 100.0, "%")] = 20.0
    """Of the counted reps of a try-out: one in five."""
    ceiling_n: Annotated[float, Bound(20.0, 2000.0, "N")] = 200.0
    """Most force that a device may press into the sole for long: mean and two standard deviations
    of the doming force of healthy feet, 99.96 + 2 x 47.04 N (Ridge 2017)."""
    ceiling_s: Annotated[float, Bound(1.0, 120.0, "s")] = 10.0
    """How long is long."""
    slip_cm: Annotated[float, Bound(0.2, 10.0, "cm")] = 1.0
    """A jump of the centre of pressure from here on is a slip: people who stood on firm ground
    reached 0.98 cm within a minute (docs/compensation.md)."""
    new_user_weeks: Annotated[int, Bound(0, 26, "weeks")] = 4
    """How long a user is new."""
    new_user_peak_pct: Annotated[float, Bound(10.0, 100.0, "%")] = 70.0
    """Of the own maximum: no more in a training set of a new user."""
    new_user_week_s: Annotated[float, Bound(10.0, 2000.0, "s")] = 120.0
    """Impulse of a foot in a week over its own maximum: three sessions of 60 reps of 1.5 s at
    40 % are 108 s."""
    high_stack_mm: Annotated[float, Bound(10.0, 80.0, "mm")] = 30.0
    """From this heel height on a shoe counts as highly cushioned."""
    minimalist_start_min: Annotated[float, Bound(1.0, 120.0, "min")] = 10.0
    """Minutes a week in minimalist shoes or barefoot, in the first week after phase 1."""
    minimalist_step_pct: Annotated[float, Bound(1.0, 50.0, "%")] = 10.0
    """More from one week to the next."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set in settings.toml."""

    detection: DetectionSettings = field(default_factory=DetectionSettings)
    safety: SafetySettings = field(default_factory=SafetySettings)
    recording: RecordingSettings = field(default_factory=RecordingSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)
    box: BoxSettings = field(default_factory=BoxSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    devices: DeviceSettings = field(default_factory=DeviceSettings)
    circuit: CircuitSettings = field(default_factory=CircuitSettings)


def read_settings(path: Path, shape: type[Loaded]) -> Loaded:
    """Return the file's settings as a `shape`; a missing file gives the defaults.

    Raises SettingsError: unreadable, not TOML, unknown key, wrong type, out of bounds.
    """
    try:
        # Windows editors put a byte order mark in front, which TOML does not know.
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return shape()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"{path}: cannot be read ({cause}). Make it a readable UTF-8 text file, or remove it "
            "to use the defaults."
        ) from error
    return parse_settings(text, shape, str(path))


def parse_settings(text: str, shape: type[Loaded], origin: str) -> Loaded:
    """Return TOML text as a `shape`; `origin` names it in messages. Raises SettingsError."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides TOMLDecodeError: a number of thousands of digits, brackets nested too deep.
        raise SettingsError(f"{origin}: not valid TOML: {error}. Correct that line.") from error
    return _build(table, shape, _Place(origin, text, ()))


def build_settings(table: object, shape: type[Loaded], origin: str) -> Loaded:
    """Return a table kept elsewhere (in a recording) as a `shape`. Raises SettingsError."""
    return _build(table, shape, _Place(origin, "", ()))


class KeyFaultError(SettingsError):
    """One key's value cannot be used: `path` says which, for a caller that looks for more."""

    def __init__(self, where: str, path: KeyPath, what: str) -> None:
        super().__init__(f"{where}: '{'.'.join(path)}' {what}")
        self.path = path
        self.what = what


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file a value stands, for messages."""

    origin: str
    text: str
    path: KeyPath

    def below(self, key: str) -> "_Place":
        return _Place(self.origin, self.text, (*self.path, key))

    def error(self, what: str) -> KeyFaultError:
        lines = key_lines(self.text)
        # What has no line of its own stands on that of its list or of the table around it.
        prefixes = (self.path[:end] for end in range(len(self.path), 0, -1))
        line = next((lines[prefix] for prefix in prefixes if prefix in lines), None)
        where = self.origin if line is None else f"{self.origin}, line {line}"
        return KeyFaultError(where, self.path, what)


def _build(table: object, shape: type[Loaded], place: _Place) -> Loaded:
    if not isinstance(table, Mapping):
        raise place.error(f"is {_shown(table)}; expected a table: write it as a [table].")
    hints = typing.get_type_hints(shape, include_extras=True)
    fields = {f.name: f for f in dataclasses.fields(cast("type[typing.Any]", shape))}
    for key in table:
        if key not in fields:
            near = difflib.get_close_matches(str(key), fields, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(fields)}."
            raise place.below(str(key)).error(f"is an unknown key; {hint}")
    values = {
        key: _convert(value, hints[key], None, place.below(key)) for key, value in table.items()
    }
    for name, declared in fields.items():
        is_required = (
            declared.default is dataclasses.MISSING
            and declared.default_factory is dataclasses.MISSING
        )
        if is_required and name not in values:
            raise place.below(name).error("is missing; add it.")
    return shape(**values)


def _convert(value: object, declared: object, outer: Bound | None, place: _Place) -> object:
    hint, bound = _unwrap(declared, outer)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _convert_list(value, inner, bound, place)
    if origin is dict:
        if not isinstance(value, Mapping):
            raise place.error(f"is {_shown(value)}; expected a table: write it as a [table].")
        return {key: _convert(v, inner[1], bound, place.below(key)) for key, v in value.items()}
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return _build(value, hint, place)
        if issubclass(hint, Enum):
            return _convert_enum(value, hint, place)
        if hint in _KINDS:
            return _convert_plain(value, hint, bound, place)
    raise TypeError(f"'{'.'.join(place.path)}' is declared as {declared}, which no TOML value fits")


def _unwrap(hint: object, bound: Bound | None) -> tuple[object, Bound | None]:
    """Return what an annotation declares without its bound and its `| None`."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return _unwrap(inner[0], next((b for b in inner[1:] if isinstance(b, Bound)), bound))
    if origin in {types.UnionType, typing.Union}:
        members = [member for member in inner if member is not types.NoneType]
        if len(members) == 1:
            return _unwrap(members[0], bound)
    return hint, bound


def _convert_list(
    value: object, inner: tuple[object, ...], bound: Bound | None, place: _Place
) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise place.error(f"is {_shown(value)}; expected a list: put [ ] around it.")
    hints = (inner[0],) * len(value) if inner[-1] is Ellipsis else inner
    if len(hints) != len(value):
        raise place.error(f"has {len(value)} values; expected {len(hints)}. Correct the list.")
    pairs = enumerate(zip(value, hints, strict=True))
    return tuple(_convert(v, hint, bound, place.below(str(index))) for index, (v, hint) in pairs)


def _convert_enum(value: object, hint: type[Enum], place: _Place) -> Enum:
    for member in hint:
        if type(value) is type(member.value) and value == member.value:
            return member
    allowed = ", ".join(repr(m.value) for m in hint)
    raise place.error(f"is {_shown(value)}; allowed: {allowed}. Correct the value.")


def _convert_plain(value: object, hint: type, bound: Bound | None, place: _Place) -> object:
    # By `type`, because to isinstance a bool is an int.
    if type(value) is not hint and (hint, type(value)) != (float, int):
        raise place.error(f"is {_shown(value)}; expected {_KINDS[hint]}. Correct the value.")
    if hint not in {int, float}:
        return value
    number = _as_float(value)
    low, high, unit = (bound.low, bound.high, bound.unit) if bound else (-math.inf, math.inf, "")
    if not math.isfinite(number) or not low <= number <= high:
        allowed = f"{low:g} to {high:g} {unit}".strip() if bound else "any finite number"
        found = f"{_shown(value)} {unit}".strip()
        raise place.error(f"is {found}; allowed: {allowed}. Correct the value.")
    return number if hint is float else value


def _as_float(number: object) -> float:
    try:
        return float(cast("float", number))
    except OverflowError:
        return math.inf


def _shown(value: object) -> str:
    """Return a value as TOML writes it, short enough for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{_as_float(value):.15g}"
    return reprlib.repr(value)
