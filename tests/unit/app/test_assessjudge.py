"""What an assessment finds in presses that were drawn by hand."""

import math
from dataclasses import replace

import pytest

from tests.unit.app.benchscene import (
    Bench,
    Drawn,
    DrawnMax,
    DrawnSet,
    reasons,
    values,
)
from trainer.coach.programme import Step, Tempo
from trainer.core.cues import Side
from trainer.core.diary.training import EndedBy
from trainer.progress.metrics import METRICS

TEMPO = Tempo(1.0, 0.5, 1.0)
CUES_S = tuple(12.0 + 3.0 * rep for rep in range(16))


def curls(
    forces_n: tuple[float, ...] = (30.0,) * 16,
    lengths_s: tuple[float, ...] = (1.5,) * 16,
    helped: tuple[int, ...] = (),
    exercise: str = "toe_curl",
) -> DrawnSet:
    """Return a set whose reps start 0.5 s after their cues, as the trace has it; some helped."""
    presses = tuple(
        Drawn(at_s + 0.5, at_s + 0.5 + length_s, force_n, 1.0, 1.0, calf=rep in helped)
        for rep, (at_s, force_n, length_s) in enumerate(
            zip(CUES_S, forces_n, lengths_s, strict=True)
        )
    )
    cues = tuple((s, 1.5) for s in CUES_S)
    return DrawnSet(exercise, 10.0, 62.0, presses, cues, 30.0, asked_reps=20)


def test_controlled_curls_follow_their_trace_and_keep_their_tempo() -> None:
    found = Bench((curls(),)).judged()
    assert values(found, "tempo_error_s") == [pytest.approx(0, abs=0.02)]
    assert values(found, "tempo_cv_pct") == [pytest.approx(0, abs=0.5)]
    assert values(found, "smoothness_pct") == [pytest.approx(100, abs=1.5)]
    assert values(found, "tracking_pct") == [pytest.approx(0, abs=1.0)]
    assert values(found, "endurance_pct") == [pytest.approx(100, abs=1.5)]
    assert values(found, "compensated_pct") == [0]
    assert values(found, "flexion_pct") == [100]


def test_curls_that_are_held_too_long_have_that_tempo_error() -> None:
    found = Bench((curls(lengths_s=(1.8,) * 16),)).judged()
    assert values(found, "tempo_error_s") == [pytest.approx(0.3, abs=0.02)]


def test_the_endurance_index_of_a_set_that_falls_by_a_fifth_is_eighty() -> None:
    found = Bench((curls((30.0,) * 11 + (24.0,) * 5),)).judged()
    assert values(found, "endurance_pct") == [pytest.approx(80, abs=1.5)]
    [rep] = values(found, "onset_rep")
    assert rep == 12
    [since_s] = values(found, "onset_s")
    assert since_s == pytest.approx(CUES_S[11] + 0.5 - 10.0, abs=0.05)


def test_a_set_without_an_onset_says_so_and_makes_none_up() -> None:
    uneven = tuple(30.0 + 1.5 * (-1) ** rep for rep in range(16))
    [why] = reasons(Bench((curls(uneven),)).judged(), "onset_rep")
    assert "no onset of fatigue within 16 reps" in why


def test_a_set_of_fewer_reps_than_the_protocols_has_reasons_and_no_figures() -> None:
    lessened = replace(curls(), asked_reps=16)
    why = reasons(Bench((lessened,)).judged(), "endurance_pct")
    assert why == {"only 16 of the protocol's 20 reps were asked for"}


def test_a_set_too_short_to_tire_says_nothing_of_fatigue() -> None:
    one = replace(curls(), asked_reps=6)
    short = replace(one, presses=one.presses[:6], asked=one.asked[:6], end_s=32.0)
    found = Bench((short,), steps=(Step("toe_curl", reps=6),)).judged()
    assert not {"onset_rep", "onset_s", "endurance_pct"} & {f.metric for f in found}
    assert values(found, "smoothness_pct") == [pytest.approx(100, abs=1.5)]


