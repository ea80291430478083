"""The 31 bytes a node advertises: flags, the service's number, the name."""

import binascii

MOST_BYTES = 31
_FLAGS = b"\x02\x01\x06"
"""General discoverable, no classic Bluetooth (Core Specification Supplement, part A, 1.3)."""
_SERVICE_128 = 0x07
_NAME = 0x09


def advertisement(service_uuid: str, name: str) -> bytes:
    """Return the bytes to advertise. Raises ValueError for a name that does not fit."""
    number = binascii.unhexlify(service_uuid.replace("-", ""))
    called = name.encode()
    # A number goes over the air with its last byte first.
    service = bytes([number[15 - i] for i in range(16)])
    data = _FLAGS + bytes([17, _SERVICE_128]) + service + bytes([1 + len(called), _NAME]) + called
    if len(data) > MOST_BYTES:
        raise ValueError("a name has at most 8 bytes")
    return data
