"""Debian packages that are unpacked beside the system: what they are called, fetching them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from scripts.machine import Machine, SetupError

_NEEDS: Final = re.compile(
    r"^\s+\|?(?:Pre)?Depends: ([a-z0-9][a-z0-9.+-]+)(?::\w+)?$", re.MULTILINE
)
_KERNEL: Final = re.compile(r"linux-image-\d[\w.+~-]*-amd64")
_ONLY_NEEDS: Final = tuple(
    f"--no-{kind}"
    for kind in ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")
)


def needed_names(depends: str) -> tuple[str, ...]:
    """Return the packages that `apt-cache depends` names as needed, each once, in order."""
    return tuple(dict.fromkeys(_NEEDS.findall(depends)))


def kernel_name(depends: str) -> str:
    """Return the kernel's own package, of what `apt-cache depends linux-image-amd64` says.

    Raises SetupError where it names none: security updates rename it, so it cannot be guessed.
    """
    names = [name for name in needed_names(depends) if _KERNEL.fullmatch(name)]
    plain = [name for name in names if "-cloud-" not in name and "-rt-" not in name]
    if not plain:
        raise SetupError(
            "apt-cache names no kernel behind linux-image-amd64: are there package lists? "
            "Run sudo apt-get update, then this again."
        )
    return plain[0]


def installed_names(listing: str) -> frozenset[str]:
    """Return the packages that are installed, of lines with a name and its status."""
    pairs = (line.split() for line in listing.splitlines())
    return frozenset(pair[0] for pair in pairs if pair[1:] == ["installed"])


def depends(machine: Machine, names: Iterable[str]) -> str:
    """Return what apt says the packages need."""
    return machine.run(["apt-cache", "depends", *_ONLY_NEEDS, *names]).output


def lacking_libraries(machine: Machine, names: Sequence[str]) -> tuple[str, ...]:
    """Return the packages of shared libraries below others that are not installed."""
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"]
    installed = installed_names(machine.run(query).output)
    lacking: dict[str, None] = {}
    layer = tuple(names)
    while layer:
        found = needed_names(depends(machine, layer))
        wanted = (name for name in found if name.startswith("lib") and name not in installed)
        layer = tuple(name for name in wanted if name not in lacking)
        lacking.update(dict.fromkeys(layer))
    return tuple(lacking)


def fetch(machine: Machine, names: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Download packages, as apt checks them, into a folder. Raises SetupError."""
    folder.mkdir(parents=True, exist_ok=True)
    done = machine.run(["env", "-C", str(folder), "apt-get", "download", *names])
    if done.status != 0:
        tail = "\n".join(done.output.splitlines()[-3:])
        raise SetupError(f"{tail}\nThese packages cannot be fetched: {' '.join(names)}.")
    return tuple(sorted(folder.glob("*.deb")))


def unpack(machine: Machine, packages: Iterable[Path], folder: Path) -> None:
    """Unpack packages below a folder; nothing of them is installed. Raises SetupError."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        done = machine.run(["dpkg-deb", "--extract", str(package), str(folder)])
        if done.status != 0:
            raise SetupError(f"{done.output.strip()}\n{package} cannot be unpacked.")
