"""`footspring programme`: each of its parts, as a person calls it."""

import json

import pytest

from tests.route.rig import Home


def test_programmes_are_listed_and_shown(home: Home) -> None:
    said = home.run("programme", "list")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0] == "foundation: Foundation and power (shipped)"
    listed = json.loads(home.say("programme", "list", "--json").out)
    assert {"endurance", "hypertrophy", "integration"} <= {row["id"] for row in listed}
    shown = home.say("programme", "show", "endurance")
    assert shown.status == 0
    assert "# Sources: " in shown.out


def test_explain_gives_minutes_of_sessions_blocks_and_rungs(home: Home) -> None:
    said = home.say("programme", "explain")
    assert (said.status, said.err) == (0, "")
    assert (
        "baseline: Baseline (baseline), 16.7 min = warm-up 5.0 + work 10.2 + cooldown 1.5"
        in said.out
    )
    assert "2. standard_form: standard; at least 1 week" in said.out
    found = home.say("programme", "explain", "foundation", "--json").found
    assert [rung["id"] for rung in found["rungs"]][:2] == ["first_steps", "standard_form"]
    assert all(rung["minutes"] <= found["cap_min"] for rung in found["rungs"])


def test_a_new_programme_passes_and_a_damaged_one_is_told_line_by_line(home: Home) -> None:
    path = home.root / "spring.toml"
    made = home.say("programme", "new", path, "--goal", "power")
    assert (made.status, made.err) == (0, "")
    good = home.say("programme", "validate", path)
    assert (good.status, good.out) == (0, f"{path}: no fault\n")
    text = path.read_text(encoding="utf-8")
    damaged = text.replace("goal =", "gaol =").replace("@50%", "@500%")
    path.write_text(damaged, encoding="utf-8")
    bad = home.say("programme", "validate", path)
    assert bad.status == 1
    lines = bad.out.splitlines()
    assert len(lines) == 3
    assert "unknown key; did you mean 'goal'?" in lines[0]
    assert "allowed: 5 to 100 %" in lines[1]
    assert lines[2] == f"{path}: 2 faults"
    assert len(home.say("programme", "validate", path, "--json").found["faults"]) == 2
    explained = home.say("programme", "explain", path)
    assert explained.status == 1
    assert explained.err.startswith(f"footspring: {path}, line ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("validate", "nowhere.toml"), "no such file"),
        (("show", "nothing"), "Choose one of: foundation"),
        (("exercise", "toe_crul"), "Did you mean 'toe_curl'?"),
        (("new", "x.txt"), "ends in .toml"),
        (("explain", "\x1b[2J"), "there is none"),
        ((), "required: WHAT"),
        (("validate",), "required: FILE"),
    ],
)
def test_wrong_use_exits_with_2(arguments: tuple[str, ...], said: str, home: Home) -> None:
    found = home.say("programme", *arguments)
    assert found.status == 2
    assert said in found.err
    assert "\x1b" not in found.err


def test_ten_megabytes_of_nonsense_and_control_characters_are_refused(home: Home) -> None:
    path = home.root / "large.toml"
    path.write_bytes(b"[[" * 5_000_000)
    assert "10000000 bytes" in home.say("programme", "validate", path).err
    path.write_bytes(b'title = "\x1b[2J\x07"\n')
    found = home.say("programme", "validate", path)
    assert found.status == 1
    assert "not valid TOML" in found.out
    assert "\x1b" not in found.out + home.say("programme", "show", path).out


def test_an_exercise_says_how_and_where_its_picture_lies(home: Home) -> None:
    said = home.say("programme", "exercise", "short_foot")
    assert said.status == 0
    assert "arch rises" in said.out
    assert "short_foot.svg" in said.out
    found = home.say("programme", "exercise", "arch_squeeze", "--json").found
    assert found["substitute"] == "short_foot"
    assert found["picture"].endswith(".svg")


def test_the_schema_is_printed(home: Home) -> None:
    assert home.say("programme", "schema").found["properties"]["format"]["maximum"] == 1
