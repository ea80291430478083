"""Modules in the order to load them."""

import lzma
from pathlib import Path

import pytest

from scripts.kernelmodules import (
    ModuleError,
    builtin_names,
    contents,
    load_order,
    module_files,
    needs,
)


def module(*needed: str) -> bytes:
    return b"\x7fELF\0license=GPL\0depends=" + ",".join(needed).encode() + b"\0retpoline=Y\0"


def test_what_a_module_needs_is_loaded_before_it_and_each_only_once() -> None:
    kernel = {
        "hci_uart": module("bluetooth", "btintel"),
        "btintel": module("bluetooth"),
        "bluetooth": module("rfkill", "ecdh-generic"),
        "ecdh_generic": module("ecc"),
        "ecc": module(),
        "rfkill": module(),
    }
    ordered = load_order(["rfkill", "hci_uart"], kernel.get, frozenset())
    assert list(ordered) == ["rfkill", "ecc", "ecdh_generic", "bluetooth", "btintel", "hci_uart"]
    assert ordered["btintel"] == kernel["btintel"]


def test_what_is_built_in_is_not_loaded() -> None:
    kernel = {"virtio_console": module("virtio")}
    builtin = builtin_names("kernel/drivers/virtio/virtio.ko\nkernel/lib/crypto/lib-sha1.ko\n")
    assert list(load_order(["virtio_console", "lib_sha1"], kernel.get, builtin)) == [
        "virtio_console"
    ]


def test_a_kernel_without_a_wanted_module_is_refused_by_its_name() -> None:
    with pytest.raises(ModuleError, match="hci_uart"):
        load_order(["hci_uart"], dict[str, bytes]().get, frozenset())


def test_a_module_that_needs_nothing_and_one_that_does_not_say_are_alike() -> None:
    assert needs(module()) == needs(b"\x7fELF") == ()
    assert needs(module("snd-pcm", "snd")) == ("snd_pcm", "snd")


def test_modules_are_found_by_the_name_the_kernel_gives_them_packed_or_not(tmp_path: Path) -> None:
    folder = tmp_path / "kernel" / "crypto"
    folder.mkdir(parents=True)
    (folder / "ecdh-generic.ko.xz").write_bytes(lzma.compress(b"packed"))
    (folder / "cmac.ko").write_bytes(b"plain")
    (folder / "cmac.ko.txt").write_bytes(b"no module")
    found = module_files(tmp_path)
    assert {name: contents(path) for name, path in found.items()} == {
        "ecdh_generic": b"packed",
        "cmac": b"plain",
    }