def test_a_set_that_was_stopped_has_reasons_and_no_figures() -> None:
    stopped = replace(curls(), ended_by=EndedBy.PAIN)
    found = Bench((stopped,)).judged()
    assert "pain" in " ".join(reasons(found, "tempo_error_s"))


def test_reps_that_the_calf_helped_count_as_compensated_and_not_as_controlled() -> None:
    found = Bench((curls(helped=(3, 6, 9, 12)),)).judged()
    assert values(found, "compensated_pct") == [pytest.approx(25)]
    assert values(found, "flexion_pct") == [pytest.approx(75)]


@pytest.mark.parametrize(
    ("exercise", "metric"),
    [
        ("toe_flexion", "flexion_pct"),
        ("toe_adduction", "adduction_pct"),
        ("toe_abduction", "abduction_pct"),
    ],
)
def test_each_direction_has_a_score_of_its_own_behind_the_gate_of_the_ankle(
    exercise: str, metric: str
) -> None:
    weak = (30.0,) * 10 + (20.0,) * 6
    found = Bench((curls(weak, helped=(0, 1), exercise=exercise),), circuit="control").judged()
    assert values(found, metric) == [pytest.approx(50)]
    others = {"flexion_pct", "adduction_pct", "abduction_pct"} - {metric}
    assert not [f for f in found if f.metric in others]


def test_a_pad_that_cannot_see_the_ankle_gives_no_score_of_control() -> None:
    found = Bench((curls(),), cells=("hallux", "toes")).judged()
    assert "cannot tell" in " ".join(reasons(found, "flexion_pct"))
    assert "cannot tell" in " ".join(reasons(found, "compensated_pct"))


def test_an_ankle_that_moves_before_the_toes_leads_by_so_much() -> None:
    one = curls(helped=(4, 6, 8))
    presses = tuple(
        replace(p, up_s=0.2, calf_ahead_s=0.3) if p.calf else replace(p, up_s=0.2)
        for p in one.presses
    )
    [lead_s] = values(Bench((replace(one, presses=presses),)).judged(), "ankle_lead_s")
    assert lead_s == pytest.approx(0.3, abs=0.05)


def squeeze(force_n: float = 25.0, up_s: float = 0.3, down_s: float = 0.3) -> DrawnSet:
    press = Drawn(13.0, 28.0, force_n, up_s, down_s)
    return DrawnSet("arch_squeeze", 10.0, 32.0, (press,), ((12.0, 15.0),), 25.0)


def test_a_squeeze_of_fifteen_seconds_in_its_band_is_there_for_so_long() -> None:
    found = Bench((squeeze(),)).judged()
    [in_band_s] = values(found, "squeeze_in_band_s")
    assert in_band_s == pytest.approx(15, abs=0.3)
    assert values(found, "squeeze_cv_pct") == [pytest.approx(0, abs=0.3)]
    assert values(found, "squeeze_decay_pct") == [pytest.approx(0, abs=0.5)]
    assert "no cell under the dome" in next(f for f in found if f.metric.startswith("sq")).note


def test_a_squeeze_beside_its_band_is_never_in_it() -> None:
    [in_band_s] = values(Bench((squeeze(18.0),)).judged(), "squeeze_in_band_s")
    assert in_band_s < 0.5


def test_a_dome_is_judged_by_its_rise_and_by_its_steepest_release() -> None:
    found = Bench((squeeze(up_s=1.0, down_s=2.0),)).judged()
    assert values(found, "dome_rise_s") == [pytest.approx(0.8, abs=0.05)]
    assert values(found, "dome_release_n_s") == [pytest.approx(12.5, abs=1.5)]
    dropped = Bench((squeeze(up_s=1.0, down_s=0.25),)).judged()
    assert values(dropped, "dome_release_n_s") == [pytest.approx(100, abs=6)]


def test_an_endurance_hold_of_the_toes_has_figures_of_its_own() -> None:
    one = replace(squeeze(), exercise="toe_flexion_hold")
    found = Bench((one,), circuit="standard_set").judged()
    assert values(found, "hold_in_band_s") == [pytest.approx(15, abs=0.3)]
    assert not [f for f in found if f.metric.startswith(("squeeze", "dome"))]


