"""Simulated athletes who live by the plan, day by day, for the planner's laws."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from trainer.coach.programme import (
    Circuit,
    Drill,
    Gate,
    Led,
    Phase,
    PhaseKind,
    Programme,
    Rung,
    Sides,
    Step,
    Tempo,
)
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Overruled, PainFreeDay, Subject, TodayInstead
from trainer.core.diary.training import (
    Block,
    EndedBy,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.plan.days import DAY
from trainer.plan.planner import make_plan
from trainer.plan.records import Records
from trainer.plan.values import DayKind, Plan, PlanDay

Said = TypeVar("Said")
BERLIN = ZoneInfo("Europe/Berlin")
BOTH = Sides.TOGETHER
START = datetime(2026, 1, 5, 18, tzinfo=BERLIN)
"""A Monday."""


def circuit(name: str, kind: SessionKind = SessionKind.TRAINING, reps: int = 10) -> Circuit:
    """Return a circuit of a warm-up, curls and squeezes, and a cooldown."""
    return Circuit(
        name,
        name.replace("_", " "),
        kind,
        (
            Step("ankle", duration_s=300.0, block=Block.WARM_UP, rest_s=0.0, sides=BOTH),
            Step("curl", sets=2, reps=reps, tempo=Tempo(), target_pct_mvc=40.0),
            Step("squeeze", sets=2, reps=2, hold_s=10.0, target_pct_mvc=40.0),
            Step("calm", duration_s=60.0, block=Block.COOLDOWN, rest_s=0.0, sides=BOTH),
        ),
    )


def programme() -> Programme:
    """Return a programme of two phases with three rungs each."""
    gate = Gate(2, 0.5, 20.0, 20.0, 80.0, 4.0, 3.0)
    drills = {
        "ankle": Drill("ankle", "Ankle circles", "", Led.CLOCK),
        "curl": Drill("curl", "Toe curl", "", Led.REPS, targets=("FDB",), is_hard=True),
        "flexion": Drill("flexion", "Toe flexion", "", Led.REPS, targets=("FDB",), is_hard=True),
        "squeeze": Drill("squeeze", "Arch squeeze", "", Led.HOLD, targets=("AbH",), is_hard=True),
        "calm": Drill("calm", "Calm", "", Led.CLOCK),
    }
    circuits = [
        circuit("base"),
        circuit("power"),
        circuit("baseline", SessionKind.BASELINE, 20),
        Circuit(
            "standard_set",
            "standard set",
            SessionKind.STANDARD_SET,
            (Step("curl", reps=20, target_pct_mvc=40.0),),
        ),
        Circuit(
            "activation",
            "activation",
            SessionKind.ACTIVATION,
            (Step("calm", duration_s=60.0, sets=1),),
        ),
    ]
    changes: tuple[dict[str, str], ...] = ({}, {"curl.reps": "+2"}, {"target_pct_mvc": "+5"})
    phases = tuple(
        Phase(
            kind.value,
            kind.value,
            kind,
            tuple(
                Rung(f"{name}{index}", name, 1 + index, change, gate)
                for index, change in enumerate(changes, 1)
            ),
        )
        for kind, name in ((PhaseKind.FOUNDATION, "base"), (PhaseKind.POWER, "power"))
    )
    return Programme("test", "Test", drills, {each.id: each for each in circuits}, phases)


def entry_of(said: Said, at: datetime, number: int = 0) -> Entry[Said]:
    """Return an entry at an aware time."""
    offset = at.utcoffset()
    assert offset is not None
    seconds = round(offset.total_seconds())
    return Entry(number, "Ada", at.astimezone(UTC), str(at.tzinfo), seconds, True, said)


@dataclass
class Habits:
    """How an athlete lives by the plan."""

    trains: Callable[[Random], bool] = lambda _: True
    ease: float = 7.0
    tempo_error_s: float = 0.2
    hurts: Callable[[Random, int], PainReport | None] = lambda _random, _day: None
    free: float = 1.0
    """Share of days after pain on which a day without pain is noted."""
    hour: Callable[[Random], int] = lambda _: 18
    zone: Callable[[int], ZoneInfo] = lambda _day: BERLIN
    """Where the athlete is, by the days since the start."""
    overdoes: bool = False
    """Trains on rest days too, and asks for the next rung every week."""


@dataclass
class Life:
    """One athlete's diary as it grows, and the plan of every day."""

    habits: Habits
    random: Random
    records: Records = field(default_factory=lambda: Records(programme()))
    plans: list[Plan] = field(default_factory=list[Plan])
    number: int = 0

    def add(self, kind: str, said: object, at: datetime) -> None:
        """Note something."""
        self.number += 1
        grown: Any = (*getattr(self.records, kind), entry_of(said, at, self.number))
        self.records = replace(self.records, **{kind: grown})

    def live(self, days: int, first: int = 0) -> "Life":
        """Let days pass, with a plan on each; `first` have passed since the start."""
        for shift in range(first, first + days):
            day = START.date() + shift * DAY
            hour, zone = self.habits.hour(self.random), self.habits.zone(shift)
            self.live_day(datetime(day.year, day.month, day.day, hour, tzinfo=zone), shift)
        return self

    def live_day(self, now: datetime, shift: int) -> None:
        """Ask for the plan, note its decisions, and do as the habits say."""
        plan = make_plan(self.records, now)
        self.plans.append(plan)
        for decision in plan.decisions:
            self.add("decisions", decision, now)
        report = self.habits.hurts(self.random, shift)
        if report is not None:
            self.add("pains", report, now + timedelta(minutes=1))
        elif self.random.random() < self.habits.free and self.records.pains:
            self.add("pain_free", PainFreeDay(), now + timedelta(minutes=1))
        opens = plan.today.not_before
        if plan.today.is_hard and report is None and self.habits.trains(self.random):
            at = now if opens is None or opens < now else opens.astimezone(now.tzinfo)
            self.train(plan, plan.today, at)
        elif plan.today.kind is DayKind.ACTIVATION and self.habits.trains(self.random):
            self.log(SessionKind.ACTIVATION, "activation", "", now, is_hard=False)
        if self.habits.overdoes:
            self.overdo(plan, now, shift)

    def overdo(self, plan: Plan, now: datetime, shift: int) -> None:
        """Train on a rest day, want to train on it by the plan, and ask for the next rung."""
        later = now + timedelta(hours=1)
        wish = Overruled(Subject.TODAY, TodayInstead.TRAIN, "I want to")
        self.add("overruled", wish, now + timedelta(minutes=2))
        if plan.today.kind is DayKind.ACTIVATION and shift % 3 == 0:
            key = self.log(SessionKind.TRAINING, "base", plan.rung, later, is_hard=True)
            for step in circuit("base", reps=40).steps:
                self.add("sets", self.set_log(key, step, Side.LEFT), later)
        ladder = [rung.id for phase in self.records.programme.phases for rung in phase.rungs]
        index = plan.position.index + 1
        if shift % 7 == 3 and index < len(ladder) and not is_hurt(self.records, now):
            self.add("overruled", Overruled(Subject.RUNG, ladder[index], "I can do more"), later)

    def train(self, plan: Plan, today: PlanDay, at: datetime) -> None:
        """Do the circuits of a day as they stand."""
        for done in today.circuits:
            key = self.log(done.kind, done.id, plan.rung, at, is_hard=True)
            for step in done.steps:
                for side in Side:
                    self.add("sets", self.set_log(key, step, side), at)

    def log(self, kind: SessionKind, name: str, rung: str, at: datetime, *, is_hard: bool) -> str:
        """Note a session and return its id."""
        key = f"s{self.number}"
        said = SessionLog(key, kind, "test", name, True, is_hard, 800.0, rung=rung)
        self.add("sessions", said, at)
        return key

    def set_log(self, key: str, step: Step, side: Side) -> SetLog:
        """Return a set as the habits do it."""
        reps = step.reps * step.sets
        return SetLog(
            key,
            step.exercise,
            step.block,
            side,
            EndedBy.DONE,
            60.0,
            asked_reps=reps,
            counted_reps=reps,
            impulse_n_s=10.0 * reps,
            tempo_error_s=self.habits.tempo_error_s,
            tempo_cv_pct=10.0,
            ease=self.habits.ease,
        )


def is_hurt(records: Records, now: datetime) -> bool:
    """Return whether pain was told of within a week: then no command asks for a rung."""
    return any(now.astimezone(UTC) - entry.at < timedelta(days=7) for entry in records.pains)


def sharp_now_and_then(random: Random, day: int) -> PainReport | None:
    """Return a report on about one day in 30: sharp, new or dull."""
    del day
    if random.random() > 1 / 30:
        return None
    site = random.choice((PainSite.ARCH, PainSite.ACHILLES, PainSite.HEEL))
    return PainReport(
        site, random.choice(tuple(Side)), random.choice((2.0, 4.0, 6.0)), random.random() < 0.3
    )
