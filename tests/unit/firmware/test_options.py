"""What stands in the board's settings.toml."""

import footwire
import pytest
from footnode.options import MOST_CELLS, Options
from footnode.settings import DEFAULT_NAME

from trainer.core.packets import CELL_ROLES


def _options(**settings: object) -> Options:
    return Options(settings.get)


def test_without_settings_it_is_a_pad_with_one_cell_on_an_hx711() -> None:
    options = _options()
    assert (options.kind, options.converter, options.has_imu) == (
        footwire.PAD,
        footwire.HX711,
        True,
    )
    assert options.cells == [footwire.ROLES.index("toes")]


def test_a_pad_of_four_cells_on_nau7802() -> None:
    options = _options(FOOT_CELLS="hallux, toes,ball,heel", FOOT_CONVERTER="nau7802")
    assert [footwire.ROLES[role] for role in options.cells] == ["hallux", "toes", "ball", "heel"]


def test_a_balance_board_has_no_cells() -> None:
    options = _options(FOOT_KIND="balance", FOOT_CONVERTER="none")
    assert (options.kind, options.converter, options.cells) == (footwire.BALANCE, 0, [])


@pytest.mark.parametrize(
    "key", ["FOOT_KIND", "FOOT_CONVERTER", "FOOT_IMU", "FOOT_IMU_AXES", "FOOT_CELLS"]
)
@pytest.mark.parametrize("wrong", ["", "towel", 7])
def test_a_setting_that_means_nothing_is_refused_by_its_name(key: str, wrong: object) -> None:
    with pytest.raises(ValueError, match=f'{key} is "{wrong}".*settings.toml'):
        _options(**{key: wrong})


@pytest.mark.parametrize("cells", ["toes,toes", "toes,ball,heel", "toes,"])
def test_cells_that_an_hx711_node_cannot_have_are_refused(cells: str) -> None:
    with pytest.raises(ValueError, match="FOOT_CELLS"):
        _options(FOOT_CELLS=cells)


def test_roles_and_converters_are_those_of_the_wire() -> None:
    assert footwire.ROLES[1:] == CELL_ROLES
    assert set(MOST_CELLS) == set(footwire.CONVERTERS)
    assert len(DEFAULT_NAME.encode()) <= footwire.NAME_BYTES
