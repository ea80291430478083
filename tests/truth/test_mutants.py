"""Every product that was broken on purpose is caught: a score falls below its floor."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.truth.floors import floor_of
from tests.truth.generator import Take, record
from tests.truth.mutants import MUTANTS, Mutant
from tests.truth.part_holds import Draw
from tests.truth.scoring import HoldScore, ask_take, score_take

SEEDS = (70, 71, 72)
DURATION_S = 400.0


@cache
def takes_of(draw: Draw) -> Sequence[Take]:
    """Return the recordings that sound and broken products are judged on."""
    scenes = [(draw(np.random.default_rng(seed), DURATION_S), seed) for seed in SEEDS]
    return [record(scene, seed) for scene, seed in scenes]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_product_falls_below_the_floor_that_the_sound_one_keeps(
    mutant: Mutant, tmp_path: Path
) -> None:
    takes = takes_of(mutant.draw)
    sound: list[HoldScore] = [score_take(take, ask_take(take, tmp_path)) for take in takes]
    broken = [score_take(take, mutant.ask(take, tmp_path)) for take in takes]
    floor = floor_of(mutant.draw, mutant.falls)
    assert floor.is_kept(sound), f"{floor.name}: {floor.figure(sound)} without anything broken"
    assert not floor.is_kept(broken), f"{floor.name}: {floor.figure(broken)} is not caught"
