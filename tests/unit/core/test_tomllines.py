"""The scanner that finds lines: it must agree with the parser on what keys there are."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.tomllines import KeyPath, key_lines

TEXT = '''\
# a comment = 1
title = "x" # = y

[safety]
stale_s = 1.0
"quoted key" = 'single'
inline = { deep = 1, [1][0] = 2 }
[ a . "b.c" ]
list = [
    1, # ] no end
    "]",
    [2, 3],
]
last.dotted.key = 4
[[sets]]
reps = 1
text = """
reps = 99
[not.a.table]
"""
[[sets.parts]]
name = \'\'\'
[[sets]] \'\'\'
[[sets.parts]]
name = "b"
[sets.extra]
on = true
[[sets]]
reps = 2
'''.replace(", [1][0] = 2", "")


def test_every_key_is_found_on_its_line() -> None:
    lines = TEXT.splitlines()
    found = key_lines(TEXT)
    assert found[("title",)] == 2
    assert found[("safety",)] == 4
    assert found[("safety", "stale_s")] == 5
    assert found[("safety", "quoted key")] == 6
    assert found[("a", "b.c", "list")] == 9
    assert found[("a", "b.c", "last")] == 14
    assert found[("a", "b.c", "last", "dotted", "key")] == 14
    assert lines[found[("sets", "0", "reps")] - 1] == "reps = 1"
    assert lines[found[("sets", "1", "reps")] - 1] == "reps = 2"
    assert lines[found[("sets", "0", "parts", "1", "name")] - 1] == 'name = "b"'
    assert lines[found[("sets", "0", "extra", "on")] - 1] == "on = true"


def test_what_stands_inside_texts_and_lists_is_no_key() -> None:
    known = {key for path in _paths(tomllib.loads(TEXT)) for key in path}
    assert {key for path in key_lines(TEXT) for key in path} <= known


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment", "a = 1", "[t]", "[[t]]", "a='''x'''"]
)
def test_a_text_may_be_short(text: str) -> None:
    assert set(key_lines(text)) == set(_paths(tomllib.loads(text)))


@pytest.mark.parametrize("text", ["= 1", "[", "a = [[", "a.b", 'x = "'])
def test_a_text_that_is_no_toml_ends_the_walk(text: str) -> None:
    assert isinstance(key_lines(text), dict)


_VALUE = st.sampled_from(
    ["1", '"#"', '"\\""', "'['", '"""\na = 1\n"""', "'''\n[b]'''", "[1,\n2 # ]\n]", "{ a = '}' }"]
)
_STATEMENT = st.tuples(st.sampled_from(["[[s]]", "[[s.t]]", "key", "dotted.key"]), _VALUE)


@given(st.lists(_STATEMENT, max_size=15))
def test_each_statement_is_found_on_the_line_it_was_written_to(
    statements: list[tuple[str, str]],
) -> None:
    text = ""
    table: KeyPath = ()
    expected: dict[KeyPath, int] = {}
    outer = inner = -1
    for index, (head, value) in enumerate(statements):
        line = text.count("\n") + 1
        if head == "[[s]]" or (head == "[[s.t]]" and outer < 0):
            outer, inner, table = outer + 1, -1, ("s", str(outer + 1))
            text += "  [[ s ]] # an element\n\n"
        elif head == "[[s.t]]":
            inner, table = inner + 1, ("s", str(outer), "t", str(inner + 1))
            text += f"{head}\n"
        else:
            table_of_key = (*table, "dotted", f"k{index}") if "." in head else (*table, f"k{index}")
            text += f"{head.replace('key', f'k{index}')} = {value} # end\n"
            expected[table_of_key] = line
            continue
        expected[table] = line
    tomllib.loads(text)
    found = key_lines(text)
    assert {path: found.get(path) for path in expected} == expected


def _paths(value: object, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(value, dict):
        inside = [(str(key), below) for key, below in value.items()]
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        inside = [(str(index), below) for index, below in enumerate(value)]
    else:
        inside = []
    own = [path] if path else []
    return own + [found for key, below in inside for found in _paths(below, (*path, key))]
