"""The command that starts the guest."""

from pathlib import Path

from tests.bluez import channel

RADIO = "radio"
"""Socket of the controller's line (H4), in the folder of the run."""


def command(kernel: Path, start_archive: Path, sockets: Path, accelerator: str) -> list[str]:
    """Return how qemu is started: no network, the host's files read-only."""
    words = [
        # /dev/kvm may exist and still hang the guest where the machine is virtual itself.
        *("qemu-system-x86_64", "-accel", accelerator, "-cpu", "max", "-smp", "2", "-m", "1024"),
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
    return words