def test_taps_are_counted_and_a_count_of_another_length_is_none() -> None:
    taps_s = tuple(11.0 + 0.4 * tap for tap in range(70))
    one = DrawnSet("foot_taps", 10.0, 41.0)
    found = Bench((one,), taps_s=taps_s).judged()
    assert values(found, "taps") == [70]
    assert values(found, "tap_cv_pct") == [pytest.approx(0, abs=2)]
    assert values(found, "tap_slowing_pct") == [pytest.approx(0, abs=1.5)]
    short = Bench((one,), taps_s=taps_s, circuit="speed").judged()
    assert "20 s" in " ".join(reasons(short, "taps"))


def test_taps_before_and_after_the_set_are_none_of_it() -> None:
    taps_s = tuple(4.0 + 0.5 * tap for tap in range(90))
    found = Bench((DrawnSet("foot_taps", 10.0, 41.0),), taps_s=taps_s).judged()
    assert values(found, "taps") == [pytest.approx(60, abs=1)]


STANCE = Step("single_leg_balance", 3, duration_s=30.0)


def test_a_stance_has_its_frontal_rate_and_its_medial_excursions() -> None:
    sets = tuple(
        DrawnSet("single_leg_balance", start_s, start_s + 30.5, side=side)
        for start_s, side in ((10.0, Side.LEFT), (50.0, Side.RIGHT))
    )
    found = Bench(sets, roll=(4.0, 0.5), steps=(STANCE,)).judged()
    for side in Side:
        assert values(found, "frontal_rate_dps", side) == [
            pytest.approx(4 * math.pi / math.sqrt(2), rel=0.03)
        ]
        assert values(found, "medial_excursions", side) == [pytest.approx(15, abs=1)]


def test_a_wobble_below_the_threshold_is_no_excursion() -> None:
    sets = (DrawnSet("single_leg_balance", 10.0, 40.5),)
    found = Bench(sets, roll=(1.5, 0.5), steps=(STANCE,)).judged()
    assert values(found, "medial_excursions") == [0]


def test_the_sway_speed_is_the_way_of_the_centre_of_pressure_by_the_time() -> None:
    sets = (DrawnSet("single_leg_balance", 10.0, 40.5),)
    found = Bench(sets, lean_cm=(1.0, 0.25), steps=(STANCE,)).judged()
    # A sine of 1 cm goes 4 cm a turn.
    assert values(found, "sway_cm_s") == [pytest.approx(1.0, rel=0.05)]
    assert "cells lie in one row" in next(f for f in found if f.metric == "sway_cm_s").note
    assert reasons(found, "frontal_rate_dps") == {"no inertial sensor"}


def test_a_stance_that_was_watched_is_told_by_what_was_seen_of_it() -> None:
    one = DrawnSet("single_leg_balance", 10.0, 60.0)
    seen = {
        "stood_s": 30.0,
        "step_offs": 2,
        "sway_cm_s": 3.1,
        "frontal_rate_dps": 7.5,
        "medial_excursions": 4,
    }
    found = Bench((one,), roll=(4.0, 0.5), steps=(STANCE,), seen=tuple(seen.items())).judged()
    assert values(found, "sway_cm_s") == [3.1]
    assert values(found, "frontal_rate_dps") == [7.5]
    assert values(found, "medial_excursions") == [4]
    assert "the foot came down" in next(f for f in found if f.metric == "sway_cm_s").note


def test_a_stance_that_was_given_up_has_no_figures() -> None:
    one = DrawnSet("single_leg_balance", 10.0, 60.0)
    seen = (("stood_s", 12.0), ("frontal_rate_dps", 7.5))
    found = Bench((one,), roll=(4.0, 0.5), steps=(STANCE,), seen=seen).judged()
    assert reasons(found, "frontal_rate_dps") == {"no unbroken stretch covers nine tenths of it"}


def reactions(lates_s: tuple[float, ...]) -> DrawnSet:
    cues_s = [12.0, 16.2, 19.7, 24.1, 28.0][: len(lates_s)]
    presses = tuple(
        Drawn(at_s + late_s + 0.1, at_s + late_s + 1.1, 30, 0.2, 0.2)
        for at_s, late_s in zip(cues_s, lates_s, strict=True)
    )
    return DrawnSet("reactive_press", 10.0, 35.0, presses, tuple((s, 1.0) for s in cues_s), 30.0)


