"""The catalogue: every kind can be named and found, and the first that fits is taken."""

import re

from tests.unit.wire.talks import an_advert
from trainer.wire.dialect import Advert
from trainer.wire.dialects import DIALECTS, dialect_of, known_ids
from trainer.wire.entralpi import ENTRALPI
from trainer.wire.footnode import FOOT
from trainer.wire.footwire import SERVICE_UUID
from trainer.wire.progressor import PROGRESSOR
from trainer.wire.weightscale import WEIGHTSCALE

WEIGHT_SERVICE = "0000181d-0000-1000-8000-00805f9b34fb"


def test_every_kind_has_a_name_of_its_own_that_can_be_typed() -> None:
    assert len(set(known_ids())) == len(DIALECTS)
    assert all(re.fullmatch(r"[a-z]+", word) for word in known_ids())


def test_every_kind_either_speaks_or_is_overheard() -> None:
    for dialect in DIALECTS:
        assert (dialect.speak is None) != (dialect.listen is None), dialect.id


def test_an_entralpi_with_the_service_of_a_weight_scale_is_an_entralpi() -> None:
    assert dialect_of(Advert("A", "ENTRALPI", 0.0, (WEIGHT_SERVICE,))) is ENTRALPI
    assert dialect_of(Advert("A", "", 0.0, (WEIGHT_SERVICE,))) is WEIGHTSCALE


def test_a_node_is_a_node_whatever_its_name() -> None:
    assert dialect_of(Advert("A", "Progressor", 0.0, (SERVICE_UUID,))) is FOOT
    assert dialect_of(an_advert("Progressor_1")) is PROGRESSOR


def test_a_stranger_is_none_of_them() -> None:
    assert dialect_of(Advert("A", "Headphones", 0.0, makers={256: bytes(15), 76: b"x"})) is None
