"""Prepares the guest of the Bluetooth tests: qemu, Debian's kernel, BlueZ, what it starts from.

Everything but qemu itself is only unpacked, below build/guest, and kept for the next time.
"""

import gzip
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts import cpio
from scripts.debpackages import depends, fetch, kernel_name, lacking_libraries, unpack
from scripts.kernelimage import unpacked
from scripts.kernelmodules import ModuleError, builtin_names, contents, load_order, module_files
from scripts.libraries import not_found
from scripts.machine import Machine, SetupError
from scripts.system import Lacking, provide

QEMU: Final = "qemu-system-x86_64"
PACKAGES: Final = ("bluez", "busybox-static", "dbus-daemon")
"""Beside the kernel."""
MODULES: Final = (
    # How the guest reaches the host: consoles, channels, its files.
    *("virtio_pci", "virtio_console", "9pnet_virtio", "9p", "overlay"),
    # Bluetooth, whose controller hangs on a serial line; without the ciphers it does not start.
    *("ecdh_generic", "cmac", "ecb", "rfkill", "bluetooth", "hci_uart"),
    # The kernel's ciphers for programs, which bluetoothd asks for.
    *("algif_hash", "algif_skcipher"),
)
_FOLDERS: Final = ("bin", "lib", "lib/modules", "proc", "sys", "dev", "below", "above", "root")


@dataclass(frozen=True, slots=True)
class Guest:
    """What a guest is started from."""

    kernel: Path
    modules: Path
    """Folder of modules, with their order in the file `order`."""
    root: Path
    """Folder in which the packages are unpacked."""


def prepare(folder: Path, machine: Machine) -> Guest:
    """Return what a guest starts from, made anew where it is not there. Raises SetupError."""
    system = machine.release().get("ID", "unknown")
    processor = machine.run(["dpkg", "--print-architecture"]).output.strip()
    if (system, processor) != ("debian", "amd64"):
        raise SetupError(
            f"The guest shares its files with this machine, and that works on Debian for amd64; "
            f"here is {system} for {processor or 'nothing that dpkg knows'}."
        )
    provide_qemu(machine)
    guest = Guest(folder / "vmlinux", folder / "modules", folder / "root")
    stamp = folder / "made-of"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != _made_of():
        shutil.rmtree(folder, ignore_errors=True)
        make_root(guest.root, folder / "packages", machine)
        make_kernel(guest, folder, machine)
        stamp.write_text(_made_of(), encoding="utf-8")
    return guest


def provide_qemu(machine: Machine) -> None:
    """Install qemu where it lacks and no password is asked. Raises SetupError."""
    if not machine.has_program(QEMU):
        provide(Lacking(essential=("qemu-system-x86",)), machine)
    if not machine.has_program(QEMU):
        raise SetupError(f"{QEMU} is not on the path although its package is installed.")


def make_root(root: Path, packages: Path, machine: Machine) -> None:
    """Unpack BlueZ and its like, and the libraries they miss here. Raises SetupError."""
    _get(machine, PACKAGES, packages, root)
    programs = (bluetoothd(root), root / "usr" / "bin" / "dbus-daemon")
    if not_found(machine.run(["ldd", *map(str, programs)]).output):
        libraries = lacking_libraries(machine, PACKAGES)
        _get(machine, libraries, packages / "libraries", root)


def make_kernel(guest: Guest, folder: Path, machine: Machine) -> None:
    """Take kernel and modules out of Debian's package. Raises SetupError."""
    name = kernel_name(depends(machine, ["linux-image-amd64"]))
    whole = folder / "whole-kernel"
    _get(machine, [name], folder / "packages" / "kernel", whole)
    files = module_files(whole)
    builtin = next(whole.rglob("modules.builtin")).read_text(encoding="utf-8")
    try:
        ordered = load_order(MODULES, lambda name: _read(files.get(name)), builtin_names(builtin))
    except ModuleError as error:
        raise SetupError(str(error)) from error
    keep(guest.modules, ordered)
    image = next((whole / "boot").glob("vmlinuz-*"))
    guest.kernel.write_bytes(unpacked(image.read_bytes()))
    # 400 MB of drivers that no guest has a use for.
    shutil.rmtree(whole)


def keep(folder: Path, ordered: Mapping[str, bytes]) -> None:
    """Write modules and their order into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in ordered.items():
        (folder / f"{name}.ko").write_bytes(module)
    (folder / "order").write_text("\n".join(ordered) + "\n", encoding="utf-8")


def bluetoothd(root: Path) -> Path:
    """Return where a package's bluetoothd lies."""
    return root / "usr" / "libexec" / "bluetooth" / "bluetoothd"


def start_archive(guest: Guest, init: bytes, settings: Mapping[str, str]) -> bytes:
    """Return the packed files that the kernel starts from, `settings` for a shell among them."""
    order = (guest.modules / "order").read_text(encoding="utf-8")
    busybox = next(guest.root.glob("**/bin/busybox"))
    lines = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in settings.items())
    entries = [
        *map(cpio.folder, _FOLDERS),
        cpio.console("dev/console"),
        cpio.program("bin/busybox", busybox.read_bytes()),
        cpio.link("bin/sh", "busybox"),
        cpio.program("init", init),
        cpio.file("settings", lines.encode()),
        cpio.file("lib/modules/order", order.encode()),
        *(_module(guest.modules / f"{name}.ko") for name in order.split()),
    ]
    return gzip.compress(cpio.archive(entries), compresslevel=1)


def _module(path: Path) -> cpio.Entry:
    return cpio.file(f"lib/modules/{path.name}", path.read_bytes())


def _read(path: Path | None) -> bytes | None:
    return None if path is None else contents(path)


def _get(machine: Machine, names: tuple[str, ...] | list[str], cache: Path, root: Path) -> None:
    print(f"Getting packages: {' '.join(names)}", flush=True)
    unpack(machine, fetch(machine, names, cache), root)


def _made_of() -> str:
    return f"{' '.join(PACKAGES)}, an unpacked kernel\n{' '.join(MODULES)}\n"