def test_the_reaction_time_is_kept_and_the_cue_after_the_countdown_left_out() -> None:
    found = Bench((reactions((0.02, 0.3, 0.3, 0.3, 0.3)),), circuit="speed").judged()
    assert values(found, "reaction_s") == [pytest.approx(0.31, abs=0.02)]


def test_presses_that_were_foreseen_give_no_reaction_time() -> None:
    found = Bench((reactions((0.3, 0.02, 0.01)),), circuit="speed").judged()
    assert "could not be foreseen" in " ".join(reasons(found, "reaction_s"))


def test_quick_presses_have_the_slope_of_their_rise_as_speed() -> None:
    presses = tuple(Drawn(12.0 + 3 * n, 13.0 + 3 * n, 60, 0.3, 0.3) for n in range(4))
    cues = tuple((11.5 + 3 * n, 0.8) for n in range(4))
    one = DrawnSet("speed_press", 10.0, 24.0, presses, cues, asked_reps=8)
    found = Bench((one,), circuit="speed").judged()
    assert values(found, "peak_speed_n_s") == [pytest.approx(200, rel=0.05)]
    [rfd] = values(found, "rfd_n_s")
    assert 150 < rfd < 210


def maxima(side: Side, forces_n: tuple[float, ...], from_s: float) -> tuple[DrawnMax, ...]:
    return tuple(
        DrawnMax(at_s, Drawn(at_s + 0.5, at_s + 4, force_n, 0.3, 0.3), trial, side)
        for trial, force_n in enumerate(forces_n, 1)
        for at_s in (from_s + 10.0 * trial,)
    )


def test_each_maximal_press_is_a_trial_with_each_cells_share_and_the_left_foots() -> None:
    presses = maxima(Side.LEFT, (60, 70, 80), 0) + maxima(Side.RIGHT, (90, 70, 120), 50)
    sets = (curls_after(45.0), replace(curls_after(95.0), side=Side.RIGHT))
    found = Bench(sets, presses).judged()
    assert values(found, "mvc_n") == [pytest.approx(n, abs=0.5) for n in (60, 70, 80)]
    assert values(found, "mvc_hallux_n") == [pytest.approx(n, abs=0.5) for n in (36, 42, 48)]
    assert values(found, "mvc_toes_n") == [pytest.approx(n, abs=0.5) for n in (24, 28, 32)]
    shares = [pytest.approx(pct, abs=0.3) for pct in (40, 50, 40)]
    assert values(found, "left_share_pct", None) == shares
    assert values(found, "peak_speed_n_s")[0] == pytest.approx(200, rel=0.05)


def test_maximal_presses_are_those_of_the_foot_that_their_set_was_put_right_to() -> None:
    presses = maxima(Side.LEFT, (60,), 10)
    found = Bench((replace(curls_after(60.0), side=Side.RIGHT),), presses).judged()
    assert values(found, "mvc_n", Side.RIGHT) == [pytest.approx(60, abs=0.5)]


def test_a_maximum_of_the_great_toe_alone_is_none_of_all_toes() -> None:
    toes, hallux = maxima(Side.LEFT, (60,), 10), maxima(Side.LEFT, (30,), 40)
    own = replace(curls_after(60.0), exercise="hallux_press")
    steps = (Step("toe_curl", reps=1), Step("hallux_press", reps=1))
    found = Bench((curls_after(30.0), own), (*toes, *hallux), steps=steps).judged()
    assert values(found, "mvc_n") == [pytest.approx(60, abs=0.5)]


def test_what_an_exercise_of_its_own_shows_is_not_taken_from_the_maximal_presses() -> None:
    presses = tuple(Drawn(42.0 + 3 * n, 43.0 + 3 * n, 60, 0.3, 0.3) for n in range(4))
    cues = tuple((41.5 + 3 * n, 0.8) for n in range(4))
    quick = DrawnSet("speed_press", 40.0, 54.0, presses, cues, asked_reps=8)
    found = Bench((quick,), maxima(Side.LEFT, (90,), 10), circuit="speed").judged()
    assert values(found, "peak_speed_n_s") == [pytest.approx(200, rel=0.05)]
    assert values(found, "mvc_n") == [pytest.approx(90, abs=0.5)]


