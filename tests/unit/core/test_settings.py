"""Settings: TOML in, frozen dataclasses out, and errors that say where, what and which limit."""

import json
from dataclasses import asdict, dataclass, field, fields, is_dataclass, make_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args, get_type_hints

import pytest

from trainer.core.errors import SettingsError
from trainer.core.settings import (
    Bound,
    DisplaySettings,
    Settings,
    build_settings,
    parse_settings,
    read_settings,
)


class Pace(StrEnum):
    SLOW = "slow"
    QUICK = "quick"


@dataclass(frozen=True)
class Part:
    reps: Annotated[int, Bound(1, 50, "reps")]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    force_n: Annotated[float, Bound(0.5, 50.0, "N")] = 1.0
    free: float = 0.0
    count: int = 1
    is_loud: bool = False
    pace: Pace = Pace.SLOW
    title: str = ""
    limit_n: Annotated[float, Bound(1.0, 9.0, "N")] | None = None
    range_n: Annotated[tuple[float, float], Bound(0.0, 10.0)] = (0.0, 1.0)
    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = field(default_factory=dict)
    part: Part = field(default_factory=lambda: Part(3))


def _error(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, Shape, "my.toml")
    return str(caught.value)


def test_an_empty_text_gives_the_defaults() -> None:
    assert parse_settings("", Shape, "my.toml") == Shape()


def test_every_kind_of_value_is_read() -> None:
    text = """
    force_n = 3
    count = 7
    is_loud = true
    pace = "quick"
    title = "Toe curl"
    limit_n = 2.5
    range_n = [1, 2.5]
    part = { reps = 4, names = ["a", "b"] }
    [[parts]]
    reps = 1
    [[parts]]
    reps = 2
    [named.warm-up]
    reps = 5
    """
    read = parse_settings(text, Shape, "my.toml")
    assert read == Shape(
        force_n=3.0,
        count=7,
        is_loud=True,
        pace=Pace.QUICK,
        title="Toe curl",
        limit_n=2.5,
        range_n=(1.0, 2.5),
        part=Part(4, ("a", "b")),
        parts=(Part(1), Part(2)),
        named={"warm-up": Part(5)},
    )
    assert type(read.force_n) is float
    assert read.pace is Pace.QUICK


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("forse_n = 1", "my.toml, line 1: 'forse_n' is an unknown key; did you mean 'force_n'?"),
        ("\n[prat]\nreps = 1", "line 2: 'prat' is an unknown key; did you mean 'part'?"),
        ("[part]\nreps = 1\nrepps = 2", "line 3: 'part.repps' is an unknown key; did you mean"),
        ("zzz = 1", "is an unknown key; known: force_n, free,"),
        ("[[parts]]\nreps = 1\n[[parts]]\nreps = 51", "line 4: 'parts.1.reps' is 51 reps; allowed"),
        ("[[parts]]\nreps = 1\n[[parts]]\n", "line 3: 'parts.1.reps' is missing; add it."),
        ("parts = [{ reps = 1 },\n { reps = 0 }]", "line 1: 'parts.1.reps' is 0 reps"),
        ("[named.x]\nreps = 0", "line 2: 'named.x.reps' is 0 reps; allowed: 1 to 50 reps."),
        ("part = { reps = 1, names = [1] }", "'part.names.0' is 1; expected a text."),
        ("force_n = 0.499999999", "'force_n' is 0.499999999 N; allowed: 0.5 to 50 N. Correct"),
        ("force_n = nan", "is nan N; allowed: 0.5 to 50 N"),
        ("force_n = inf", "is inf N; allowed"),
        ("free = nan", "'free' is nan; allowed: any finite number"),
        ("free = -inf", "'free' is -inf; allowed: any finite number"),
        ("limit_n = 10", "'limit_n' is 10 N; allowed: 1 to 9 N"),
        ("range_n = [1, 11]", "'range_n.1' is 11; allowed: 0 to 10"),
        ("range_n = [1]", "'range_n' has 1 values; expected 2"),
        ("range_n = 1", "'range_n' is 1; expected a list"),
        ("count = true", "'count' is true; expected a whole number"),
        ("force_n = true", "'force_n' is true; expected a number"),
        ("is_loud = 1", "'is_loud' is 1; expected true or false"),
        ("count = 1.0", "'count' is 1; expected a whole number"),
        ("title = 5", "'title' is 5; expected a text"),
        ("title = 2026-01-01", "expected a text"),
        ('pace = "fast"', "'pace' is 'fast'; allowed: 'slow', 'quick'"),
        ("pace = 1", "'pace' is 1; allowed"),
        ("part = 3", "'part' is 3; expected a table"),
        ("named = []", "'named' is []; expected a table"),
        ("parts = { reps = 1 }", "'parts' is {'reps': 1}; expected a list"),
        ("count = \n", "my.toml: not valid TOML: Invalid value (at line 1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line_value_and_limit(text: str, message: str) -> None:
    assert message in _error(text)


@pytest.mark.parametrize("limit", ["0.5", "50", "50.0"])
def test_the_limits_themselves_are_allowed(limit: str) -> None:
    assert parse_settings(f"force_n = {limit}", Shape, "").force_n == float(limit)


@pytest.mark.parametrize(
    "text",
    [
        "free = 1" + "0" * 400,
        "count = 0x" + "f" * 5000,
        "free = " + "9" * 5000,
        "free = " + "[" * 3000 + "]" * 3000,
        "title = " + "[" * 50 + "]" * 50,
    ],
)
def test_an_absurd_value_is_an_error_of_one_short_line(text: str) -> None:
    message = _error(text)
    assert len(message) < 300
    assert "\n" not in message


def test_a_line_of_another_table_is_never_named() -> None:
    text = "[named.a]\nreps = 1\n[named.b]\nreps = 2\n[part]\nreps = 0"
    assert "line 6: 'part.reps'" in _error(text)


@pytest.mark.parametrize("declared", [int | str, bytes])
def test_a_type_that_no_value_fits_is_the_programmers_error(declared: type) -> None:
    wrong = make_dataclass("Wrong", [("field", declared, None)])
    with pytest.raises(TypeError, match="'field' is declared as"):
        parse_settings("field = 1", wrong, "")


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml", Settings) == Settings()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbf[display]\r\nwindow_s = 10\r\n")
    assert read_settings(path, Settings).display.window_s == 10.0


