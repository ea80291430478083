"""What a node advertises."""

import footwire
import pytest
from footnode.advert import advertisement


def test_a_name_of_eight_bytes_fills_the_advertisement() -> None:
    data = advertisement(footwire.SERVICE_UUID, "FootNode")
    assert len(data) == 31
    assert data[:5] == b"\x02\x01\x06\x11\x07"
    assert data[5:21] == bytes.fromhex(footwire.SERVICE_UUID.replace("-", ""))[::-1]
    assert data[21:] == b"\x09\x09FootNode"


def test_a_longer_name_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 8 bytes"):
        advertisement(footwire.SERVICE_UUID, "FootNode2")


def test_bytes_count_not_letters() -> None:
    with pytest.raises(ValueError, match="at most 8 bytes"):
        advertisement(footwire.SERVICE_UUID, "äöüßé")
