"""Every parameter of the simulated foot and pad, with its default.

Where each figure comes from, or that it is assumed, stands in docs/simulator.md.
"""

from dataclasses import dataclass, field, replace

from trainer.core.cues import Side


@dataclass(frozen=True, slots=True)
class FootConfig:
    """The person: strength, posture and how a press is shaped."""

    left_mvc_n: float = 92.0
    """Toe force (hallux + toes) of the left foot's best press."""
    right_mvc_n: float = 98.0
    body_weight_n: float = 700.0
    load_share: float = 0.5
    """Share of the body weight on the pad: one foot of two."""
    rest_shares: tuple[float, float, float, float] = (0.06, 0.04, 0.40, 0.50)
    """How hallux, toes, ball and heel share the load at rest."""
    clean_ratio: float = 0.6
    """Ankle moment over toe moment of a clean press: 0 intrinsic muscles alone, 2 long flexors."""
    clean_ratio_sd: float = 0.25
    leg_push_n: float = 6.0
    """Sd of the push of the whole leg that comes with a press."""
    own_target_share: float = 0.4
    """Share of the own maximum pressed when no target is shown."""
    target_error: float = 0.06
    """Sd of the logarithm of pressed over asked."""
    reaction_s: float = 0.29
    """Median reaction time, kept within .2 and .45 s."""
    rise_s: float = 0.30
    """Median duration of the rise, kept within .12 and 1 s."""
    fall_s: float = 0.22
    """Median duration of the release, kept within .08 and .6 s."""
    skew: float = 0.12
    """Sd of the logarithm of the rise's skew; 0 rises symmetrically."""
    wander_cv: tuple[float, float] = (0.025, 0.07)
    """Slow error of the held force, .3-3 Hz, from the steadiest press to the least steady."""
    tremor_ratio: tuple[float, float] = (0.004, 0.02)
    """RMS of the tremor at 7-11 Hz over the force."""
    droop: float = 0.10
    """Share of the force that a very long press loses while rested."""
    tired_droop: float = 0.5
    """What a foot at the end of its strength loses beyond that."""
    patience_s: float = 6.0
    """How much longer than intended a press is held while nobody says relax."""

    def mvc_n(self, side: Side) -> float:
        """Return the toe force of the foot's best press in newtons."""
        return self.left_mvc_n if side is Side.LEFT else self.right_mvc_n


@dataclass(frozen=True, slots=True)
class Habits:
    """How often, per asked press, the person does something else than what was asked."""

    early: float = 0.03
    """Begins before the cue, from the rhythm of the cues before."""
    late: float = 0.03
    weak: float = 0.02
    absent: float = 0.01
    short: float = 0.02
    """Lets go before the end of the hold."""
    compensated: float = 0.05
    """Pushes with the calf as well."""
    compensation_nm: float = 3.5
    """Median moment that the calf adds about the ankle."""


@dataclass(frozen=True, slots=True)
class FatigueConfig:
    """When a set gets tiring, and how fast."""

    probability: float = 0.7
    """That an onset falls into a set."""
    onset_share: tuple[float, float] = (0.5, 0.9)
    """Where in the set's reps the onset lies."""
    decline_per_rep: float = 0.02
    """Share of the rested force lost with each press from the onset on."""
    recovery_s: float = 60.0
    """Time constant of the recovery in a rest."""


@dataclass(frozen=True, slots=True)
class Unrest:
    """What a foot does without being asked."""

    sway_n: float = 0.3
    """Sd of the toe force, .05-1 Hz."""
    sway_load_n: float = 1.5
    """Sd of the load on the pad, .05-1 Hz."""
    sway_moment_nm: float = 0.25
    """Sd of the ankle moment, .05-1 Hz."""
    fidgets_per_min: float = 1.0
    fidget_n: float = 2.0
    """Median height of a fidget of 60-300 ms."""
    shifts_per_min: float = 0.5
    shift_n: float = 1.5
    """Sd of the toe force by which a shift of posture, 1-3 s long, moves the rest level."""
    resettle_n: float = 0.2
    """Sd of the toe force by which each press leaves the rest level moved."""


@dataclass(frozen=True, slots=True)
class PadConfig:
    """Four cells, each with its own converter."""

    counts_per_n: tuple[float, float, float, float] = (21_400.0, 21_400.0, 8_560.0, 8_560.0)
    zero_counts: tuple[float, float, float, float] = (84_210.0, -31_870.0, 152_400.0, -96_450.0)
    cross_talk: float = 0.008
    """Share of a cell's force that each neighbour shows as well."""
    noise_counts: float = 120.0
    """Sd of the converter's white noise."""
    mains_n: float = 0.01
    """Amplitude of the mains hum that the converter folds down."""
    mains_hz: float = 50.0
    drift_n: float = 0.5
    """Sd over the cells of the warm-up drift's end value."""
    drift_s: float = 400.0
    creep_ratio: float = 0.0006
    """Share of its load that a cell creeps."""
    creep_s: float = 120.0


