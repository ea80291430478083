"""Draw the pictures of the hardware, and write the tables of hardware.md that come from code.

`--check` writes nothing and fails where a file is not what the code says.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.workshop.gallery import FOLDER, drawings
from scripts.workshop.tables import PAGE, page_with_tables


def main(arguments: Sequence[str]) -> int:
    """Return 0, or 1 where a file was to be checked and is stale."""
    files = {FOLDER / name: text for name, text in drawings().items()}
    files[PAGE] = page_with_tables(PAGE.read_text("utf-8"))
    stale = {path: text for path, text in files.items() if _read(path) != text}
    if "--check" in arguments:
        for path in stale:
            print(f"{path.name} is not what the code says: run `make drawings` and commit it.")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in stale.items():
        path.write_text(text, "utf-8")
        print(f"wrote {path.name}")
    print(f"{len(files)} files, {len(stale)} of them new or changed")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
