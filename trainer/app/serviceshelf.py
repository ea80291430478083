"""Calibrations that a person has and the recorder, which keeps its own folder, lacks."""

import shlex
from pathlib import Path
from typing import Final

from trainer.app.calibrationshelf import RECORD
from trainer.app.service import Kind, Machine, data_folder

SHELF: Final = "calibrations"


def lacking(machine: Machine, kind: Kind) -> tuple[str, ...]:
    """Return lines that warn of it with the command that copies them; none where all is well."""
    mine = data_folder(machine, Kind.DASHBOARD) / SHELF
    its = data_folder(machine, kind) / SHELF
    try:
        missing = sorted(_names(mine) - _names(its))
    except OSError as error:
        return (f"Whether it has your calibrations is not known ({error.strerror}: {its}).",)
    if kind is Kind.DASHBOARD or not missing:
        return ()
    words = (
        f"The recorder lacks {len(missing)} of your calibrations, the newest {missing[-1]}: it "
        f"looks in {its} and would show other newtons. Once it is installed, copy them, without "
        "sudo; its next session uses them:"
    )
    to = shlex.quote(str(its))
    return words, f"    mkdir -pm 700 {to} && cp -np {shlex.quote(str(mine))}/* {to}/"


def _names(folder: Path) -> frozenset[str]:
    """Return the calibrations in a folder; none where there is no folder."""
    if not folder.exists():
        return frozenset()
    return frozenset(path.name for path in folder.iterdir() if path.match(f"{RECORD}-*.json"))
