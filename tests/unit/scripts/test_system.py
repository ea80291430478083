"""System packages: install them where no password is asked, else say one line."""

from collections.abc import Sequence

import pytest

from scripts.machine import Outcome, SetupError
from scripts.system import Lacking, find_lacking, provide
from tests.unit.scripts.toymachine import ToyMachine


def test_a_complete_machine_lacks_nothing() -> None:
    assert find_lacking(ToyMachine()) == Lacking()


def test_what_only_a_window_needs_is_told_apart() -> None:
    machine = ToyMachine()
    machine.libraries -= {"libEGL.so.1", "libxcb-cursor.so.0"}
    assert find_lacking(machine) == Lacking(essential=("libegl1",), window=("libxcb-cursor0",))


def test_with_a_screen_a_window_is_essential() -> None:
    machine = ToyMachine()
    machine.screen = True
    machine.libraries -= {"libxcb-cursor.so.0"}
    assert find_lacking(machine).essential == ("libxcb-cursor0",)
    assert find_lacking(machine).window == ()


def test_venv_and_a_font_are_asked_for_by_package() -> None:
    machine = ToyMachine()
    machine.is_complete = machine.font = False
    assert find_lacking(machine).essential == ("python3.13-venv", "fonts-dejavu-core")


def test_a_python_from_elsewhere_cannot_be_completed_by_apt() -> None:
    machine = ToyMachine()
    machine.is_complete = machine.is_from_system = False
    with pytest.raises(SetupError, match="did not come with the system"):
        find_lacking(machine)


def test_what_ldd_saw_is_added_and_sorted_by_its_use() -> None:
    lacking = find_lacking(ToyMachine(), ("libxcb-shm.so.0", "libxcb-xkb.so.1", "libnew.so.7"))
    assert lacking == Lacking(("libxcb-shm0",), ("libxcb-xkb1",), ("libnew.so.7",))


def test_nothing_lacking_runs_nothing() -> None:
    machine = ToyMachine()
    machine.prefix = ()
    provide(Lacking(), machine)
    assert machine.ran == []


def test_without_root_the_one_line_is_the_error() -> None:
    with pytest.raises(SetupError) as caught:
        provide(Lacking(("libegl1",), ("libxcb-cursor0",)), ToyMachine())
    assert str(caught.value).splitlines()[1:] == [
        "sudo apt-get install --yes libegl1 libxcb-cursor0"
    ]


def test_without_root_and_screen_a_missing_window_is_only_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    provide(Lacking(window=("libxcb-cursor0",)), ToyMachine())
    assert "sudo apt-get install --yes libxcb-cursor0" in capsys.readouterr().out


@pytest.mark.parametrize("prefix", [(), ("sudo", "-n")])
def test_with_root_the_packages_are_installed(prefix: tuple[str, ...]) -> None:
    machine = ToyMachine()
    machine.prefix = prefix
    provide(Lacking(("libegl1",), ("libxcb-cursor0",)), machine)
    assert len(machine.ran) == 1
    assert machine.ran[0].startswith(" ".join([*prefix, "env DEBIAN_FRONTEND=noninteractive"]))
    assert machine.ran[0].endswith("libegl1 libxcb-cursor0")


class _FreshImage(ToyMachine):
    """Installs only once the package lists are there."""

    has_lists = False

    def run(self, command: Sequence[str]) -> Outcome:
        self.has_lists |= "update" in command
        super().run(command)
        return Outcome(0 if self.has_lists else 100, "E: Unable to locate package libegl1")


def test_a_machine_without_package_lists_gets_them_first() -> None:
    machine = _FreshImage()
    machine.prefix = ()
    provide(Lacking(("libegl1",)), machine)
    verbs = [next(v for v in ("install", "update") if v in line.split()) for line in machine.ran]
    assert verbs == ["install", "update", "install"]


def test_where_apt_fails_its_last_words_and_the_line_are_the_error() -> None:
    machine = ToyMachine()
    machine.prefix = ()
    machine.answers = [("apt-get", Outcome(100, "1\n2\n3\n4\n5\n6\nE: no network"))]
    with pytest.raises(SetupError, match="E: no network\napt-get failed") as caught:
        provide(Lacking(("libegl1",)), machine)
    assert "sudo apt-get install --yes libegl1" in str(caught.value)
    assert not str(caught.value).startswith("1\n")


def test_without_apt_the_packages_are_still_named() -> None:
    machine = ToyMachine()
    machine.programs = set()
    machine.prefix = ()
    with pytest.raises(SetupError, match="install what your system calls libegl1"):
        provide(Lacking(("libegl1",)), machine)
    assert machine.ran == []


def test_a_library_of_no_known_package_stops_the_set_up() -> None:
    with pytest.raises(SetupError, match=r"libnew\.so\.7"):
        provide(Lacking(unknown=("libnew.so.7",)), ToyMachine())
