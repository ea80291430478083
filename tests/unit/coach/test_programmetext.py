"""Programmes from TOML: all that is wrong in one go, each with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.coach.programmes import OWN, faults, foundation, line_of, own, shipped_text
from trainer.coach.programme import Sides, Step, Tempo
from trainer.coach.programmetext import MOST_LETTERS, parse_programme
from trainer.coach.rung import rung_circuit

TABLES = """
[circuits.evening]
title = "Evening"
include = ["warm_up", "cooldown"]

[[circuits.evening.steps]]
exercise = "toe_curl"
sets = 2
reps = 10
tempo_s = [1, 0.5, 1]
rest_s = 25
target_pct_mvc = 40
side = "alternate"

[[circuits.evening.steps]]
exercise = "marbles"
sets = 2
duration_s = 30
rest_s = 30
"""


def with_tables() -> str:
    before, rest = OWN.split("[circuits.evening]")
    return before + TABLES + "[[phases]]" + rest.split("[[phases]]", 1)[1]


def test_a_small_programme_takes_exercises_and_roles_from_the_shipped_one() -> None:
    found = own()
    assert found.drills["toe_curl"] == foundation().drills["toe_curl"]
    assert found.drills["marbles"].substitute == "toe_curl"
    assert found.circuits["baseline"] == foundation().circuits["baseline"]
    assert {found.activation, found.travel, found.standard_set} <= found.circuits.keys()
    assert "speed" not in found.circuits
    work = found.circuits["evening"].steps[5:7]
    assert work[0] == Step("toe_curl", 2, 10, tempo=Tempo(1, 0.5, 1), rest_s=25, target_pct_mvc=40)
    assert (work[1].duration_s, work[1].sides) == (30, Sides.ALTERNATE)


def test_tables_and_lines_say_the_same() -> None:
    found = parse_programme(with_tables(), "mine.toml", foundation())
    assert found.circuits["evening"] == own().circuits["evening"]


def test_shipped_circuits_are_included_by_id() -> None:
    found = own('title = "Mine"', 'title = "Mine"\ninclude = ["speed"]')
    assert found.circuits["speed"] == foundation().circuits["speed"]
    assert "reactive_press" in found.drills
    assert rung_circuit(found, "more").steps[5].target_pct_mvc == 45


FAULTS = [
    ('title = "Mine"', 'titel = "Mine"', "titel", "did you mean 'title'?"),
    ("format = 1", "format = 2", "format = 2", "allowed: 1 to 1"),
    ("session_cap_min = 15", "session_cap_min = 900", "session_cap_min", "allowed: 3 to 60 min"),
    ("session_cap_min = 15", "frequency_per_week = [3, 2]", "frequency", "smaller number first"),
    ("session_cap_min = 15", "frequency_per_week = [3]", "frequency", "expected 2"),
    ('led = "clock"', 'led = "clok"', "led =", "allowed: 'reps'"),
    ('led = "clock"\n', "", "[exercises.marbles]", "'exercises.marbles.led' is missing"),
    ('"toe_curl"', '"toe_crl"', "substitute", "did you mean 'toe_curl'?"),
    ('"toe_curl"', '"marbles"', "substitute", "circle: marbles -> marbles"),
    ("marbles]", "Marbles]", "[exercises.Marbles]", "is no id"),
    ("x10 toe_curl", "x10 toe_crul", "x10", "no such exercise; did you mean 'toe_curl'?"),
    ("x10 toe_curl", "x10 toe_curl fast", "x10", "not understood"),
    ("@40%", "@101%", "x10", "target_pct_mvc 101 %; allowed: 5 to 100 %"),
    ("@40%", "@4%", "x10", "target_pct_mvc 4 %; allowed: 5 to 100 %"),
    ("@40%", "@40% @50%bw", "x10", "keep one of the two"),
    ("@40%", "@40% with spoon", "x10", "has device 'spoon'"),
    ("@40%", "@40% on ice", "x10", "has surface 'ice'"),
    ("2x30s marbles", "2x30s marbles @40%", "marbles @", "no force is measured"),
    ("2x30s marbles", "2x0s marbles", "2x0s", "exactly one of the two"),
    ("2x30s marbles", "2x601s marbles", "2x601s", "allowed: 0 to 600 s"),
    ("2x30s marbles", "2x1s marbles", "2x1s", "sets of 1 s"),
    ("2x30s marbles", "2x30s marbles hold 31s", "hold", "shorten the hold"),
    ("2x30s marbles", "2x3 single_leg_balance", "2x3", "done for a time"),
    ("2x30s marbles", "9x30s marbles", "[circuits.evening]", "the cap is 15 min"),
    ("1-0.5-1", "0-0.1-0", "0-0.1-0", "reps of 0.1 s"),
    ('"warm_up", ', "", "[circuits.evening]", "warm-up of 0.0 min; allowed: 5 to 7 min"),
    ('"warm_up", ', '"warm_up", "warm_up", ', "[circuits.evening]", "warm-up of 10.1 min"),
    (', "cooldown"', "", "[circuits.evening]", "has no cooldown"),
    ('"warm_up"', '"warmup"', "include", "did you mean 'warm_up'?"),
    ('"warm_up"', '"evening"', "include", "circle: evening -> evening"),
    ('circuit = "evening"', 'circuit = "evenin"', 'circuit = "evenin"', "did you mean 'evening'?"),
    ('circuit = "evening"', 'circuit = "travel"', '"travel"', "needs a training circuit"),
    ('"+5"', '"+61"', '"+61"', "leads to a circuit that cannot be: it toe_curl has target"),
    ('"+5"', '"much"', '"much"', "cannot be laid over circuit evening"),
    ('"+5"', '"+0"', '"+0"', "changes nothing"),
    ("_pct_mvc =", "_pct =", "target_pct", "is no field of a step"),
    ('"+5"', '"+5", reps = "+1"', '"+5"', "exactly one thing"),
    ('id = "more"', 'id = "start"', "", "a second time"),
    ('title = "Marbles"', 'title = "Mar\\u0007bles"', "Mar", "cannot be shown"),
    ('kind = "foundation"', 'kind = "base"', "kind", "allowed: 'foundation', 'power'"),
]


@pytest.mark.parametrize(("old", "new", "part", "said"), FAULTS)
def test_each_fault_is_told_with_its_line(old: str, new: str, part: str, said: str) -> None:
    assert old in OWN
    text = OWN.replace(old, new, 1)
    found = faults(text)
    told = [one for one in found if said in one]
    assert told, found
    if part:
        assert any(f"mine.toml, line {line_of(text, part)}:" in one for one in told), told


def test_every_fault_is_told_in_one_go_in_the_order_of_the_lines() -> None:
    text = OWN
    for old, new in (
        ('title = "Mine"', "title = 3"),
        ('how = "Pick', 'hwo = "Pick'),
        ("@40%", "@400%"),
        ("rest 30s", "rest 30"),
        ("weeks", "weeks"),
        ('"+5"', '"+5", sets = "+1"'),
        ('kind = "foundation"', 'kind = "none"'),
    ):
        text = text.replace(old, new, 1)
    found = faults(text)
    said = " ".join(found)
    for part in ("'title' is 3", "hwo", "how' is missing", "400", "'rest 30'", "two", "kind' is"):
        assert part in said, (part, found)
    lines = [int(one.split("line ")[1].split(":")[0]) for one in found if "line " in one]
    assert lines == sorted(lines)
    assert len(found) >= 7


def test_a_stand_in_brings_no_fault_of_its_own() -> None:
    found = faults(OWN.replace('circuit = "evening"', "circuit = 7", 1))
    assert len(found) == 1, found
    assert "'phases.0.steps.0.circuit' is 7" in found[0]


def test_circles_of_substitutes_and_of_includes_end() -> None:
    text = OWN.replace('"toe_curl"', '"sand"', 1) + (
        '[exercises.sand]\ntitle = "Sand"\nhow = "Dig."\nled = "clock"\nsubstitute = "marbles"\n'
        '[parts.a]\ninclude = ["b"]\n[parts.b]\ninclude = ["a"]\n'
    )
    said = " ".join(faults(text))
    assert "marbles -> sand -> marbles" in said
    assert "a -> b -> a" in said


def test_steps_and_sets_do_not_stand_side_by_side() -> None:
    text = OWN.replace(
        "[[phases]]", '[[circuits.evening.steps]]\nexercise = "toe_curl"\n\n[[phases]]'
    )
    assert any("stands beside steps" in one for one in faults(text))


def test_a_phase_begins_with_one_change_too() -> None:
    text = OWN + (
        '[[phases]]\nid = "two"\ntitle = "Two"\nkind = "power"\n'
        '[[phases.steps]]\nid = "last"\ncircuit = "evening"\nchange = { rest_s = "+5" }\n'
    )
    assert any("rest_s and target_pct_mvc against the rung below" in f for f in faults(text))


def test_a_baseline_needs_the_version_of_its_protocol() -> None:
    text = shipped_text().replace("protocol_version = 1\n", "", 1)
    assert any("circuits.baseline.protocol_version' is missing" in one for one in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * (MOST_LETTERS + 1),
        "\x00\x01\x1b[2J",
        "a = " + "[" * 5000,
        "format = " + "9" * 5000,
        "circuits = 3\nexercises = []\nphases = {}\nparts = 1\nreassess = false",
        "[circuits]\na = 1\n[exercises]\nb = 2\n[[phases]]\nsteps = 3",
        'include = [1, 2]\n"\\u001b[2J" = 1',
        "\n".join(f"k{n} = 1" for n in range(5000)),
    ],
    ids=range(9),
)
def test_nonsense_is_refused_in_short_printable_lines(text: str) -> None:
    found = faults(text)
    assert 0 < len(found) <= 100
    assert all(one.isprintable() and len(one) <= 1000 for one in found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_text_with_a_piece_cut_out_is_a_programme_or_has_faults(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(OWN)))
    size = data.draw(st.integers(1, 40))
    for one in faults(OWN[:start] + OWN[start + size :]):
        assert one.startswith("mine.toml")
