"""A device and its link in few words: what is not known is left out."""

import pytest

from trainer.core.link import NO_VITALS, Health, Vitals
from trainer.core.linkwords import battery_words, signal_word, standing_words, trouble_words


@pytest.mark.parametrize(
    ("signal_dbm", "word"),
    [(-40, "strong"), (-70, "strong"), (-71, "fair"), (-85, "fair"), (-86, "weak")],
)
def test_a_signal_is_judged_by_what_receivers_must_hear(signal_dbm: int, word: str) -> None:
    assert signal_word(signal_dbm) == word


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (Health(), ""),
        (Health(battery_v=3.9), "3.90 V"),
        (Health(battery_pct=76.4), "76 %"),
        (Health(battery_v=3.412, is_battery_low=True), "3.41 V LOW"),
        (Health(is_battery_low=True), "battery LOW"),
    ],
)
def test_a_battery_is_told_as_the_device_tells_it(health: Health, words: str) -> None:
    assert battery_words(health) == words


def test_of_a_link_of_which_nothing_is_known_nothing_is_said() -> None:
    assert standing_words(NO_VITALS) == ()
    assert trouble_words(NO_VITALS) == ()


def test_what_is_known_of_a_link_is_said() -> None:
    vitals = Vitals(Health(battery_v=3.92), signal_dbm=-67, reconnects=1, bad_bytes=34)
    assert standing_words(vitals) == ("3.92 V", "-67 dBm strong")
    assert trouble_words(vitals) == ("1 reconnect", "34 bad bytes")
