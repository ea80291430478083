"""Force curves of known shape, and detectors run over them: for the tests of `detect` only."""

from collections.abc import Iterable, Sequence

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import Event, HoldSettled
from trainer.core.hold import Hold
from trainer.core.settings import DetectionSettings
from trainer.detect.excursion import Excursion, Stretch
from trainer.detect.holds import HoldDetector

RATE_HZ = 80.0
REST_N = 30.0
NOISE_N = 0.03


def stamps(duration_s: float, rate_hz: float = RATE_HZ) -> FloatArray:
    """Return (n,) even stamps in seconds."""
    return np.arange(round(duration_s * rate_hz)) / rate_hz


def trapezoid(
    time_s: FloatArray, start_s: float, end_s: float, plateau_n: float, ramp_s: float = 0.2
) -> FloatArray:
    """Return (n,) newtons of a press whose straight ramps cross half of it at start and end."""
    half_s = ramp_s / 2
    corners = [start_s - half_s, start_s + half_s, end_s - half_s, end_s + half_s]
    return np.interp(time_s, corners, [0.0, plateau_n, plateau_n, 0.0])


def noise(time_s: FloatArray, size_n: float = NOISE_N, seed: int = 1) -> FloatArray:
    """Return (n,) newtons of white noise."""
    return np.random.default_rng(seed).normal(0, size_n, len(time_s))


def resting(time_s: FloatArray, seed: int = 1) -> FloatArray:
    """Return (n,) newtons of a foot that rests on the pad."""
    return REST_N + noise(time_s, seed=seed)


def blocks_of(
    time_s: FloatArray,
    force_n: FloatArray,
    sizes: Iterable[int] = (8,),
    *,
    first_index: int = 0,
    cells: tuple[str, ...] = ("force",),
    quality: Sequence[int] | None = None,
) -> list[ForceBlock]:
    """Return one run as blocks of the sizes in turn; (n,) or (n, cell) newtons."""
    columns = force_n[:, None] if force_n.ndim == 1 else force_n
    data = np.column_stack([columns, columns.sum(axis=1)])
    flags = np.zeros(len(time_s), np.uint8) if quality is None else np.array(quality, np.uint8)
    blocks: list[ForceBlock] = []
    first, turn = 0, list(sizes)
    while first < len(time_s):
        part = slice(first, first + turn[len(blocks) % len(turn)])
        blocks.append(
            ForceBlock(
                cells,
                first_index + first,
                time_s[part],
                data[part],
                data[part],
                np.zeros_like(data[part]),
                np.zeros_like(data[part]),
                flags[part],
                starts_run=first == 0,
            )
        )
        first = part.stop
    return blocks


def make_detector(
    rate_hz: float = RATE_HZ, mvc_n: float | None = None, floor_n: float = 0.8
) -> HoldDetector:
    """Return a detector with default settings."""
    return HoldDetector(DetectionSettings(floor_n=floor_n), rate_hz, mvc_n)


def feed(detector: HoldDetector, blocks: Iterable[ForceBlock]) -> list[Event]:
    """Push the blocks; return the events."""
    return [event for block in blocks for event in detector.push(block)]


def detect(
    time_s: FloatArray, force_n: FloatArray, rate_hz: float = RATE_HZ
) -> tuple[tuple[Hold, ...], list[Event]]:
    """Return verdict and events of one whole recording without gaps."""
    detector = make_detector(rate_hz)
    events = feed(detector, blocks_of(time_s, force_n))
    events += detector.finish()
    return detector.verdict(), events


def settled(events: Iterable[Event]) -> list[Hold]:
    """Return the holds that were settled live."""
    return [event.hold for event in events if isinstance(event, HoldSettled)]


def times_of(holds: Iterable[Hold]) -> list[tuple[float, float]]:
    """Return starts and ends in seconds, to a hundredth."""
    return [(round(hold.start_s, 2), round(hold.end_s, 2)) for hold in holds]


def excursion_of(
    time_s: FloatArray,
    force_n: FloatArray,
    *,
    first: int = 0,
    stop: int | None = None,
    cut: tuple[bool, bool] = (False, False),
    level_n: float = 0.0,
) -> Excursion:
    """Return (n,) or (n, cell) newtons as an excursion, all of it by default."""
    columns = force_n[:, None] if force_n.ndim == 1 else force_n
    cells_n = np.column_stack([columns, columns.sum(axis=1)])
    count = len(time_s)
    stretch = Stretch(0, time_s, cells_n, np.zeros(count), np.zeros(count, np.uint8))
    levels_n = np.full(cells_n.shape[1], level_n)
    last = count if stop is None else stop
    return Excursion(stretch, first, last, levels_n, is_cut_before=cut[0], is_cut_after=cut[1])


def make_hold(plateau_n: float, duration_s: float = 1.0, start_s: float = 1.0) -> Hold:
    """Return a finished hold of which only force and duration matter."""
    return Hold(
        start_s=start_s,
        end_s=start_s + duration_s,
        peak_n=plateau_n,
        plateau_n=plateau_n,
        mean_n=plateau_n,
        cv_pct=None,
        rfd_n_s=None,
        impulse_n_s=plateau_n * duration_s,
        best_half_second_n=None,
        tremor_n=None,
        heel_change_n=None,
        trunk_push_n=None,
        is_finished=True,
        is_saturated=False,
        lost_samples=0,
        rest_n=0.0,
    )
