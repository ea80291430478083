"""What a person ordered: the options of a session, as the command or a screen gave them."""

from dataclasses import dataclass
from pathlib import Path

from trainer.app.made import Made


@dataclass(frozen=True, slots=True)
class Order:
    """What a person ordered."""

    source: str = "sim"
    is_source_given: bool = True
    """False: what only the clock leads needs none, and gets none."""
    balance: str | None = None
    """A second device on the radio, under or on a balance board; None for none."""
    calibration: Path | None = None
    """Of a pad that delivers raw counts; None for the one in the own folder."""
    speed: float | None = 1.0
    """Times real time; None as fast as possible."""
    seed: int = 1
    exercise: str = "toe_curl"
    sets: int | None = None
    reps: int | None = None
    feet: str = "left"
    athlete: str | None = None
    is_mvc_skipped: bool = False
    circuit: str | None = None
    """Id of a circuit; None for a session of one exercise."""
    programme: str = ""
    """Id or path; empty for the usual one."""
    made: Made | None = None
    """The circuit as the plan made it for today; None: as it stands in the programme."""
    is_resumed: bool = False
    """Go on with the circuit that was cut off."""
    device: str | None = None
    """Id of the device of the sets, or `none`; None: as noted for the sets to come."""
    despite_pain: str | None = None
    """Why there is a session although a foot hurt today; None: not where one did."""
