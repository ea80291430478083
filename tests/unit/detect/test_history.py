"""The blocks that are kept."""

import numpy as np
import pytest

from tests.unit.detect.traces import blocks_of, stamps
from trainer.detect.history import History

TIME = stamps(2.0)
FORCE = np.arange(len(TIME), dtype=float)


@pytest.mark.parametrize("sizes", [(8,), (1, 3, 20), (160,)])
def test_a_stretch_does_not_depend_on_the_blocks(sizes: tuple[int, ...]) -> None:
    history = History()
    for block in blocks_of(TIME, FORCE, sizes, first_index=1000):
        history.append(block, 0)
    stretch = history.cut(1010, 1050)
    assert stretch.first_index == 1010
    assert stretch.cells_n[:, -1].tolist() == FORCE[10:50].tolist()
    assert stretch.time_s.tolist() == TIME[10:50].tolist()
    assert len(stretch.band_n) == len(stretch.quality) == 40
    assert history.next_index == 1160


def test_what_is_no_longer_needed_is_dropped_and_the_rest_kept() -> None:
    history = History()
    for block in blocks_of(TIME, FORCE, (8,)):
        history.append(block, block.first_index - 20)
    # 152 - 20 = 132 lies in the block from 128 on.
    assert history.first_index == 128
    stretch = history.cut(0, 160)
    assert stretch.first_index == 128
    assert stretch.cells_n[:, -1].tolist() == FORCE[128:].tolist()


def test_a_new_run_starts_empty() -> None:
    history = History()
    history.append(blocks_of(TIME, FORCE)[0], 0)
    history.clear()
    history.append(blocks_of(TIME, FORCE, first_index=500)[0], 0)
    assert (history.first_index, history.next_index) == (500, 508)
