"""Firm ground and foam are told apart by the sway of real stance, in every trial."""

from pathlib import Path

from tests.truth.part_real import read_surfaces, sway_of


def test_every_trial_on_foam_sways_more_than_any_on_firm_ground(data_folder: Path) -> None:
    folder = data_folder / "stance"
    areas: dict[str, list[float]] = {"firm": [], "foam": []}
    for file, surface in read_surfaces(folder):
        areas[surface].append(sway_of(folder / file)["ellipse95_cm2"])
    assert [len(areas["firm"]), len(areas["foam"])] == [6, 6]
    assert max(areas["firm"]) < min(areas["foam"])
