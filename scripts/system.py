"""The system packages a set-up needs: which lack, and getting them or naming the one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.libraries import FONT, HEADLESS, WINDOW, missing, packages
from scripts.machine import Machine, SetupError


@dataclass(frozen=True, slots=True)
class Lacking:
    """Debian packages that lack, and shared libraries of which no package is known."""

    essential: tuple[str, ...] = ()
    """Nothing works without them."""
    window: tuple[str, ...] = ()
    """Only a window on this machine's screen needs them."""
    unknown: tuple[str, ...] = ()


def find_lacking(machine: Machine, seen_by_ldd: Sequence[str] = ()) -> Lacking:
    """Return what lacks; `seen_by_ldd` are libraries that Qt's own plugins did not find."""
    lost = [*missing(HEADLESS, machine.can_load), *(s for s in seen_by_ldd if s not in WINDOW)]
    lost_window = [*missing(WINDOW, machine.can_load), *(s for s in seen_by_ldd if s in WINDOW)]
    essential, unknown = packages(lost, machine.release())
    window, _ = packages(lost_window, machine.release())
    if not machine.can_make_environments():
        if not machine.is_system_python():
            raise SetupError(
                f"{machine.python_name()} lacks venv or ensurepip and did not come with the "
                "system: install a complete Python 3.11 to 3.13, then run make setup again."
            )
        essential = (f"{machine.python_name()}-venv", *essential)
    if not machine.has_font():
        essential = (*essential, FONT)
    if machine.has_screen():
        essential, window = (*essential, *window), ()
    return Lacking(essential, window, unknown)


def provide(lacking: Lacking, machine: Machine) -> None:
    """Install what lacks where that needs no password; else say the one line.

    Raises SetupError where nothing works without it.
    """
    if lacking.unknown:
        raise SetupError(
            f"Qt needs {' '.join(lacking.unknown)}, and no package is known that holds it: "
            "install it by hand, then run make setup again."
        )
    wanted = (*lacking.essential, *lacking.window)
    if not wanted:
        return
    if not machine.has_program("apt-get"):
        _say(lacking, f"install what your system calls {' '.join(wanted)}")
        return
    prefix = machine.root_prefix()
    line = f"sudo apt-get install --yes {' '.join(wanted)}"
    if prefix is None:
        _say(lacking, line)
        return
    print(f"Installing system packages: {' '.join(wanted)}", flush=True)
    _install(wanted, prefix, machine, line)


def _say(lacking: Lacking, line: str) -> None:
    if lacking.essential:
        raise SetupError(f"System packages are missing. Run this, then make setup again:\n{line}")
    print(f"Before a window can open on a screen of this machine:\n{line}", flush=True)


def _install(wanted: Sequence[str], prefix: Sequence[str], machine: Machine, line: str) -> None:
    # A fresh desktop updates itself in the background and holds apt's lock meanwhile.
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *wanted]
    done = machine.run(install)
    if done.status != 0:
        # A fresh image has no package lists yet.
        machine.run([*apt, "update"])
        done = machine.run(install)
    if done.status != 0:
        tail = "\n".join(done.output.splitlines()[-5:])
        raise SetupError(f"{tail}\napt-get failed. Correct that and run:\n{line}")
