"""The kernel out of its image."""

import lzma

import pytest
import zstandard

from scripts.kernelimage import unpacked

KERNEL = b"\x7fELF" + bytes(range(256)) * 40
XZ = lzma.compress(KERNEL)
ZSTD = zstandard.ZstdCompressor().compress(KERNEL)


@pytest.mark.parametrize("packed", [XZ, ZSTD])
def test_the_kernel_is_found_behind_its_loader_and_before_what_follows(packed: bytes) -> None:
    assert unpacked(b"MZ loader" + packed + b"signature") == KERNEL


@pytest.mark.parametrize("packed", [XZ, ZSTD])
def test_a_constant_of_the_loader_is_not_taken_for_the_kernel(packed: bytes) -> None:
    assert unpacked(b"MZ" + packed[:6] + b"loader" + packed) == KERNEL


def test_what_was_packed_and_is_no_kernel_is_passed_over() -> None:
    assert unpacked(b"MZ" + lzma.compress(b"keys") + XZ) == KERNEL


def test_an_image_packed_in_another_way_is_left_as_it_is() -> None:
    assert unpacked(b"MZ loader and a kernel") == b"MZ loader and a kernel"
