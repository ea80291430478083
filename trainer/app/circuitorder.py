"""Which circuit a session does, where it goes on, and why it is refused."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from trainer.app.feltby import felt_drills
from trainer.app.leftopen import FOR_PAIN, STILL_OPEN, is_same_day, last_left
from trainer.app.made import Made, made_key
from trainer.app.newuser import keep_caps, most_forces_n, refuse_above_caps
from trainer.app.ownedonly import only_owned
from trainer.app.programmes import load_programme
from trainer.app.sessiondevice import Chosen, lay_into, untargeted
from trainer.coach.agenda import make_agenda
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.length import UNCAPPED, circuit_min, is_too_long
from trainer.coach.plan import Feet, SessionPlan
from trainer.coach.programme import Circuit, Programme, Step
from trainer.core.cues import Side
from trainer.core.diary.devices import Device, DeviceStanding, DeviceUse
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.core.diary.training import BodyWeight, DespitePain, PainReport, SessionKind, SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.core.settings import Settings, read_settings
from trainer.core.texts import tr
from trainer.core.units import NEWTON_PER_KG
from trainer.devices.standing import blocked_devices
from trainer.library.diary import Diary

STILL_WARM: Final = timedelta(minutes=10)
"""Proposed: a foot that was warmed up longer ago is warmed up anew."""

LUCK: Final = 97
"""Numbers of chance; then they begin again. A prime, so that no set's length divides it."""

KNOWN_PAIN: Final = timedelta(days=14)
"""Proposed: pain told of within this is known."""


@dataclass(frozen=True, slots=True)
class CircuitOrder:
    """A circuit that was ordered."""

    circuit: str
    programme: str = ""
    """Id or path; empty for the usual one."""
    feet: str = Feet.BOTH.value
    resumed: Entry[Progress] | None = None
    made: Made | None = None
    """The circuit as the plan made it for the day; None: as it stands in the programme."""
    chosen: Chosen = field(default_factory=Chosen)
    """The device and the surface of its sets."""
    cells: frozenset[str] | None = None
    """Of the pad; None of the simulated one."""


def resume_order(diary: Diary, athlete: str, now: datetime) -> CircuitOrder:
    """Return the order that goes on with what was cut off; raises UsageError without any."""
    found = last_left(diary, athlete, now)
    if found is not None and _ends_day(diary, athlete, found, now):
        raise UsageError(
            tr(
                "--resume: {circuit} was stopped for pain today, and that ends the day. From "
                "tomorrow on `footspring run --resume` goes on at set {number} of {sets}, if the "
                "foot is well."
            ).format(circuit=found.said.circuit, number=found.said.number, sets=found.said.sets)
        )
    if found is None:
        raise UsageError(
            f"--resume: no circuit of {athlete} was cut off in the last {STILL_OPEN.days} days. "
            "Start one with `footspring run --circuit ID`."
        )
    said = found.said
    made = diary.entries(athlete, Made, now - STILL_OPEN)
    own = next((entry.said for entry in made if entry.key == made_key(said.session_id)), None)
    return CircuitOrder(said.circuit, said.programme, said.feet, found, own)


def _ends_day(diary: Diary, athlete: str, found: Entry[Progress], now: datetime) -> bool:
    """Whether what was left was stopped for pain today, and no reason was noted against it."""
    is_pain = found.said.stop_reason in FOR_PAIN and is_same_day(found, now)
    return is_pain and not diary.entries(athlete, DespitePain, found.at)


def find_circuit(programme: Programme, circuit_id: str) -> Circuit:
    """Return a circuit of a programme; raises UsageError: unknown, or longer than it may be."""
    circuit = programme.circuits.get(circuit_id)
    if circuit is None:
        raise UsageError(
            f"--circuit {circuit_id}: programme {programme.id} has none of that id; known: "
            f"{', '.join(programme.circuits)}."
        )
    if is_too_long(circuit, programme.drills, programme.cap_min):
        minutes = circuit_min(circuit, programme.drills)
        raise UsageError(
            f"--circuit {circuit_id}: takes {minutes:.1f} min with warm-up and cooldown; allowed: "
            f"up to {programme.cap_min:g} min. Take sets, reps or rest out of it, or choose "
            "another circuit."
        )
    return circuit


