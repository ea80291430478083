"""The libraries at the pins: told with versions, and as missing only where they are needed."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

from trainer.app.machinefacts import gather
from trainer.app.pinlibraries import pin_versions
from trainer.doctor.finding import Verdict
from trainer.doctor.machine import machine_findings

PACKAGES = {"spidev": "3.8", "adafruit-circuitpython-hx711": "1.1.2"}


def _version_of(package: str) -> str:
    try:
        return PACKAGES[package]
    except KeyError:
        raise PackageNotFoundError(package) from None


def test_what_is_not_installed_is_told_only_where_it_is_needed() -> None:
    def look(*, are_needed: bool) -> dict[str, str]:
        return pin_versions(
            are_needed=are_needed, version_of=_version_of, has_module=lambda name: name == "lgpio"
        )

    there = {**PACKAGES, "lgpio": "the system's"}
    assert look(are_needed=False) == there
    needed = look(are_needed=True)
    assert {name: number for name, number in needed.items() if number != "missing"} == there
    assert set(needed) - set(there) == {
        "gpiod",
        "Adafruit-Blinka",
        "adafruit-circuitpython-lsm6ds",
        "adafruit-circuitpython-tca9548a",
        "cedargrove-nau7802",
    }


def test_the_finding_of_versions_names_them(tmp_path: Path) -> None:
    found = {f.id: f for f in machine_findings(gather(tmp_path, "pins"))}
    assert "adafruit-circuitpython-hx711 1." in found["versions"].shown
    assert "cedargrove-nau7802 2." in found["versions"].shown
    assert "spidev " in found["versions"].shown
    assert found["versions"].verdict is Verdict.OK
    other = {f.id: f for f in machine_findings(gather(tmp_path, "sim"))}
    assert "adafruit-circuitpython-hx711 1." in other["versions"].shown
    assert "missing" not in other["versions"].shown
