"""One run of the guest: host's side up, qemu started, results gathered, everything ended."""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bluez import qemu
from tests.bluez.channel import Said
from tests.bluez.hostside import HostSide

_TERM_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Files:
    """What a guest is started from, and where its console is written."""

    kernel: Path
    start_archive: bytes
    console: Path


async def attempt(
    files: Files, accelerator: str, cap_s: float, on_result: Callable[[Said], None]
) -> None:
    """Run the guest to its end, at most so long. Raises TimeoutError."""
    with tempfile.TemporaryDirectory(prefix="footspring-bluez-") as name:
        folder = Path(name)
        archive = folder / "start.gz"
        archive.write_bytes(files.start_archive)
        async with asyncio.timeout(cap_s), HostSide(folder, on_result):
            await _run(qemu.command(files.kernel, archive, folder, accelerator), files.console)


async def _run(command: Sequence[str], console: Path) -> None:
    with console.open("wb") as log:
        # A session of its own: Ctrl-C in a terminal reaches us alone, and we end it.
        guest = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            await guest.wait()
        finally:
            await _end(guest)


async def _end(guest: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        guest.terminate()
    try:
        await asyncio.wait_for(guest.wait(), _TERM_S)
    except TimeoutError:
        guest.kill()
        await guest.wait()