def test_a_file_that_cannot_be_read_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"{tmp_path}: cannot be read .*remove it"):
        read_settings(tmp_path, Settings)
    (tmp_path / "latin.toml").write_bytes(b"title = '\xfc'")
    with pytest.raises(SettingsError, match=r"latin\.toml: cannot be read .*UTF-8"):
        read_settings(tmp_path / "latin.toml", Shape)


def test_the_file_is_named_in_an_error(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[saftey]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=f"{path}, line 1: 'saftey'.*'safety'"):
        read_settings(path, Settings)


def test_settings_kept_in_a_recording_come_back() -> None:
    kept = json.loads(json.dumps(asdict(Settings(display=DisplaySettings(window_s=7.0)))))
    assert build_settings(kept, Settings, "a recording").display.window_s == 7.0
    with pytest.raises(SettingsError, match=r"a recording: 'display\.window_s' is 99 s"):
        build_settings({"display": {"window_s": 99}}, Settings, "a recording")


def test_each_default_keeps_its_own_bound_and_each_number_has_a_unit() -> None:
    _look_through(Settings())


def _look_through(settings: object) -> None:
    assert is_dataclass(settings)
    hints = get_type_hints(type(settings), include_extras=True)
    for declared in fields(settings):
        value = getattr(settings, declared.name)
        if is_dataclass(value):
            _look_through(value)
        elif not isinstance(value, bool | str):
            _, bound = get_args(hints[declared.name])
            assert bound.unit
            assert bound.low <= value <= bound.high
