"""What is noted of devices and shoes: what they are, how they fit, hold up and were used."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How demanding a device or a tension is; the next one opens when a gate was passed."""

    ENTRY = "entry"
    MODERATE = "moderate"
    ADVANCED = "advanced"


class Standing(StrEnum):
    """Whether a device may be used."""

    FREE = "free"
    BLOCKED = "blocked"


class ShoeType(StrEnum):
    """What a shoe is built for."""

    CUSHIONED = "cushioned"
    STABILITY = "stability"
    TRAIL = "trail"
    MINIMALIST = "minimalist"
    BAREFOOT = "barefoot"
    """Barefoot shoes; bare feet are `BARE_FEET` in place of a shoe's name."""
    SPIKE = "spike"
    OTHER = "other"


class Surface(StrEnum):
    """What one stands or runs on; drills: floor below grass below foam."""

    FLOOR = "floor"
    GRASS = "grass"
    FOAM = "foam"
    ROAD = "road"
    TRAIL = "trail"
    TRACK = "track"
    SAND = "sand"
    TREADMILL = "treadmill"


BARE_FEET = "bare feet"
"""In place of a shoe's name."""


@dataclass(frozen=True, slots=True)
class Tension:
    """One step of a device's resistance."""

    name: str
    force_n: float | None = None
    """Newtons at the working stretch, where known."""
    level: Level = Level.ENTRY


@dataclass(frozen=True, slots=True)
class Device:
    """One device of the athlete; its entry's key is `device_id`."""

    device_id: str
    """Short, for commands: `red-band`."""
    kind: str
    """Id in the catalogue of kinds: `band`, `spreader`, `arch_dome` ..."""
    size: str = ""
    is_adjustable: bool = False
    fits_shoe: bool = False
    tensions: tuple[Tension, ...] = ()
    """From light to heavy."""
    tension: str = ""
    """Name of the one in use; empty where there is none to choose."""


@dataclass(frozen=True, slots=True)
class FitForm:
    """How a device fits its owner."""

    device_id: str
    comfort: float
    """0 bad to 10 good."""
    is_right_size: bool
    is_adjustable: bool
    fits_shoe: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class SafetyCheck:
    """A look at a device: edges, grip, wear; None: not looked at."""

    device_id: str
    has_smooth_edges: bool | None
    holds_still: bool | None
    """It does not slip on the floor, nor the foot on it."""
    is_whole: bool | None = True
    """No crack, tear or leak."""

    @property
    def is_passed(self) -> bool:
        """Return whether all was looked at and nothing found."""
        return bool(self.has_smooth_edges and self.holds_still and self.is_whole)


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """A device is blocked or free again from now on."""

    device_id: str
    standing: Standing
    reason: str
    """Never empty: a device that hurt is not taken up again without one."""
    is_by_check: bool = False
    """A safety check said so: it frees from no other block than a check's."""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What a device's resistance was, from forces at known stretches; standard uncertainties."""

    device_id: str
    stiffness_n_mm: float
    stiffness_u_n_mm: float
    force_n: float
    """At `stretch_mm`, the middle of the stretches, by the fitted line."""
    force_u_n: float
    stretch_mm: float
    steps: int
    hysteresis_pct: float | None = None
    """Work lost in a cycle, of the work put in; None without a way back."""
    hysteresis_u_pct: float | None = None
    drift_pct_min: float | None = None
    """Change of force at constant stretch; below 0: it creeps. None without a time."""
    drift_u_pct_min: float | None = None
    tension: str = ""
    source: str = ""
    """The file's name or the session's id."""


@dataclass(frozen=True, slots=True)
class TryOut:
    """Three minutes of the standard set with a device, and what they showed."""

    device_id: str
    session_id: str
    comfort: float
    """0 bad to 10 good."""
    counted_reps: int
    compensated_reps: int
    plateau_n: float | None
    decline_pct: float | None
    tempo_cv_pct: float | None
    is_suitable: bool
    verdict: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """The device and the surface that sets are done with from now on; empty: none."""

    device_id: str
    tension: str = ""
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Shoe:
    """One pair of shoes; its entry's key is its name."""

    name: str
    stack_mm: float
    """Height of the sole under the heel."""
    drop_mm: float
    """Heel minus forefoot."""
    shoe_type: ShoeType


@dataclass(frozen=True, slots=True)
class Exposure:
    """Minutes on the feet in a shoe, or bare, on a surface, besides recorded runs."""

    shoe: str
    """A shoe's name, or BARE_FEET."""
    surface: str
    minutes: float


@dataclass(frozen=True, slots=True)
class MorningCheck:
    """The morning after: pain and stiffness of the feet as a whole, 0 none to 10 worst."""

    pain: float
    stiffness: float | None = None
