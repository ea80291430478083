"""Tables of a programme's text into values: includes laid in, shipped exercises taken along."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from trainer.coach.faults import Faults
from trainer.coach.programme import (
    Circuit,
    Drill,
    Gate,
    Phase,
    Programme,
    Rung,
    Step,
    Tempo,
)
from trainer.coach.programmeshape import (
    CircuitTable,
    DrillTable,
    PartTable,
    PhaseTable,
    ProgrammeTable,
    StepTable,
)
from trainer.coach.setline import parse_set
from trainer.core.diary.training import Block
from trainer.core.errors import SettingsError
from trainer.core.tomllines import KeyPath

_ORDER = list(Block)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a step was written."""

    path: KeyPath
    line: str = ""
    """The one-line form; empty where it has a table, or was shipped."""


Placed = tuple[Origin, Step]


@dataclass(slots=True)
class Assembly:
    """Makes the programme once; `own` then says where each step of each own circuit stands."""

    table: ProgrammeTable
    faults: Faults
    shipped: Programme | None
    own: dict[str, tuple[Origin, ...]] = field(default_factory=dict[str, tuple[Origin, ...]])

    def build(self) -> Programme:
        """Return the programme; faults of what it names are noted."""
        table = self.table
        circuits = {key: self._circuit(key, found) for key, found in table.circuits.items()}
        circuits = self._included(circuits) | circuits
        parts = {key: self._steps(("parts", key), ()) for key in table.parts}
        return Programme(
            id=table.id,
            title=table.title,
            drills=self._drills(circuits),
            circuits=circuits,
            phases=tuple(_phase(found) for found in table.phases),
            goal=table.goal,
            per_week=table.frequency_per_week,
            cap_min=table.session_cap_min,
            reassess_weeks=table.reassess.weeks,
            baseline=table.reassess.baseline,
            standard_set=table.reassess.standard_set,
            activation=table.activation,
            travel=table.travel,
            parts={key: tuple(step for _, step in placed) for key, placed in parts.items()},
        )

    def _circuit(self, key: str, found: CircuitTable) -> Circuit:
        placed = self._steps(("circuits", key), ())
        self.own[key] = tuple(origin for origin, _ in placed)
        steps = tuple(step for _, step in placed)
        return Circuit(key, found.title, found.kind, steps, found.protocol_version)

    def _steps(self, path: KeyPath, above: tuple[KeyPath, ...]) -> list[Placed]:
        found: PartTable | CircuitTable = (
            self.table.parts[path[1]] if path[0] == "parts" else self.table.circuits[path[1]]
        )
        if found.steps and found.sets:
            self.faults.add((*path, "sets"), "stands beside steps; write all steps in one form.")
        included = [p for i in found.include for p in self._include(path, i, (*above, path))]
        placed = [*included, *self._tables(path, found.steps), *self._lines(path, found.sets)]
        return sorted(placed, key=lambda one: _ORDER.index(one[1].block))

    def _include(self, path: KeyPath, asked: str, above: tuple[KeyPath, ...]) -> Iterator[Placed]:
        where = (*path, "include")
        for kind, tables in (("parts", self.table.parts), ("circuits", self.table.circuits)):
            if asked in tables:
                target = (kind, asked)
                if target in above:
                    names = " -> ".join(name for _, name in (*above, target))
                    self.faults.add(where, f"goes in a circle: {names}. Take one include out.")
                    return
                yield from ((Origin(where), step) for _, step in self._steps(target, above))
                return
        yield from self._shipped_steps(where, asked)

    def _shipped_steps(self, where: KeyPath, asked: str) -> Iterator[Placed]:
        parts = self.shipped.parts if self.shipped else {}
        circuits = self.shipped.circuits if self.shipped else {}
        if asked in parts or asked in circuits:
            steps = parts[asked] if asked in parts else circuits[asked].steps
            yield from ((Origin(where), step) for step in steps)
            return
        known = [*self.table.parts, *self.table.circuits, *parts, *circuits]
        self.faults.unknown(where, asked, known, "part or circuit")

    def _tables(self, path: KeyPath, steps: tuple[StepTable, ...]) -> Iterator[Placed]:
        for index, found in enumerate(steps):
            yield Origin((*path, "steps", str(index))), _step(found)

    def _lines(self, path: KeyPath, lines: tuple[str, ...]) -> Iterator[Placed]:
        for index, line in enumerate(lines):
            where = (*path, "sets", str(index))
            try:
                yield Origin(where, line), parse_set(line)
            except SettingsError as error:
                self.faults.add_line(where, line, str(error))

    def _included(self, own: dict[str, Circuit]) -> dict[str, Circuit]:
        shipped = self.shipped.circuits if self.shipped else {}
        table = self.table
        found: dict[str, Circuit] = {}
        for index, asked in enumerate(table.include):
            if asked in shipped:
                found[asked] = shipped[asked]
            else:
                self.faults.unknown(("include", str(index)), asked, shipped, "shipped circuit")
        roles = (
            table.reassess.baseline,
            table.reassess.standard_set,
            table.activation,
            table.travel,
        )
        return found | {role: shipped[role] for role in roles if role in shipped.keys() - own}

    def _drills(self, circuits: dict[str, Circuit]) -> dict[str, Drill]:
        shipped = self.shipped.drills if self.shipped else {}
        drills = {key: _drill(key, found) for key, found in self.table.exercises.items()}
        wanted = [step.exercise for circuit in circuits.values() for step in circuit.steps]
        wanted += [drill.substitute for drill in drills.values()]
        while wanted:
            key = wanted.pop(0)
            if key in shipped and key not in drills:
                drills[key] = shipped[key]
                wanted.append(shipped[key].substitute)
        return drills


def _drill(key: str, found: DrillTable) -> Drill:
    return Drill(
        id=key,
        title=found.title,
        how=found.how,
        led=found.led,
        sensor=found.sensor,
        is_guarded=found.guard,
        targets=found.targets,
        direction=found.direction,
        cues=found.cues,
        beats=found.beats,
        devices=found.devices,
        picture=found.picture,
        substitute=found.substitute,
        is_hard=found.hard,
        unit=found.unit.value,
    )


def _step(found: StepTable) -> Step:
    return Step(
        exercise=found.exercise,
        sets=found.sets,
        reps=found.reps,
        hold_s=found.hold_s,
        duration_s=found.duration_s,
        tempo=Tempo(*found.tempo_s),
        rest_s=found.rest_s,
        target_pct_mvc=found.target_pct_mvc,
        target_pct_bw=found.target_pct_bw,
        sides=found.side,
        block=found.block,
        device=found.device,
        surface=found.surface,
    )


def _phase(found: PhaseTable) -> Phase:
    rungs = tuple(
        Rung(
            id=rung.id,
            circuit=rung.circuit,
            weeks=rung.weeks,
            change=rung.change,
            gate=Gate(**{key: getattr(rung.gate, key) for key in Gate.__dataclass_fields__}),
        )
        for rung in found.steps
    )
    return Phase(found.id, found.title, found.kind, rungs)
