"""Finds the wanted modules of a kernel and those they need, in the order to load them."""

import lzma
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

_FILE: Final = re.compile(r"(.+)\.ko(\.xz)?$")
_NEEDS: Final = re.compile(rb"(?:^|\0)depends=([^\0]*)\0")


class ModuleError(Exception):
    """A kernel lacks a module that is wanted; the message names both."""


def plain_name(name: str) -> str:
    """Return a module's name as the kernel spells it: files may have - for _."""
    return name.replace("-", "_")


def module_files(folder: Path) -> dict[str, Path]:
    """Return the files of all modules below a folder, by name."""
    found = ((_FILE.fullmatch(path.name), path) for path in folder.rglob("*.ko*"))
    return {plain_name(match[1]): path for match, path in found if match}


def builtin_names(listing: str) -> frozenset[str]:
    """Return the names in a kernel's `modules.builtin`: what needs no loading."""
    return frozenset(plain_name(Path(line).stem) for line in listing.split())


def contents(path: Path) -> bytes:
    """Return a module as it is loaded; Debian 13 packs them with xz."""
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def needs(module: bytes) -> tuple[str, ...]:
    """Return the names of the modules that a module says it needs."""
    match = _NEEDS.search(module)
    return tuple(plain_name(name) for name in match[1].decode().split(",") if name) if match else ()


def load_order(
    wanted: Iterable[str], read: Callable[[str], bytes | None], builtin: frozenset[str]
) -> Mapping[str, bytes]:
    """Return the contents of the wanted modules and of all they need, in the order to load them.

    `read` gives the contents of a module, None where the kernel has no such file.
    """
    ordered: dict[str, bytes] = {}
    for name in wanted:
        _add(plain_name(name), ordered, read, builtin)
    return ordered


def _add(
    name: str,
    ordered: dict[str, bytes],
    read: Callable[[str], bytes | None],
    builtin: frozenset[str],
) -> None:
    if name in ordered or name in builtin:
        return
    module = read(name)
    if module is None:
        raise ModuleError(
            f"The kernel has no module {name}, neither as a file nor built in. "
            "Is it Debian's kernel for clouds? That one has no Bluetooth."
        )
    for needed in needs(module):
        _add(needed, ordered, read, builtin)
    ordered[name] = module