@dataclass(frozen=True, slots=True)
class ImuConfig:
    """The inertial sensor on the foot: what moves it, and its own converter."""

    rate_hz: float = 104.4
    """True rate of a converter set to 104 Hz."""
    frame_samples: int = 5
    rise_deg_per_nm: float = 1.2
    """By how much the heel rises for each newton metre of the calf in a press."""
    clean_deg: float = 0.2
    """... and in a press without the calf."""
    sway_deg: float = 0.15
    """Sd of pitch and of roll, .05-1 Hz."""
    accel_offset_ms2: float = 0.05
    """Sd over the axes of the accelerometer's offset."""
    turn_bias_dps: float = 0.8
    """Sd over the axes of the gyroscope's bias."""
    accel_noise_ms2: float = 0.01
    turn_noise_dps: float = 0.07


@dataclass(frozen=True, slots=True)
class FaultRates:
    """How often converter, node and link fail."""

    glitch_per_sample: float = 1e-5
    """A code that no force makes: 2^k - 1, 0, -1 or an end of the range."""
    spike_per_sample: float = 1e-5
    """One sample far off, followed by a conversion that comes too late."""
    missed_per_frame: float = 1e-3
    """One to three conversions that the node did not fetch: they end a frame early."""
    lost_per_frame: float = 1e-4
    """A frame that the node's full queue dropped."""
    long_gap_per_frame: float = 1e-5
    """Frames of half a second to three seconds dropped in a row, as when the link is lost."""
    duplicate_per_frame: float = 1e-4
    overload_per_min: float = 0.0
    """Stamps on one cell, beyond its converter's range."""


@dataclass(frozen=True, slots=True)
class SimConfig:
    """The whole simulated set-up; two equal ones that hear equal cues give equal bytes."""

    seed: int = 1
    rate_hz: float = 92.9
    """True rate of the converters, as measured on '80 Hz' ones."""
    rate_drift: float = 5e-4
    """Largest share by which the period changes over ten minutes."""
    frame_samples: int = 8
    duration_s: float | None = None
    """Stream time after which the source ends; None = never."""
    start_tick_us: int = 2**32 - 30_000_000
    """The device clock wraps half a minute after the start."""
    start_seq: int = 2**16 - 200
    tick_jitter_us: float = 15.0
    """Mean delay of the node's time stamp."""
    foot: FootConfig = field(default_factory=FootConfig)
    habits: Habits = field(default_factory=Habits)
    fatigue: FatigueConfig = field(default_factory=FatigueConfig)
    unrest: Unrest = field(default_factory=Unrest)
    pad: PadConfig = field(default_factory=PadConfig)
    faults: FaultRates = field(default_factory=FaultRates)
    imu: ImuConfig | None = field(default_factory=ImuConfig)
    """None: a pad without an inertial sensor."""

    def __post_init__(self) -> None:
        """Refuse what no pad can do."""
        if not SLOWEST_HZ <= self.rate_hz <= FASTEST_HZ:
            raise ValueError(
                f"rate_hz is {self.rate_hz:g}; allowed: {SLOWEST_HZ:g} to {FASTEST_HZ:g} Hz."
            )
        if not 1 <= self.frame_samples <= LONGEST_FRAME:
            raise ValueError(
                f"frame_samples is {self.frame_samples}; allowed: 1 to {LONGEST_FRAME}."
            )


SLOWEST_HZ = 1.0
FASTEST_HZ = 1000.0
LONGEST_FRAME = 255
"""Samples that the frame's count, one byte, can name."""


def hard(config: SimConfig) -> SimConfig:
    """Return the config with three times the sway, fidgets, shifts, glitches and drops."""
    calm, rare = config.unrest, config.faults
    unrest = replace(
        calm,
        sway_n=3 * calm.sway_n,
        sway_load_n=3 * calm.sway_load_n,
        sway_moment_nm=3 * calm.sway_moment_nm,
        fidgets_per_min=3 * calm.fidgets_per_min,
        shifts_per_min=3 * calm.shifts_per_min,
    )
    faults = replace(
        rare,
        glitch_per_sample=3 * rare.glitch_per_sample,
        spike_per_sample=3 * rare.spike_per_sample,
        missed_per_frame=3 * rare.missed_per_frame,
        lost_per_frame=3 * rare.lost_per_frame,
        long_gap_per_frame=3 * rare.long_gap_per_frame,
        duplicate_per_frame=3 * rare.duplicate_per_frame,
    )
    return replace(config, unrest=unrest, faults=faults)


def unloaded(config: SimConfig) -> SimConfig:
    """Return the config of a pad that nobody stands on; its converters are as they were."""
    calm = Unrest(
        sway_n=0.0,
        sway_load_n=0.0,
        sway_moment_nm=0.0,
        fidgets_per_min=0.0,
        shifts_per_min=0.0,
        resettle_n=0.0,
    )
    return replace(config, foot=replace(config.foot, load_share=0.0), unrest=calm)
