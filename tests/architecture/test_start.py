"""What starts quickly stays quick: which libraries a command loads, and which it must not."""

import json
import subprocess
import sys

import pytest

from tests.architecture.route import ROOT

HEAVY = {"numpy", "scipy", "PySide6", "pyqtgraph", "matplotlib", "sqlalchemy", "pyarrow", "rich"}

_HELP = """
import json, sys
sys.argv = ["footspring", "--help"]
try:
    from trainer.cli.main import main
    sys.exit(main())
except SystemExit as end:
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
    sys.exit(end.code)
"""

_LOAD = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def _loaded_by(code: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return set(names)


def test_help_answers_without_a_heavy_library() -> None:
    loaded = _loaded_by(_HELP)
    assert "trainer" in loaded
    assert not HEAVY & loaded


@pytest.mark.parametrize("folder", ["core", "wire", "timing", "detect", "coach"])
def test_a_low_folder_loads_numpy_and_platformdirs_at_most(folder: str) -> None:
    files = sorted((ROOT / "trainer" / folder).glob("*.py"))
    names = [f"trainer.{folder}.{path.stem}" for path in files if path.stem != "__init__"]
    loaded = _loaded_by(_LOAD, *names) - _loaded_by(_LOAD)
    foreign = {name for name in loaded - sys.stdlib_module_names if not name.startswith("_")}
    assert foreign <= {"trainer", "numpy", "platformdirs"}
