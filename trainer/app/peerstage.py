"""One filter stage of each peer, timed by an interpreter that has them; prints JSON.

Run as a file by another interpreter (`bench path --peers PYTHON`), so it imports nothing of ours:
the peers need other versions of other libraries, and nobody who trains needs them.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TypeAlias

import numpy as np

RATE_HZ: Final = 80.0
BAND_HZ: Final = (4.0, 12.0)
CHANNELS: Final = 4
ROUNDS: Final = 5
SHORTEST_S: Final = 0.02
"""Of a round: long beside the clock's steps."""

Step: TypeAlias = Callable[[], object]
Maker: TypeAlias = Callable[[Any], Step]


def brainflow_band(samples: Any) -> Step:  # noqa: ANN401 - an array of an untyped run
    """Return a step of BrainFlow's band-pass: in place, channel by channel, without state."""
    filters: Any = importlib.import_module("brainflow.data_filter")
    rows = [np.ascontiguousarray(row) for row in samples.T]
    kind = filters.FilterTypes.BUTTERWORTH.value

    def step() -> None:
        for row in rows:
            work = row.copy()
            filters.DataFilter.perform_bandpass(work, int(RATE_HZ), *BAND_HZ, 2, kind, 0.0)

    return step


def ezmsg_band(samples: Any) -> Step:  # noqa: ANN401 - as above
    """Return a step of ezmsg-sigproc's Butterworth band-pass, which keeps its state."""
    filters: Any = importlib.import_module("ezmsg.sigproc.butterworthfilter")
    messages: Any = importlib.import_module("ezmsg.util.messages.axisarray")
    settings = filters.ButterworthFilterSettings(
        order=2, cuton=BAND_HZ[0], cutoff=BAND_HZ[1], coef_type="sos"
    )
    transformer = filters.ButterworthFilterTransformer(settings)
    array = messages.AxisArray
    axis = array.TimeAxis(fs=RATE_HZ, offset=0.0)
    message = array(samples, dims=["time", "ch"], axes={"time": axis}, key="bench")
    return lambda: transformer(message)


def timeflux_band(samples: Any) -> Step:  # noqa: ANN401 - as above
    """Return a step of timeflux_dsp's IIR band-pass, which keeps its state."""
    if not hasattr(np, "float_"):
        # Its release of 2023 still asks for the name that numpy 2 removed.
        np.__dict__["float_"] = np.float64
    nodes: Any = importlib.import_module("timeflux_dsp.nodes.filters")
    pandas: Any = importlib.import_module("pandas")
    node = nodes.IIRFilter(frequencies=list(BAND_HZ), rate=RATE_HZ, order=2, filter_type="bandpass")
    period = pandas.Timedelta(seconds=1 / RATE_HZ)
    index = pandas.date_range("2026-01-01", periods=len(samples), freq=period)
    frame = pandas.DataFrame(samples, index)

    def step() -> None:
        node.i.data = frame
        node.update()

    return step


PEERS: Final[dict[str, tuple[str, Maker]]] = {
    "BrainFlow": ("brainflow", brainflow_band),
    "ezmsg-sigproc": ("ezmsg-sigproc", ezmsg_band),
    "timeflux_dsp": ("timeflux-dsp", timeflux_band),
}


def measure(make: Maker, sizes: list[int]) -> dict[str, float]:
    """Return nanoseconds per sample and channel by block size, the best of some rounds."""
    rng = np.random.default_rng(1)
    found = {}
    for size in sizes:
        step = make(rng.normal(20.0, 5.0, (size, CHANNELS)))
        step()
        start = time.perf_counter()
        step()
        steps = max(1, int(SHORTEST_S / (time.perf_counter() - start + 1e-9)))
        best = min(_seconds(step, steps) for _ in range(ROUNDS))
        found[str(size)] = 1e9 * best / (steps * size * CHANNELS)
    return found


def _seconds(step: Step, steps: int) -> float:
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return time.perf_counter() - start


def main(sizes: list[int]) -> int:
    """Print one object per peer: its version and figures, or why there are none."""
    found: dict[str, dict[str, object]] = {}
    for name, (package, make) in PEERS.items():
        try:
            found[name] = {"version": version(package), "ns": measure(make, sizes)}
        except PackageNotFoundError:
            found[name] = {"missing": "not installed"}
        except Exception as error:  # noqa: BLE001 - whatever a peer raises, the others are measured
            found[name] = {"missing": f"{type(error).__name__}: {error}"}
    print(json.dumps(found))  # noqa: T201 - its output is its job
    return 0


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]]))
