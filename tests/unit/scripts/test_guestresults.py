"""What the guest tells, as table and closing line."""

import pytest

from scripts.guestresults import Result, ResultError, Run, closing, line

PASSED = {"name": "lost_links", "passed": True, "seconds": 12.3, "facts": {"bus_names": [3, 3]}}
FAILED = {"name": "late_node", "passed": False, "seconds": 40, "why": "AssertionError: no"}


def test_a_passed_scenario_shows_its_facts_and_a_failed_one_its_reason() -> None:
    run = Run()
    run.add(PASSED)
    run.add(FAILED)
    first, second = map(line, run.results)
    assert first.split()[:5] == ["passed", "12.3", "s", "lost", "links"]
    assert first.endswith('{"bus_names": [3, 3]}')
    assert second.split()[:5] == ["FAILED", "40.0", "s", "late", "node"]
    assert second.endswith("AssertionError: no")


def test_a_run_has_passed_only_when_it_is_whole_and_nothing_failed() -> None:
    run = Run()
    verdicts: list[bool] = []
    for told in (PASSED, {"ended": True}, FAILED):
        run.add(told)
        verdicts.append(run.is_passed)
    assert verdicts == [False, True, False]


def test_a_run_without_any_scenario_has_not_passed() -> None:
    run = Run()
    run.add({"ended": True})
    assert not run.is_passed


@pytest.mark.parametrize(
    "told",
    [
        "no object",
        {},
        {"name": "stream", "passed": "yes", "seconds": 1},
        {"name": "stream", "passed": True},
        {"name": "stream", "passed": True, "seconds": 1, "facts": []},
    ],
)
def test_what_is_no_result_is_refused(told: object) -> None:
    with pytest.raises(ResultError):
        Run().add(told)


def test_the_closing_line_counts() -> None:
    results = [Result("a", True, 1.0), Result("b", False, 1.0), Result("c", True, 1.0)]
    assert closing(results) == "2 passed, 1 failed"
    assert closing([], skipped=1) == "0 passed, 0 failed, 1 skipped"
