"""The name that outlives a reboot."""

import pytest
from footnode.memory import Memory
from hypothesis import given
from hypothesis import strategies as st


@given(st.text(min_size=1, max_size=8).filter(lambda name: len(name.encode()) <= 8))
def test_a_name_comes_back_as_it_was_saved(name: str) -> None:
    store = bytearray(b"\xff" * 32)
    Memory(store).save("before")
    Memory(store).save(name)
    assert Memory(store).load() == name
    assert store[11:] == b"\xff" * 21


@pytest.mark.parametrize("fill", [0x00, 0xFF, 0x05])
def test_an_empty_memory_has_no_name(fill: int) -> None:
    assert Memory(bytearray([fill]) * 32).load() == ""


def test_a_damaged_name_is_no_name() -> None:
    for place in range(11):
        store = bytearray(32)
        Memory(store).save("Left")
        store[place] ^= 1
        assert Memory(store).load() == ""
