"""Settings: TOML into frozen dataclasses, with bounds, units and 'did you mean'.

A dataclass declares everything: field types, defaults, and for numbers a `Bound` in the annotation.
Nested dataclasses are tables, `tuple[X, ...]` of dataclasses are arrays of tables, `dict[str, X]`
are tables whose keys are ids.
"""

import dataclasses
import difflib
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated, TypeVar, cast

from trainer.core.errors import SettingsError

Loaded = TypeVar("Loaded")


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


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set in settings.toml."""

    detection: DetectionSettings = field(default_factory=DetectionSettings)
    safety: SafetySettings = field(default_factory=SafetySettings)
    recording: RecordingSettings = field(default_factory=RecordingSettings)
    display: DisplaySettings = field(default_factory=DisplaySettings)


def read_settings(path: Path, shape: type[Loaded]) -> Loaded:
    """Return the file's settings as a `shape`; a missing file gives the defaults.

    Raises SettingsError: unreadable, not TOML, unknown key, wrong type, out of bounds.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return shape()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: cannot be read ({error}). Make it a readable UTF-8 text file, or remove it "
            "to use the defaults."
        ) from error
    return parse_settings(text, shape, str(path))


def parse_settings(text: str, shape: type[Loaded], origin: str) -> Loaded:
    """Return TOML text as a `shape`; `origin` names it in messages. Raises SettingsError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{origin}: not valid TOML: {error}. Correct that line.") from error
    return _build(table, shape, _Place(origin, text, ""))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file a value stands, for messages."""

    origin: str
    text: str
    path: str

    def below(self, key: str) -> "_Place":
        return _Place(self.origin, self.text, f"{self.path}.{key}" if self.path else key)

    def name(self) -> str:
        key = self.path.rsplit(".", 1)[-1]
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.strip().startswith((f"{key} ", f"{key}=", f"[{self.path}]")):
                return f"{self.origin}, line {number}: '{self.path}'"
        return f"{self.origin}: '{self.path}'"

    def error(self, what: str) -> SettingsError:
        return SettingsError(f"{self.name()}: {what}")


def _build(table: object, shape: type[Loaded], place: _Place) -> Loaded:
    if not isinstance(table, Mapping):
        raise place.error(f"expected a table of settings, found {table!r}. Write it as a [table].")
    hints = typing.get_type_hints(shape, include_extras=True)
    fields = {f.name: f for f in dataclasses.fields(cast("type[typing.Any]", shape))}
    for key in table:
        if key not in fields:
            near = difflib.get_close_matches(str(key), fields, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(fields)}."
            raise place.below(str(key)).error(f"unknown key; {hint}")
    values = {
        key: _convert(value, hints[key], place.below(key)) for key, value in table.items()
    }
    for name, declared in fields.items():
        is_required = (
            declared.default is dataclasses.MISSING
            and declared.default_factory is dataclasses.MISSING
        )
        if is_required and name not in values:
            raise place.below(name).error("missing; add it.")
    return shape(**values)


def _convert(value: object, hint: object, place: _Place) -> object:  # noqa: PLR0911 - one per type
    bound: Bound | None = None
    if typing.get_origin(hint) is Annotated:
        hint, *extras = typing.get_args(hint)
        bound = next((e for e in extras if isinstance(e, Bound)), None)
    origin = typing.get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return _convert(value, Annotated[inner, bound] if bound else inner, place)
    if origin is tuple:
        if not isinstance(value, list):
            raise place.error(f"expected a list, found {value!r}.")
        inner = typing.get_args(hint)[0]
        return tuple(_convert(v, inner, place.below(str(i))) for i, v in enumerate(value))
    if origin is dict:
        if not isinstance(value, Mapping):
            raise place.error(f"expected tables, found {value!r}.")
        inner = typing.get_args(hint)[1]
        return {str(k): _convert(v, inner, place.below(str(k))) for k, v in value.items()}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _build(value, hint, place)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _convert_enum(value, hint, place)
    return _convert_plain(value, hint, bound, place)


def _convert_enum(value: object, hint: type[Enum], place: _Place) -> Enum:
    for member in hint:
        if member.value == value:
            return member
    allowed = ", ".join(repr(m.value) for m in hint)
    raise place.error(f"is {value!r}; allowed: {allowed}.")


def _convert_plain(value: object, hint: object, bound: Bound | None, place: _Place) -> object:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(hint, type) or type(value) is not hint:
        kind = getattr(hint, "__name__", str(hint))
        raise place.error(f"is {value!r}; expected a {kind}. Correct the value.")
    if bound is not None and isinstance(value, int | float):
        if not bound.low <= value <= bound.high:
            unit = f" {bound.unit}" if bound.unit else ""
            raise place.error(
                f"is {value:g}{unit}; allowed: {bound.low:g} to {bound.high:g}{unit}. "
                "Correct the value."
            )
    return value
