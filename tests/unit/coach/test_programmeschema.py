"""The JSON Schema and the parser agree on good and damaged files."""

import tomllib

import jsonschema
import pytest

from tests.unit.coach.programmes import FOLDER, OWN, SHIPPED, faults, shipped_text
from trainer.coach.programmeschema import SCHEMA_FILE, programme_schema, schema_text

CHECK = jsonschema.Draft202012Validator(programme_schema())

DAMAGED = [
    ('title = "Mine"', 'titel = "Mine"'),
    ('title = "Mine"', "title = 3"),
    ('title = "Mine"', 'title = "Mine"\nfrequency_per_week = [2]'),
    ('title = "Mine"', 'title = "Mine"\nfrequency_per_week = [2, 3, 4]'),
    ('title = "Mine"', 'title = "Mine"\nfrequency_per_week = [2, 8]'),
    ('title = "Mine"', 'title = "Mine"\ninclude = "speed"'),
    ('title = "Mine"', 'title = "Mine"\nreassess = { weeks = 0 }'),
    ("format = 1", "format = 2"),
    ("format = 1\n", ""),
    ("session_cap_min = 15", "session_cap_min = 61"),
    ("session_cap_min = 15", "session_cap_min = true"),
    ('led = "clock"', 'led = "clok"'),
    ('led = "clock"', 'led = "clock"\nguard = 1'),
    ('led = "clock"', 'led = "clock"\nunit = "kg"'),
    ('led = "clock"\n', ""),
    ('kind = "foundation"', 'kind = "base"'),
    ('circuit = "evening"\n', ""),
    ('circuit = "evening"', 'circuit = "evening"\nweeks = 27'),
    ('circuit = "evening"', 'circuit = "evening"\ngate = { most_pain = 11 }'),
    ('circuit = "evening"', 'circuit = "evening"\ngate = { pain = 1 }'),
    ('"+5"', "5"),
]


def is_valid(text: str) -> bool:
    return not list(CHECK.iter_errors(tomllib.loads(text)))


def test_the_shipped_schema_is_the_one_of_the_tables() -> None:
    assert (FOLDER.parent / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(programme_schema())


@pytest.mark.parametrize("text", [OWN, *map(shipped_text, SHIPPED)])
def test_what_the_parser_takes_the_schema_takes(text: str) -> None:
    assert faults(text) == ()
    assert is_valid(text)


@pytest.mark.parametrize(("old", "new"), DAMAGED)
def test_what_the_schema_refuses_the_parser_refuses(old: str, new: str) -> None:
    assert old in OWN
    text = OWN.replace(old, new, 1)
    assert not is_valid(text)
    assert faults(text)


def test_steps_in_tables_are_held_to_the_same_limits() -> None:
    table = '[[circuits.evening.steps]]\nexercise = "toe_curl"\n'
    text = OWN.split("sets = [")[0] + table + "reps = 10\n" + OWN[OWN.index("[[phases]]") :]
    assert is_valid(text)
    for key in ("sets = 0", "tempo_s = [1, 31, 1]", "target_pct_mvc = 4", 'block = "warmup"'):
        damaged = text.replace(table, f"{table}{key}\n")
        assert not is_valid(damaged), key
        assert faults(damaged), key
