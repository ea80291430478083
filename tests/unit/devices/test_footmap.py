"""The map of the feet: anatomy, taps, shades and words."""

import xml.etree.ElementTree as ET

import pytest

from trainer.core.cues import Side
from trainer.core.diary.training import PainSite
from trainer.devices.footmap import HEIGHT, WIDTH, Mark, Spot, draw, middle_of, region_at, shade
from trainer.devices.footshape import SOLE, View, contains

ALL = [Spot(side, site) for side in Side for site in PainSite if site is not PainSite.NOT_SAID]


def x_of(view: View, spot: Spot) -> float:
    point = middle_of(view, spot)
    assert point is not None
    return point[0]


@pytest.mark.parametrize("spot", ALL, ids=lambda spot: f"{spot.side} {spot.site}")
def test_a_tap_in_the_middle_of_a_place_means_it(spot: Spot) -> None:
    found = [at for view in View if (at := middle_of(view, spot)) is not None]
    assert found
    for x, y in found:
        assert region_at(x, y) == spot


def test_the_sesamoids_lie_under_the_inner_metatarsal_heads_behind_the_great_toe() -> None:
    regions = {region.site: region for region in SOLE}
    bones = regions[PainSite.SESAMOIDS].middle
    assert contains(regions[PainSite.METATARSAL_HEADS].outlines[0], bones)
    assert bones[0] < 40
    assert abs(bones[0] - regions[PainSite.GREAT_TOE].middle[0]) < 10


@pytest.mark.parametrize("view", list(View))
def test_the_great_toes_point_to_each_other(view: View) -> None:
    order = (
        Spot(Side.LEFT, PainSite.LESSER_TOES),
        Spot(Side.LEFT, PainSite.GREAT_TOE),
        Spot(Side.RIGHT, PainSite.GREAT_TOE),
        Spot(Side.RIGHT, PainSite.LESSER_TOES),
    )
    across = [x_of(view, spot) for spot in order]
    assert across == sorted(across)


def test_the_arch_and_the_inner_ankle_are_on_the_inner_side() -> None:
    arch, heel = (x_of(View.SOLE, Spot(Side.LEFT, s)) for s in (PainSite.ARCH, PainSite.HEEL))
    inner = x_of(View.TOP, Spot(Side.LEFT, PainSite.ANKLE_INSIDE))
    assert arch > heel
    assert inner > x_of(View.TOP, Spot(Side.LEFT, PainSite.ANKLE_OUTSIDE))


def test_beside_the_feet_is_no_place_and_a_near_miss_is_one() -> None:
    assert region_at(200, 400) is None
    # The edge of the left heel is at 116.
    assert region_at(121, 346) == Spot(Side.LEFT, PainSite.HEEL)
    assert region_at(135, 346) is None


def test_levels_stand_as_shade_and_as_text_with_sharp_and_new() -> None:
    text = draw({Spot(Side.LEFT, PainSite.FASCIA): Mark(6, is_sharp=True, is_new=True)}, "A & B")
    root = ET.fromstring(text)  # noqa: S314 - our own text
    groups = {one.get("id"): one for one in root.iter("{http://www.w3.org/2000/svg}g")}
    group = groups["left-sole-plantar-fascia"]
    assert group[0].text == "left plantar fascia: 6 of 10, sharp, new place"
    assert group[1].get("fill") == shade(6)
    assert group[1].get("stroke-dasharray")
    assert "6!" in [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert len(groups) == 28


def test_every_text_lies_within_the_picture() -> None:
    root = ET.fromstring(draw({}, "Where it hurts: Ada"))  # noqa: S314 - our own text
    for one in root.iter("{http://www.w3.org/2000/svg}text"):
        half = 0.32 * float(one.get("font-size", "0")) * len(one.text or "")
        x = float(one.get("x", "0")) + (half if one.get("text-anchor") == "start" else 0)
        assert x - half >= 0
        assert x + half <= WIDTH
        assert 0 < float(one.get("y", "0")) < HEIGHT


def test_more_pain_is_darker() -> None:
    shades = [shade(level) for level in (0, 2, 4, 6, 8, 10)]
    light = [sum(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in shades]
    assert light == sorted(light, reverse=True)
    assert len(set(shades)) == 6
