"""A result as lines for the terminal."""

from collections.abc import Iterator
from dataclasses import asdict

from trainer.app.calibrationshare import tell
from trainer.app.result import Result, SetFinding
from trainer.app.tasks import Task
from trainer.core.findings import Compensation
from trainer.core.hold import Hold

HEADER = "set  hold  start s    end s   hold s   peak N  plateau N  +-u N   CV %  calf Nm"


def result_lines(result: Result) -> list[str]:
    """Return what was found: the recording, the holds, the sets, the task, the notes."""
    facts = result.facts
    rate = f"{facts.rate_hz:.1f} Hz" if facts.rate_hz else "unknown rate"
    return [
        (
            f"{result.recording.path.name}: {facts.samples} samples, {facts.duration_s:.1f} s, "
            f"{rate}, {facts.lost_samples} lost, {facts.rejected_samples} rejected, "
            f"{len(facts.gaps)} gaps"
        ),
        *_hold_lines(result),
        *_task_lines(result),
        *_calibration_lines(result),
        *(f"note: {warning}" for warning in result.warnings),
    ]


def _calibration_lines(result: Result) -> Iterator[str]:
    if result.holds and result.calibration is not None:
        yield f"{tell(result.calibration)}."


def _hold_lines(result: Result) -> Iterator[str]:
    if result.holds or result.task in {Task.CURLS, Task.SQUEEZE}:
        yield f"{len(result.holds)} {'hold' if len(result.holds) == 1 else 'holds'}"
    if result.holds:
        yield HEADER
    for number, one in enumerate(result.sets, 1):
        for index in range(one.first_hold, one.last_hold + 1):
            yield f"{number:3d}  {index:4d}{_figures(result.holds[index - 1])}"
        yield f"     {_fatigue(one)}"


def _figures(hold: Hold) -> str:
    cv = "     -" if hold.cv_pct is None else f"{hold.cv_pct:6.1f}"
    plateau_u_n = hold.shown_uncertainty.plateau_n
    sure = "     -" if plateau_u_n is None else f"{plateau_u_n:6.2f}"
    cut = "" if hold.is_finished else "  cut off"
    cut += "  extrapolated" if hold.is_extrapolated else ""
    return (
        f"  {hold.start_s:7.2f}  {hold.end_s:7.2f}  {hold.duration_s:7.2f}  {hold.peak_n:7.1f}  "
        f"{hold.plateau_n:9.1f}  {sure} {cv}  {_calf(hold.compensation)}{cut}"
    )


def _calf(judged: Compensation) -> str:
    excess = judged.ankle_excess_nm
    figure = "      -" if excess is None else f"{excess:+7.1f}"
    return f"{figure}  CALF" if judged.is_compensated else figure


def _fatigue(one: SetFinding) -> str:
    found = one.fatigue
    if found is None:
        return "fatigue: too short or too uneven to tell"
    if found.onset_rep is None:
        return f"fatigue: no onset; last reps {-found.decline_pct:+.0f} % against the first"
    abrupt = ", abrupt" if found.is_abrupt else ""
    return (
        f"fatigue: from hold {found.onset_rep} ({found.onset_rep_low} to {found.onset_rep_high}, "
        f"80 %), last reps {-found.decline_pct:+.0f} %{abrupt}"
    )


def _task_lines(result: Result) -> Iterator[str]:
    found = result.task_findings
    for name, figures in (("squeeze", found.squeeze), ("taps", found.taps), ("sway", found.sway)):
        if figures is None:
            continue
        told = ", ".join(
            f"{key} {_figure(value)}"
            for key, value in asdict(figures).items()
            if not isinstance(value, tuple)
        )
        yield f"{name}: {told}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
