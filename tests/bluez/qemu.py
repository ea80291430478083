"""The command that starts the guest."""

from pathlib import Path
from typing import Final

from tests.bluez import channel

RADIO: Final = "radio"
"""Socket of the controller's line (H4), in the folder of the run."""


def command(kernel: Path, start_archive: Path, sockets: Path, accelerator: str) -> list[str]:
    """Return how qemu is started: no network, the host's files read-only."""
    return [
        *("qemu-system-x86_64", "-accel", accelerator, "-m", "1024"),
        # Without wide vectors and without a second processor to wait for, emulation costs half
        # (measured: 34 and 17 s of processor time for the same start of Python). numpy asks for
        # no less than this one.
        *("-cpu", "Nehalem", "-smp", "1"),
        *("-no-reboot", "-no-user-config", "-nodefaults", "-display", "none", "-nic", "none"),
        *("-serial", "stdio"),
        *("-kernel", str(kernel), "-initrd", str(start_archive)),
        *("-append", "console=ttyS0 quiet panic=-1 mitigations=off"),
        *("-device", "virtio-serial-pci"),
        *("-chardev", f"socket,id=radio,path={sockets / RADIO}"),
        *("-device", "virtconsole,chardev=radio,nr=0"),
        *("-chardev", f"socket,id=channel,path={sockets / channel.SOCKET}"),
        *("-device", "virtserialport,chardev=channel,nr=1"),
        "-fsdev",
        "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap",
        *("-device", "virtio-9p-pci,fsdev=host,mount_tag=hostroot"),
    ]
