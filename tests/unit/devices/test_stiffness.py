"""Stiffness, hysteresis and wear against generated bands whose truth is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.core.diary.devices import Characteristic
from trainer.core.diary.entry import Entry
from trainer.core.errors import UsageError
from trainer.devices.stiffness import StretchStep, characterise, expanded
from trainer.devices.wear import wear
from trainer.devices.worn import worn_devices

UP_MM = np.arange(0.0, 70.0, 10.0)
STRETCHES_MM = np.concatenate([UP_MM, UP_MM[-2::-1]])
K_N_MM = 0.4
PRELOAD_N = 2.0
LOST = 0.12
"""Share of the force over the slack line that the way back lacks in its middle."""
RUNS = 4000


def pulled(stretch_mm: FloatArray) -> FloatArray:
    force_n: FloatArray = PRELOAD_N + K_N_MM * stretch_mm
    return force_n


def let_go(stretch_mm: FloatArray) -> FloatArray:
    force_n: FloatArray = pulled(stretch_mm) - LOST * stretch_mm * (60 - stretch_mm) / 60
    return force_n


def generated(draw: np.random.Generator, k_share: float = 1.0) -> list[StretchStep]:
    """Return steps whose hand missed the ruler by 0.5 mm, in 0.05 N of noise."""
    true_mm = STRETCHES_MM + draw.normal(0, 0.5, len(STRETCHES_MM))
    way_up = np.arange(len(STRETCHES_MM)) < len(UP_MM)
    force_n = k_share * np.where(way_up, pulled(true_mm), let_go(true_mm))
    force_n += draw.normal(0, 0.05, len(force_n))
    return [
        StretchStep(float(mm), float(n), 0.05) for mm, n in zip(STRETCHES_MM, force_n, strict=True)
    ]


def without_noise() -> list[StretchStep]:
    force_n = np.concatenate([pulled(UP_MM), let_go(UP_MM[-2::-1])])
    return [StretchStep(float(mm), float(n)) for mm, n in zip(STRETCHES_MM, force_n, strict=True)]


def true_hysteresis_pct() -> float:
    up_n, down_n = pulled(UP_MM), let_go(UP_MM)
    return float(100 * (1 - np.trapezoid(down_n, UP_MM) / np.trapezoid(up_n, UP_MM)))


@pytest.fixture(scope="module")
def drawn() -> list[Characteristic]:
    draw = np.random.default_rng(20)
    return [characterise("band", generated(draw)) for _ in range(RUNS)]


def test_a_band_without_noise_gives_its_own_figures() -> None:
    found = characterise("band", without_noise(), tension="light", source="a.csv")
    assert found.stiffness_n_mm == pytest.approx(K_N_MM)
    assert found.stretch_mm == pytest.approx(30)
    assert found.force_n == pytest.approx(float(pulled(np.array(30.0))))
    assert found.hysteresis_pct == pytest.approx(true_hysteresis_pct())
    assert found.stiffness_u_n_mm == pytest.approx(0, abs=1e-9)
    assert (found.steps, found.tension, found.source) == (7, "light", "a.csv")


@pytest.mark.parametrize(
    ("truth", "figure"),
    [
        (K_N_MM, lambda c: (c.stiffness_n_mm, c.stiffness_u_n_mm)),
        (14.0, lambda c: (c.force_n, c.force_u_n)),
        (true_hysteresis_pct(), lambda c: (c.hysteresis_pct, c.hysteresis_u_pct)),
    ],
    ids=["stiffness", "force", "hysteresis"],
)
def test_nineteen_of_twenty_uncertainties_hold_the_truth(
    drawn: list[Characteristic],
    truth: float,
    figure: Callable[[Characteristic], tuple[float, float]],
) -> None:
    pairs = [figure(one) for one in drawn]
    held = [abs(found - truth) <= expanded(u, 7) for found, u in pairs]
    assert 0.93 <= np.mean(held) <= 0.97


def test_the_middle_of_unevenly_sure_steps_lies_where_they_are_sure() -> None:
    steps = [
        replace(step, force_u_n=5.0 if step.stretch_mm > 25 else 0.1) for step in without_noise()
    ]
    assert characterise("band", steps).stretch_mm < 15


def test_points_on_a_line_are_no_surer_than_their_last_digits() -> None:
    steps = [replace(step, digit_n=0.1, digit_mm=1.0) for step in without_noise()]
    found = characterise("band", steps)
    rounding_n = np.hypot(0.1, K_N_MM * 1.0) / np.sqrt(12)
    assert found.force_u_n == pytest.approx(rounding_n / np.sqrt(7))
    assert found.stiffness_u_n_mm == pytest.approx(
        rounding_n / np.sqrt(7 * np.mean((UP_MM - 30) ** 2))
    )
    assert found.hysteresis_u_pct is not None
    assert found.hysteresis_u_pct > 0.1


def test_a_way_up_alone_tells_no_hysteresis() -> None:
    found = characterise("band", without_noise()[:7])
    assert found.hysteresis_pct is None
    assert found.hysteresis_u_pct is None


def test_a_way_back_that_ends_early_is_compared_over_what_both_cover() -> None:
    whole = characterise("band", without_noise()).hysteresis_pct
    part = characterise("band", without_noise()[:10]).hysteresis_pct
    assert whole is not None
    assert part is not None
    up = np.array([30.0, 40.0, 50.0, 60.0])
    lost = 100 * (1 - np.trapezoid(let_go(up), up) / np.trapezoid(pulled(up), up))
    assert part == pytest.approx(lost)
    assert part != pytest.approx(whole)


def test_too_few_stretches_are_refused_with_the_next_step() -> None:
    with pytest.raises(UsageError, match=r"3 different stretches .* at least 4.*Hold more"):
        characterise("band", without_noise()[:3])


def test_a_band_that_kept_its_resistance_is_seldom_said_to_have_lost_it() -> None:
    draw = np.random.default_rng(4)
    before = [characterise("band", generated(draw)) for _ in range(1000)]
    alarms = [wear(a, b).has_lost for a, b in zip(before[:500], before[500:], strict=True)]
    assert np.mean(alarms) <= 0.05


def test_a_tenth_of_lost_resistance_is_told() -> None:
    draw = np.random.default_rng(5)
    pairs = [
        (characterise("band", generated(draw)), characterise("band", generated(draw, 0.9)))
        for _ in range(200)
    ]
    told = [wear(a, b) for a, b in pairs]
    assert np.mean([one.has_lost for one in told]) > 0.95
    assert np.mean([one.loss_pct for one in told]) == pytest.approx(10, abs=0.5)
    assert {one.by for one in told} == {"force"}


def test_a_device_has_lost_when_its_newest_figure_at_a_tension_is_below_the_first() -> None:
    draw = np.random.default_rng(6)

    def entry(share: float, tension: str, *, is_simulated: bool = False) -> Entry[Characteristic]:
        said = characterise("band", generated(draw, share), tension=tension)
        return Entry(0, "Ada", datetime(2026, 3, 2, tzinfo=UTC), "UTC", 0, is_simulated, said)

    first, other, lost = entry(1, "light"), entry(0.5, "medium"), entry(0.8, "light")
    assert worn_devices([first, other]) == {}
    assert worn_devices([first, other, lost])["band"].loss_pct == pytest.approx(20, abs=5)
    assert worn_devices([first, lost, entry(1, "light")]) == {}
    simulated = [entry(share, "light", is_simulated=True) for share in (1.0, 0.5)]
    assert "band" in worn_devices(simulated)
    assert worn_devices([*simulated, first]) == {}


def test_other_stretches_are_compared_by_stiffness() -> None:
    before = characterise("band", without_noise())
    now = characterise("band", without_noise()[:5])
    found = wear(before, now)
    assert found.by == "stiffness"
    assert not found.has_lost