def plan_circuit(
    order: CircuitOrder, plan: SessionPlan, diary: Diary, folders: Folders, now: datetime
) -> CircuitPlan:
    """Return what the session sets out to do; `plan` gives exercise, athlete and maxima."""
    programme = load_programme(order.programme or None, folders)
    own, closed = own_devices(diary, plan.athlete)
    made = order.made
    asked = find_circuit(programme, order.circuit) if made is None else made.circuit
    chosen = order.chosen
    if chosen.is_ordered and not chosen.device_id:
        closed |= {step.device for step in asked.steps if step.device}
    if chosen.kind is not None:
        own[chosen.kind.kind_id] = chosen.device_id
    if len({mvc.side for mvc in plan.known_mvc}) < len(Side):
        asked = untargeted(asked)
    circuit = spare(lay_into(asked, programme.drills, chosen), programme, closed)
    circuit = only_owned(circuit, programme, own, order.cells)
    settings = read_settings(folders.settings, Settings)
    limits = settings.devices
    sets = diary.entries(plan.athlete, SetLog)
    if order.resumed is None:
        refuse_above_caps(circuit, plan, sets, now, limits)
    circuit = keep_caps(circuit, plan, sets, now, limits)
    first_side = Side.LEFT if made is None else made.first_side
    drills = felt_drills(programme.drills, order.cells)
    agenda = make_agenda(circuit, drills, Feet(order.feet), first_side)
    found = order.resumed
    is_resumed = found is not None and found.said.number <= len(agenda)
    if found is None or not is_resumed:
        first, share, warmed_s, lasted_s, earlier = 0, None, 0.0, 0.0, dict[int, SetLog]()
    else:
        said = found.said
        first, lasted_s = said.number - 1, said.lasted_s
        # On another day the feet are asked anew.
        share = said.dose_share if is_same_day(found, now) else None
        warmed_s = said.warmed_s if now - found.at <= STILL_WARM else 0.0
        earlier = earlier_sets(diary, plan.athlete, said.session_id)
    return CircuitPlan(
        circuit=circuit,
        agenda=agenda,
        base=plan.exercise,
        athlete=plan.athlete,
        programme=programme.id,
        session_id="" if found is None else found.said.session_id,
        # A reassessment measures anew, also what is known.
        known_mvc=() if circuit.kind is SessionKind.BASELINE and first == 0 else plan.known_mvc,
        devices=own,
        settings=settings.circuit,
        most_n=most_forces_n(circuit, plan, sets, now, limits),
        weight_n=_weight_n(diary, plan.athlete),
        has_known_pain=_has_known_pain(diary, plan.athlete, now),
        rung="" if made is None else made.rung,
        cap_s=math.inf if circuit.kind in UNCAPPED else 60 * programme.cap_min,
        first=first,
        dose_share=share,
        warmed_s=warmed_s,
        lasted_s=lasted_s,
        earlier=earlier,
    )


def _weight_n(diary: Diary, athlete: str) -> float | None:
    """Return the newest body weight in newtons; None where none was noted."""
    said = diary.entries(athlete, BodyWeight)
    return NEWTON_PER_KG * said[-1].said.kg if said else None


def measure_anew(plan: CircuitPlan, baseline: str) -> CircuitPlan:
    """Return the plan without known maxima where they are among what it measures.

    Of a baseline that goes on after a cut they are known already.
    """
    is_begun = plan.first > 0
    return plan if is_begun or plan.circuit.id != baseline else replace(plan, known_mvc=())


def earlier_sets(diary: Diary, athlete: str, session_id: str) -> dict[int, SetLog]:
    """Return the sets of a session that are noted already, by their number."""
    entries = diary.entries(athlete, SetLog)
    return {
        int(entry.key.rpartition("/")[2]): entry.said
        for entry in entries
        if entry.said.session_id == session_id
    }


def own_devices(diary: Diary, athlete: str) -> tuple[dict[str, str], frozenset[str]]:
    """Return the athlete's device of each kind, the one in use or the newest, and closed kinds.

    A kind is closed where all devices of it are blocked, or it is itself: pain in a session of
    somebody who noted no device is put down to the kind.
    """
    kinds = {entry.said.device_id: entry.said.kind for entry in diary.entries(athlete, Device)}
    blocked = blocked_devices(
        diary.entries(athlete, DeviceStanding), diary.entries(athlete, PainReport)
    )
    own = {kind: device_id for device_id, kind in kinds.items() if device_id not in blocked}
    uses = diary.entries(athlete, DeviceUse)
    used = uses[-1].said.device_id if uses else ""
    if used in kinds and used not in blocked:
        own[kinds[used]] = used
    return own, frozenset(kinds.get(device_id, device_id) for device_id in blocked) - {*own}


def spare(circuit: Circuit, programme: Programme, closed: frozenset[str]) -> Circuit:
    """Return the circuit without closed kinds of devices: an exercise's substitute takes its place.

    Raises UsageError where there is none.
    """
    return replace(circuit, steps=tuple(_spare(step, programme, closed) for step in circuit.steps))


def _spare(step: Step, programme: Programme, closed: frozenset[str]) -> Step:
    if step.device not in closed:
        return step
    instead = programme.drills[step.exercise].substitute
    # Substitutes make no circle: the programme's own check sees to that.
    while instead and closed.intersection(programme.drills[instead].devices):
        instead = programme.drills[instead].substitute
    if not instead:
        raise UsageError(
            f"{step.exercise}: its device ({step.device}) is blocked, and nothing takes its place. "
            "Choose another circuit, or see `footspring device list`."
        )
    return replace(step, exercise=instead, device="")


def draw_luck(seed: int | None) -> tuple[float, ...]:
    """Return numbers from 0 to 1 that nobody can foresee; the same for the same seed."""
    chance = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - no secret
    return tuple(chance.random() for _ in range(LUCK))


def _has_known_pain(diary: Diary, athlete: str, now: datetime) -> bool:
    """Return whether dull pain was told of lately."""
    reports: Sequence[Entry[PainReport]] = diary.entries(athlete, PainReport, now - KNOWN_PAIN)
    return any(not entry.said.is_sharp and entry.said.level > 0 for entry in reports)
