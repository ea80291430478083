"""The route table, the folders on disk and the contracts of .importlinter agree."""

import ast
from configparser import ConfigParser

import grimp
import pytest

from tests.architecture.route import OUTSIDE, ROOT, SIBLINGS, fault, parse_route, read_route
from tests.architecture.route_contract import find_faults

ROWS = read_route()


def _contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def test_every_folder_has_a_row_and_every_row_a_folder() -> None:
    on_disk = {path.parent.name for path in (ROOT / "trainer").glob("*/__init__.py")}
    with_files = {path.parent.name for path in (ROOT / "trainer").glob("*/*.py")}
    assert with_files == on_disk, "a folder lacks its __init__.py"
    assert on_disk == {row.folder for row in ROWS} - {OUTSIDE}
    assert ROWS[0].folder == OUTSIDE
    assert (ROOT / OUTSIDE / "__init__.py").is_file()


def test_the_layers_contract_has_the_order_of_the_table() -> None:
    layers = _contracts()["importlinter:contract:layers"]["layers"].split("\n")
    high_to_low = [line for line in layers if line.strip()]
    positions = {row.folder: index for index, row in enumerate(ROWS)}
    seen: set[str] = set()
    previous = len(ROWS)
    for line in high_to_low:
        folders = [name.strip() for name in line.split("|")]
        assert max(positions[name] for name in folders) < previous, f"{line} stands out of order"
        previous = min(positions[name] for name in folders)
        seen.update(folders)
    assert seen == set(positions) - {OUTSIDE}
    assert any(set(line.replace("|", " ").split()) == SIBLINGS for line in high_to_low)


def test_the_route_contract_is_in_force() -> None:
    parser = _contracts()
    kinds = {parser[name]["type"] for name in parser if name.startswith("importlinter:contract:")}
    assert kinds == {"layers", "forbidden", "acyclic_siblings", "route"}
    assert parser["importlinter:contract:layers"].getboolean("exhaustive")
    assert parser["importlinter"].getboolean("include_external_packages")


def test_a_row_names_only_folders_that_stand_above_it() -> None:
    folders = [row.folder for row in ROWS]
    for index, row in enumerate(ROWS):
        assert not set(folders[index:]) & row.may_import, f"'{row.folder}' names a higher folder"


def test_every_row_says_its_job() -> None:
    assert all(row.job for row in ROWS)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("trainer.wire.frames", "trainer.recording.writer"),
        ("trainer.timing.assemble", "trainer.signal.bank"),
        ("trainer.signal.bank", "trainer.sources.replay"),
        ("trainer.sources.replay", "trainer.signal.bank"),
        ("trainer.detect.holds", "calibration.model"),
        ("trainer.report.page", "trainer.dashboard.window"),
        ("trainer.library.store", "trainer.wire.frames"),
        ("trainer.cli.main", "trainer.library.store"),
        ("calibration.model", "trainer.core.units"),
        ("trainer.core.ring", "scipy"),
        ("trainer.report.page", "PySide6"),
        ("trainer.coach.conductor", "time"),
        ("trainer.detect.holds", "logging"),
        ("trainer.wire.frames", "pathlib"),
        ("trainer.app.engine", "requests"),
        ("trainer.app.engine", "trainer"),
    ],
)
def test_an_import_without_a_word_in_the_table_is_a_fault(importer: str, imported: str) -> None:
    row = next(row for row in ROWS if importer.startswith(f"{row.module}."))
    assert fault(row, ROWS, importer, imported) is not None


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("trainer.wire.frames", "trainer.core.packets"),
        ("trainer.wire.frames", "trainer.wire.footwire"),
        ("trainer.wire.frames", "numpy"),
        ("trainer.wire.footwire", "struct"),
        ("trainer.signal.bank", "scipy"),
        ("trainer.signal.calibrate", "calibration.model"),
        ("trainer.dashboard.window", "PySide6"),
        ("trainer.dashboard.window", "trainer.coach.exercises"),
        ("trainer.app.session", "trainer.dashboard.start"),
        ("trainer.recording.writer", "os"),
    ],
)
def test_an_import_that_the_table_names_is_allowed(importer: str, imported: str) -> None:
    row = next(row for row in ROWS if importer.startswith(f"{row.module}."))
    assert fault(row, ROWS, importer, imported) is None


def test_a_new_folder_without_a_row_is_a_fault() -> None:
    graph = grimp.ImportGraph()
    graph.add_module("trainer.sorcery.wand")
    assert find_faults(graph) == ["trainer.sorcery.wand lies in no folder of the route: add a row"]


def test_a_forbidden_import_in_the_graph_is_found() -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer="trainer.detect.holds", imported="random")
    graph.add_import(importer="trainer.detect.holds", imported="trainer.core.events")
    assert find_faults(graph) == ["trainer.detect.holds imports random: 'detect' is a pure folder"]


def test_the_tree_keeps_to_the_table() -> None:
    graph = grimp.build_graph(
        "trainer", "calibration", include_external_packages=True, cache_dir=None
    )
    assert find_faults(graph) == []


def test_a_wrapped_row_keeps_all_its_names() -> None:
    rows = parse_route(
        "The table.\n\n"
        "folder  job        may import\n"
        "------  ---------  ----------\n"
        "core    the first  platformdirs\n"
        "cli     the last,  core\n"
        "        wrapped    rich\n\n"
        "More text.\n"
    )
    assert [(row.folder, row.job) for row in rows] == [
        ("core", "the first"),
        ("cli", "the last, wrapped"),
    ]
    assert rows[1].may_import == {"core", "rich"}


@pytest.mark.parametrize("name", ["footwire.py", "hx711spi.py"])
def test_what_the_node_shares_imports_only_what_a_node_has(name: str) -> None:
    # It also runs on MicroPython, which has no dataclasses, enum, typing or numpy.
    tree = ast.parse((ROOT / "trainer" / "wire" / name).read_text(encoding="utf-8"))
    assert (ROOT / "firmware" / name).resolve() == ROOT / "trainer" / "wire" / name
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"struct", "binascii"}
