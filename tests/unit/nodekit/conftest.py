"""Puts firmware/ where a board has its own files: on the import path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "firmware"))
