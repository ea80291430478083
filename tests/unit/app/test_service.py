"""Installing and removing a service: told first, done once, filled in, refused where it must be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from trainer.app.service import BOOTED, Kind, Machine, install, refuse_unless_able, remove
from trainer.app.steps import Call, Remove, Step, StepError, Write, carry_out, told
from trainer.core.errors import StorageError, UsageError

RECORDER = "etc/systemd/system/footspring-recorder.service"
BOX = "etc/systemd/system/footspring-.service.d/box.conf"


@dataclass
class Recorded:
    """A system that remembers what was run on it."""

    status: int = 0
    ran: list[str] = field(default_factory=list)

    def __call__(self, words: Sequence[str]) -> tuple[int, str]:
        self.ran.append(" ".join(words))
        return self.status, "no such\nunit"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / BOOTED).mkdir(parents=True)
    command = tmp_path / "opt/foot spring/bin/footspring"
    command.parent.mkdir(parents=True)
    command.touch()
    return Machine(
        root=tmp_path,
        is_root=False,
        user="anna",
        home=Path("/home/anna"),
        command=command,
        code=(Path("/home/anna/footspring"), Path("/usr")),
        groups=frozenset({"gpio", "bluetooth", "audio"}),
    )


def files(root: Path) -> dict[str, str]:
    found = [path for path in root.rglob("*footspring*/*.conf") if path.is_file()]
    found += [path for path in root.rglob("footspring-*") if path.is_file()]
    return {str(path.relative_to(root)): path.read_text() for path in found}


def steps_of(machine: Machine, kind: Kind) -> tuple[Step, ...]:
    return install(machine, kind, "ble:Anna's pad", "right")


@pytest.mark.parametrize("kind", Kind)
def test_telling_shows_every_file_whole_and_every_command_and_does_nothing(
    kind: Kind, machine: Machine
) -> None:
    steps = steps_of(machine, kind)
    lines = told(steps)
    for step in steps:
        if isinstance(step, Write):
            assert f"would write {step.path}:" in lines
            assert {f"    {line}".rstrip() for line in step.text.splitlines()} <= {*lines}
        if isinstance(step, Call):
            assert f"would run: {' '.join(step.words)}" in lines
    assert files(machine.root) == {}


def test_the_recorder_is_filled_in_for_its_machine_and_person(machine: Machine) -> None:
    carry_out(steps_of(machine, Kind.RECORDER), Recorded())
    written = files(machine.root)
    assert len(written) == 3
    unit, box = written[RECORDER], written[BOX]
    assert f'ExecStart="{machine.command}" run --source "ble:Anna\'s pad" --side right' in unit
    assert "User=anna\n" in box
    assert "SupplementaryGroups=gpio bluetooth\n" in box
    assert "BindReadOnlyPaths=/home/anna/footspring\n" in box
    assert not [name for name, text in written.items() if "@COMMAND@" in text or "@USER@" in text]


def test_the_recorder_is_enabled_and_started_after_it_is_written(machine: Machine) -> None:
    system = Recorded()
    done = carry_out(steps_of(machine, Kind.RECORDER), system)
    assert system.ran == [
        "systemctl daemon-reload",
        "systemctl enable footspring-recover.service",
        "systemctl enable --now footspring-recorder.service",
    ]
    assert [line.split()[0] for line in done] == ["wrote"] * 3 + ["ran:"] * 3


def test_the_dashboard_is_started_by_the_desktop_and_never_by_boot(machine: Machine) -> None:
    system = Recorded()
    carry_out(steps_of(machine, Kind.DASHBOARD), system)
    assert system.ran == ["systemctl --user daemon-reload"]
    home = "home/anna"
    assert sorted(files(machine.root)) == [
        f"{home}/.config/autostart/footspring-dashboard.desktop",
        f"{home}/.config/systemd/user/footspring-dashboard.service",
        f"{home}/.local/share/applications/footspring-dashboard.desktop",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_doing_it_twice_is_doing_it_once(kind: Kind, machine: Machine) -> None:
    carry_out(steps_of(machine, kind), Recorded())
    before = {path: (machine.root / path).stat().st_mtime_ns for path in files(machine.root)}
    steps = steps_of(machine, kind)
    assert sum("as it is" in line for line in told(steps)) == 3
    assert sum(line.startswith("left ") for line in carry_out(steps, Recorded())) == 3
    assert before == {p: (machine.root / p).stat().st_mtime_ns for p in files(machine.root)}


@pytest.mark.parametrize("kind", Kind)
def test_removing_takes_back_all_that_was_written_and_leaves_the_data(
    kind: Kind, machine: Machine
) -> None:
    data = machine.root / "var/lib/footspring/recordings/kept.mcap"
    data.parent.mkdir(parents=True)
    data.write_text("kept")
    carry_out(steps_of(machine, kind), Recorded())
    system = Recorded()
    steps = remove(machine, kind)
    assert isinstance(steps[0], Call)
    assert {"stop", "disable"} & {*steps[0].words}
    carry_out(steps, system)
    assert files(machine.root) == {}
    assert not (machine.root / BOX).parent.exists()
    assert system.ran[-1].endswith("daemon-reload")
    assert data.read_text() == "kept"
    assert remove(machine, kind) == ()


def test_what_a_person_added_beside_it_stays(machine: Machine) -> None:
    carry_out(steps_of(machine, Kind.RECORDER), Recorded())
    own = (machine.root / BOX).with_name("mine.conf")
    own.write_text("[Service]\n")
    done = carry_out(remove(machine, Kind.RECORDER), Recorded())
    assert own.exists()
    assert any("there is more in it" in line for line in done)


@pytest.mark.parametrize("kind", Kind)
def test_a_system_without_systemd_is_refused_clearly(kind: Kind, machine: Machine) -> None:
    (machine.root / BOOTED).rmdir()
    with pytest.raises(UsageError, match="not started by systemd"):
        steps_of(machine, kind)
    with pytest.raises(UsageError, match="not started by systemd"):
        remove(machine, kind)


def test_two_services_do_not_share_a_pad(machine: Machine) -> None:
    carry_out(steps_of(machine, Kind.DASHBOARD), Recorded())
    with pytest.raises(UsageError, match="remove-service --dashboard"):
        steps_of(machine, Kind.RECORDER)


def test_root_trains_nobody_and_has_no_desktop(machine: Machine) -> None:
    with pytest.raises(UsageError, match="not to root"):
        steps_of(replace(machine, user="root", is_root=True), Kind.RECORDER)
    with pytest.raises(UsageError, match="without sudo"):
        steps_of(replace(machine, is_root=True), Kind.DASHBOARD)


def test_the_system_is_changed_by_root_alone_and_the_line_for_it_is_given(
    machine: Machine,
) -> None:
    with pytest.raises(UsageError, match=r"sudo .*/bin/footspring install-service --recorder"):
        refuse_unless_able(machine, Kind.RECORDER, "install-service --recorder")
    refuse_unless_able(replace(machine, is_root=True), Kind.RECORDER, "")
    refuse_unless_able(machine, Kind.DASHBOARD, "")


def test_a_program_that_is_not_where_it_would_be_started_is_refused(machine: Machine) -> None:
    machine.command.unlink()
    with pytest.raises(UsageError, match="make setup"):
        steps_of(machine, Kind.RECORDER)


def test_a_command_that_fails_ends_it_and_says_what_it_said() -> None:
    system = Recorded(status=5)
    with pytest.raises(StepError, match=r"status 5 \(no such unit\)"):
        carry_out((Call(("systemctl", "one")), Call(("systemctl", "two"))), system)
    assert system.ran == ["systemctl one"]


def test_a_file_that_cannot_be_written_or_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for step in (Write(tmp_path / "file" / "unit", ""), Remove(tmp_path / "file" / "unit")):
        with pytest.raises(StorageError, match="give the same command again"):
            carry_out((step,), Recorded())
