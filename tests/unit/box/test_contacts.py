"""Contacts and the two long holds that say no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.box.contacts import HOLD_S, PAUSE_S, Contacts, Denial, Said

BOUNCE_S = 0.03
LOOK_S = 0.02


def test_a_press_counts_at_its_first_contact_and_once() -> None:
    contacts = Contacts(BOUNCE_S)
    assert contacts.close(1.0)
    assert contacts.held_since_s == 1.0
    contacts.open(1.004)
    assert not contacts.close(1.005)
    assert contacts.held_since_s == 1.0
    assert not contacts.close(1.006)


def test_what_bounces_at_the_release_is_no_press() -> None:
    contacts = Contacts(BOUNCE_S)
    contacts.close(1.0)
    contacts.open(1.5)
    assert not contacts.close(1.5 + 0.9 * BOUNCE_S)
    contacts.open(1.53)
    assert contacts.held_since_s is None
    assert contacts.close(1.53 + BOUNCE_S)


@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=20), st.lists(st.floats(0.0, 0.02)))
def test_each_press_counts_once_however_it_bounces(
    presses_s: list[float], bounces_s: list[float]
) -> None:
    contacts = Contacts(BOUNCE_S)
    at_s, counted = 0.0, 0
    for length_s in presses_s:
        edge_s = at_s
        for bounce_s in (0.0, *bounces_s):
            edge_s += bounce_s
            counted += contacts.close(edge_s)
            contacts.open(edge_s)
        at_s = edge_s + length_s
    assert counted == len(presses_s)


def told(presses: list[tuple[float, float]], *, until_s: float = 30.0) -> list[Said]:
    """Return what presses (from, to) say of a stop at 0 by a contact that opens at 0.2 s."""
    denial, heard = Denial(), list[Said]()
    for look in range(int(until_s / LOOK_S)):
        at_s = look * LOOK_S
        down = [a for a, b in [(0.0, 0.2), *presses] if a <= at_s < b]
        said = denial.see(down[0] if down else None, at_s, is_asked=True)
        if said is not Said.NOTHING:
            heard.append(said)
    return heard


def test_two_long_holds_say_no() -> None:
    assert told([(1.0, 3.5), (4.0, 6.5)]) == [Said.HALF, Said.NO_PAIN]


@pytest.mark.parametrize(
    "presses",
    [
        [],
        [(0.2, 30.0)],
        [(1.0, 30.0)],
        [(1.0, 1.3), (2.0, 2.3), (3.0, 3.3), (4.0, 4.3)],
        [(1.0, 2.0 + 0.9), (3.0, 4.9)],
    ],
    ids=["none", "stays", "comes back and stays", "taps", "almost"],
)
def test_no_single_press_and_no_short_ones_say_no(presses: list[tuple[float, float]]) -> None:
    assert Said.NO_PAIN not in told(presses)


def test_a_short_press_between_begins_anew() -> None:
    assert told([(1.0, 3.5), (4.0, 4.3), (5.0, 7.5)]) == [Said.HALF, Said.HALF]


def test_a_first_hold_is_forgotten() -> None:
    late_s = 3.0 + PAUSE_S + 1.0
    assert told([(1.0, 3.1), (late_s, late_s + 2.5)]) == [Said.HALF, Said.HALF]


def test_the_contact_that_stopped_is_no_answer_however_long() -> None:
    denial = Denial()
    heard = [denial.see(0.0, at_s, is_asked=at_s > 0.1) for at_s in (0.0, 1.0, 2.0, 9.0, 99.0)]
    assert set(heard) == {Said.NOTHING}


def test_a_release_between_two_looks_begins_anew() -> None:
    denial = Denial()
    denial.see(None, 0.0, is_asked=True)
    assert denial.see(1.0, 2.0, is_asked=True) is Said.NOTHING
    assert denial.see(2.5, 3.5, is_asked=True) is Said.NOTHING
    assert denial.see(2.5, 2.5 + HOLD_S, is_asked=True) is Said.HALF


def test_holds_from_before_the_question_say_nothing() -> None:
    denial = Denial()
    denial.see(None, 0.0, is_asked=True)
    denial.see(1.0, 1.0 + HOLD_S, is_asked=True)
    denial.see(None, 4.0, is_asked=False)
    denial.see(None, 4.1, is_asked=True)
    assert denial.see(4.2, 4.2 + HOLD_S, is_asked=True) is Said.HALF
