"""The import-linter contract 'route': every import must be allowed by the route table."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

from tests.architecture.route import fault, read_route


class RouteContract(Contract):
    """Each folder imports core, numpy and what its row in trainer/__init__.py names."""

    type_name = "route"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - the library's signature
        """Return whether all imports are allowed, with the faults as metadata."""
        faults = find_faults(graph)
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that no row allows."""
        for line in check.metadata["faults"]:
            output.print_error(f"- {line}", bold=False)


def find_faults(graph: ImportGraph) -> list[str]:
    """Return one line for each import that no row allows, and for each folder without a row."""
    rows = read_route()
    found: list[str] = []
    for importer in sorted(graph.modules):
        if importer.split(".")[0] not in {"trainer", "calibration"} or importer == "trainer":
            continue
        row = next((r for r in rows if f"{importer}.".startswith(f"{r.module}.")), None)
        if row is None:
            found.append(f"{importer} lies in no folder of the route: add a row")
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            line = fault(row, rows, importer, imported)
            if line is not None:
                found.append(line)
    return found