def test_a_press_that_was_not_felt_is_told_and_not_made_up() -> None:
    presses = (DrawnMax(12.0, None, 1),)
    found = Bench((curls_after(30.0),), presses).judged()
    assert reasons(found, "mvc_n") == {"no press was felt"}
    assert reasons(found, "left_share_pct") == {"the maximum of one foot is not known"}


def test_a_pad_with_one_cell_gives_no_force_of_the_great_toe() -> None:
    found = Bench((curls_after(60.0),), maxima(Side.LEFT, (60,), 10), cells=("toes",)).judged()
    assert "no cell of its own" in " ".join(reasons(found, "mvc_hallux_n"))


def curls_after(start_s: float) -> DrawnSet:
    """Return one curl: what the maximal presses were for."""
    press = Drawn(start_s + 2, start_s + 3.5, 30, 1.0, 1.0)
    cues = ((start_s + 1.5, 1.5),)
    return DrawnSet("toe_curl", start_s, start_s + 6, (press,), cues, 30.0, asked_reps=20)


def test_sets_of_one_exercise_are_trials_in_their_order() -> None:
    sets = tuple(
        replace(squeeze(force_n), start_s=10.0 + place, end_s=32.0 + place)
        for place, force_n in ((0.0, 25.0), (40.0, 25.0))
    )
    moved = replace(sets[1], presses=(Drawn(53.0, 61.0, 25.0),), asked=((52.0, 15.0),))
    assert values(Bench((sets[0], moved)).judged(), "squeeze_in_band_s") == [
        pytest.approx(15, abs=0.3),
        pytest.approx(8, abs=0.3),
    ]


def doming(cells: tuple[str, ...]) -> Bench:
    """Return three maximal squeezes of a dome; the bench's dome takes what its great toe would."""
    presses = tuple(Drawn(12.0 + 8 * n, 16.0 + 8 * n, 90 + 10 * n) for n in range(3))
    cues = tuple((11.5 + 8 * n, 4.0) for n in range(3))
    one = DrawnSet("dome_max", 10.0, 36.0, presses, cues)
    return Bench((one,), cells=cells, circuit="baseline_speed")


def test_each_maximal_doming_is_a_trial_on_a_pad_under_the_dome() -> None:
    expected = [pytest.approx(n, abs=0.5) for n in (54, 60, 66)]
    assert values(doming(("dome",)).judged(), "mvc_dome_n") == expected


def test_the_force_under_the_toes_is_never_called_a_maximal_doming() -> None:
    why = reasons(doming(("hallux", "toes", "ball", "heel")).judged(), "mvc_dome_n")
    assert why == {"told by a pad whose one cell lies under the dome"}


def test_every_metric_of_the_pad_is_shown_by_an_exercise_that_ships() -> None:
    running = {"gct_ms", "gct_cv_pct", "gct_balance_pct", "vertical_ratio_pct"}
    stance = DrawnSet("single_leg_balance", 10.0, 40.5)
    directions = [
        Bench((curls(exercise=one),), circuit="baseline_control")
        for one in ("toe_adduction", "toe_abduction")
    ]
    benches = [
        Bench((curls_after(60.0),), maxima(Side.LEFT, (60,), 10)),
        Bench((curls(),)),
        Bench((squeeze(),)),
        Bench((replace(squeeze(), exercise="toe_flexion_hold"),), circuit="standard_set"),
        Bench((DrawnSet("foot_taps", 10.0, 41.0),)),
        Bench((stance,), roll=(4.0, 0.5), circuit="baseline_control"),
        Bench((reactions((0.3, 0.3)),), circuit="baseline_speed"),
        doming(("dome",)),
        *directions,
    ]
    shown = {one.metric for bench in benches for one in bench.judged()}
    assert shown == set(METRICS) - running
