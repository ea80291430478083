"""Putting a session together from what was ordered, and closing it: files, library, report."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from calibration import Calibration, due_again
from trainer.app.analysis import Analysis, analyse, conclude, find_stream
from trainer.app.assess import assess, tell
from trainer.app.assesssets import TESTS
from trainer.app.calibrationshelf import CalibrationShelf, given_calibration
from trainer.app.circuitlog import Bearings, CircuitLog
from trainer.app.circuitorder import (
    CircuitOrder,
    draw_luck,
    measure_anew,
    plan_circuit,
    resume_order,
)
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.engine import Engine
from trainer.app.leftopen import find_progress, hint
from trainer.app.logbook import recorded_cues
from trainer.app.newuser import caution
from trainer.app.notebook import NOBODY, Notebook
from trainer.app.order import Order
from trainer.app.othermaxima import with_other_maxima
from trainer.app.outcome import replay_report
from trainer.app.paintoday import heed_pain, note_reason
from trainer.app.person import Person, own_pad, recorded_person, storable_pad
from trainer.app.pipeline import Pipeline, calibration_for
from trainer.app.plainsets import PlainSession, note_sets
from trainer.app.privatefile import write_private
from trainer.app.programmes import load_programme
from trainer.app.session import Parts, Session
from trainer.app.sessiondevice import Chosen, check_due, choose_device
from trainer.app.shelf import analyse_session, report_text, shipped_exercises
from trainer.app.sourcechoice import choose_source, refuse_unseen
from trainer.app.summary import Json, summarise
from trainer.coach.circuit import CircuitCoach
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.conductor import Coach, Conductor, Follower
from trainer.coach.plan import Feet, KnownMvc, SessionPlan, make_plan
from trainer.core.commands import SkipMvc
from trainer.core.cues import MvcMeasured, Side, StopReason
from trainer.core.errands import Errand
from trainer.core.errors import SettingsError, StorageError, TrainerError, UsageError
from trainer.core.events import SaturationSeen
from trainer.core.folders import Folders, make_private
from trainer.core.packets import Packet, Stream, StreamInfo
from trainer.core.pad import PadSettings
from trainer.core.ports import Clock
from trainer.core.ring import Ring
from trainer.core.settings import SafetySettings, Settings
from trainer.core.snapshot import Phase
from trainer.core.texts import noted, tr
from trainer.core.units import Unit
from trainer.library.library import Library
from trainer.library.records import (
    MvcRecord,
    SessionOutcome,
    SessionRecord,
    SessionStatus,
    new_session_id,
)
from trainer.recording.header import RecordingHeader
from trainer.recording.partfile import PART_SUFFIX
from trainer.recording.reader import read_recording
from trainer.recording.writer import RecordingWriter
from trainer.report.page import render
from trainer.sources.catalog import NONE, Opened, Wanted, find_source, without_source

if TYPE_CHECKING:
    from trainer.sources.ble.transport import BleTransport

FIRST_GUESS_HZ: Final = 90.0
"""For the width of the curves only, where a sensor does not say its period: '80 Hz' converters run
at 87-93 Hz (measured)."""

LIBRARIES: Final = ("footspring", "numpy", "scipy", "mcap")
"""Versions kept beside a recording: those that its figures depend on."""

_NOTHING_SEEN: Final = noted(
    "--source none: one exercise alone is measured. Name the pad with --source, or choose a "
    "circuit that only the clock leads: `--circuit travel`."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session finds and leaves its things."""

    folders: Folders
    settings: Settings
    clock: Clock
    library: Library
    transport: "BleTransport | None" = None
    """The radio; None for that of the system."""


class Launch:
    """One ordered session: the engine to run, and what it leaves behind."""

    def __init__(self, order: Order, place: Place) -> None:
        self._order = order
        self._place = place
        self._opened = self._open()
        self._refuse_calibration()
        calibration = self._opened.calibration
        self._pad = calibration.label if calibration else self._opened.name
        """Name of the pad, by which maximal presses are remembered."""
        self._plan = self._make_plan()
        self.pain_warning = self._heed_pain()
        """In one sentence what a real foot would be refused; empty where nothing is."""
        self._started = place.clock.now().astimezone()
        self._id = new_session_id(self._started)
        self._chosen = self._choose_device()
        self._ordered = self._find_order()
        self._circuit = self._plan_circuit()
        self._recorder: RecordingWriter | None = None
        self._pipeline: Pipeline | None = None
        self.session: Session | None = None
        """The session, once it is over."""
        self.on_report: Callable[[Path], None] | None = None
        """Told where the report lies as soon as it is written; called in the engine's thread."""
        self.report: Path | None = None
        """Where the report lies, once it is written."""
        self.assessed = ""
        """What was noted of a baseline or a standard set, in one sentence; empty of others."""
        self.recording: Path | None = None
        """Where the recording lies, once it is closed; None for a replay."""
        self.engine = Engine(
            self._opened.source,
            self._prepare,
            place.clock,
            patient(place.settings.safety, order.speed),
            self._close,
        )

    def due(self) -> str:
        """Return in one sentence that the pad is due for calibration; empty where it is not."""
        shelf = CalibrationShelf(self._place.folders.calibrations)
        name = self._opened.name
        last = shelf.newest(name)
        if last is None or self._order.calibration or self._opened.recording:
            return ""
        reasons = due_again(last, self._place.clock.now(), shelf.events(name))
        if not reasons:
            return ""
        # A reason ends with a stop; one is enough to go and calibrate.
        reason = reasons[0].reason.removesuffix(".")
        return f"{name} is due for calibration (`footspring calibrate`): {reason}."

    def left_open(self) -> str:
        """Return in one sentence that a circuit was cut off; empty where none was, or it goes on.

        What is ordered anew does not take it away before its first set.
        """
        if self._order.is_resumed or self._opened.recording is not None:
            return ""
        found = find_progress(
            self._place.library.diary, self._plan.athlete, self._place.clock.now()
        )
        return "" if found is None else hint(found)

    def caution(self) -> str:
        """Return in one sentence that a new user pressed above the cap; empty where nobody did."""
        if self._circuit is None:
            return ""
        place = self._place
        now = place.clock.now()
        return caution(place.library.diary, self._plan, now, place.settings.devices)

    @property
    def plan(self) -> CircuitPlan | None:
        """Return what its circuit sets out to do; None of a session of one exercise."""
        return self._circuit

    def reminder(self) -> str:
        """Return in one sentence that the device was not looked over; empty where it was."""
        chosen = self._chosen
        if not chosen.device_id:
            return ""
        book = Notebook(self._place.library, self._plan.athlete, self._place.clock)
        limits = self._place.settings.devices
        return check_due(DeviceShelf(book, limits), chosen.device_id)

    @property
    def errands(self) -> tuple[Errand, ...]:
        """Return what the session may be left for; known once its engine has started."""
        if self._opened.source.is_replay or self._opened.is_without:
            return ()
        info = find_stream(self._opened.source.streams, Stream.FORCE)
        is_counting = info is not None and info.unit is Unit.COUNTS
        of_pad = (Errand.CHECK, Errand.CALIBRATE) if is_counting else (Errand.CHECK,)
        return of_pad if self._ordered is not None else (Errand.TODAY, *of_pad)

    def order_anew(self) -> Order:
        """Return the order of the same session anew, with the name and foot as put right in it."""
        shown = self.engine.snapshot
        is_one_foot = Feet(self._order.feet) is not Feet.BOTH
        feet = shown.side.value if is_one_foot else self._order.feet
        athlete = shown.athlete or self._order.athlete
        # A reason holds for the pain that was, not for what came since.
        return replace(self._order, athlete=athlete, feet=feet, despite_pain=None)

    def found(self) -> dict[str, Json]:
        """Return what the session found, as `analyse --json` prints it."""
        assert self._pipeline is not None
        recording = self._opened.recording
        if recording is None:
            assert self.recording is not None
            recording = read_recording(self.recording)
        return summarise(conclude(self._pipeline, recording))

    def _open(self) -> Opened:
        order, place = self._order, self._place
        athlete = order.athlete or self._last_athlete()
        note_reason(Notebook(place.library, athlete, place.clock), order.despite_pain)
        now = place.clock.now()
        name = choose_source(order, place.library.diary, athlete, place.folders, now)
        if name == NONE:
            return without_source(order.speed, place.clock)
        wanted = Wanted(name, order.balance, order.speed, order.seed, place.folders.pins)
        return find_source(wanted, place.clock, place.transport)

    def _make_plan(self) -> SessionPlan:
        order, library = self._order, self._place.library
        exercises = shipped_exercises()
        if order.exercise not in exercises:
            raise UsageError(
                f"--exercise {order.exercise}: unknown; known: {', '.join(exercises)}."
            )
        athlete = order.athlete or self._last_athlete()
        plan = make_plan(
            exercises[order.exercise],
            athlete=athlete,
            feet=Feet(order.feet),
            sets=order.sets,
            reps=order.reps,
            known_mvc=(),
        )
        known = (library.latest_mvc(athlete, side, order.exercise, self._pad) for side in Side)
        return SessionPlan(
            plan.exercise,
            plan.athlete,
            plan.sides,
            plan.reps,
            tuple(KnownMvc(mvc.athlete, mvc.side, mvc.mvc_n) for mvc in known if mvc),
        )

    def _refuse_calibration(self) -> None:
        """Raise UsageError where a calibration is named for what has its own."""
        path = self._order.calibration
        if path is not None and self._opened.calibration is not None:
            raise UsageError(
                f"--calibration {path}: {self._opened.name} has its own; leave it out."
            )

    def _heed_pain(self) -> str:
        """Return what is to be told of pain of today; raises UsageError where it ends the day."""
        source, place = self._opened.source, self._place
        if source.is_replay:
            return ""
        book = Notebook(place.library, self._plan.athlete, place.clock)
        return heed_pain(book, is_simulated=source.is_simulated)

    def _find_calibration(self, info: StreamInfo) -> Calibration | None:
        """Return that of raw counts: the one named, the newest made, the source's, the user's."""
        known = self._opened.calibration
        if info.unit is not Unit.COUNTS or self._opened.recording is not None:
            return known
        if self._order.calibration is not None:
            return given_calibration(self._order.calibration)
        folders = self._place.folders
        made = CalibrationShelf(folders.calibrations).newest(self._opened.name, info.channels)
        if made is not None or known is not None:
            return known if made is None else made.calibration
        return given_calibration(folders.calibration) if folders.calibration.exists() else None

    def _last_athlete(self) -> str:
        sessions = self._place.library.sessions()
        return sessions[0].athlete if sessions else NOBODY

    def _prepare(self, first: Sequence[Packet]) -> tuple[Parts, Ring]:
        """Build the route once the source shows what it delivers."""
        source, place = self._opened.source, self._place
        info = _force_stream(source.streams, self._opened)
        self._opened = replace(self._opened, calibration=self._find_calibration(info))
        calibration = calibration_for(info, self._opened.calibration, self._opened.name)
        known = {mvc.side.value: mvc.force_n for mvc in self._plan.known_mvc}
        person = self._find_person(known)
        motion = find_stream(source.streams, Stream.IMU)
        pipeline = Pipeline(info, calibration, place.settings.detection, person, motion)
        self._pipeline = pipeline
        if self._opened.recording is not None:
            for cue in recorded_cues(self._opened.recording.notes):
                pipeline.tell(cue)
        if not source.is_replay:
            self._recorder = self._start_recording(known, person.pad)
        coach = self._make_coach()
        rate_hz = pipeline.measure_rate(first) or FIRST_GUESS_HZ
        coach.know_rate(rate_hz)
        if self._order.is_mvc_skipped:
            coach.obey(SkipMvc(), 0.0)
        columns = round(place.settings.display.window_s * rate_hz)
        ring = Ring((*info.channels, "total"), columns)
        parts = Parts(source, self._recorder, pipeline, coach, self._keep_mvc, self._keep_stop)
        if isinstance(coach, CircuitCoach):
            pipeline.watch_sets()
            parts = replace(parts, keep_circuit=self._circuit_log(coach).keep)
        return parts, ring

    def _make_coach(self) -> Conductor:
        if self._opened.source.is_replay:
            return Follower(self._plan)
        if self._circuit is None:
            return Coach(self._plan)
        motion = find_stream(self._opened.source.streams, Stream.IMU)
        return CircuitCoach(replace(self._circuit, has_motion=motion is not None))

    def _circuit_log(self, coach: CircuitCoach) -> CircuitLog:
        assert self._ordered is not None
        assert self._circuit is not None
        bearings = Bearings(
            self._ordered,
            self._circuit.session_id,
            len(self._circuit.agenda),
            self._opened.source.is_simulated,
            lambda: self._place.clock.now().astimezone(),
        )
        return CircuitLog(self._place.library.diary, coach, bearings)

    def _find_order(self) -> CircuitOrder | None:
        order = self._order
        if order.is_resumed:
            now = self._place.clock.now()
            resumed = resume_order(self._place.library.diary, self._plan.athlete, now)
            return replace(resumed, chosen=self._chosen, cells=self._cells())
        if order.circuit is None:
            return None
        return CircuitOrder(
            order.circuit,
            order.programme,
            order.feet,
            made=order.made,
            chosen=self._chosen,
            cells=self._cells(),
        )

    def _cells(self) -> frozenset[str] | None:
        """Return the pad's cells as far as its calibration tells them; None of the simulated."""
        if self._opened.source.is_simulated:
            return None
        path, folders = self._order.calibration, self._place.folders
        made = CalibrationShelf(folders.calibrations).newest(self._opened.name)
        if path is None and made is not None:
            return frozenset(made.calibration.channels)
        if path is None and folders.calibration.exists():
            path = folders.calibration
        is_known = path is not None and not self._opened.is_without
        return frozenset(given_calibration(path).channels if is_known and path else ())

    def _choose_device(self) -> Chosen:
        """Return what the sets are done with. Raises UsageError: a device that may not be used."""
        place, asked = self._place, self._order.device
        if self._opened.source.is_replay:
            if asked is not None:
                raise UsageError("--device: a replay follows its recording; leave it out.")
            return Chosen()
        book = Notebook(place.library, self._plan.athlete, place.clock)
        shelf = DeviceShelf(book, place.settings.devices)
        if not self._order.is_resumed:
            return choose_device(shelf, asked)
        found = find_progress(place.library.diary, book.athlete, place.clock.now())
        return choose_device(shelf, asked, "" if found is None else found.said.session_id)

    def _plan_circuit(self) -> CircuitPlan | None:
        """Return what the ordered circuit sets out to do; raises UsageError where it is refused."""
        if self._ordered is None:
            if self._opened.is_without:
                raise UsageError(tr(_NOTHING_SEEN))
            return None
        place, source = self._place, self._opened.source
        if source.is_replay:
            raise UsageError("--circuit: a replay follows its recording; leave one of them out.")
        made = plan_circuit(
            self._ordered, self._plan, place.library.diary, place.folders, place.clock.now()
        )
        if self._opened.is_without:
            refuse_unseen(made.agenda)
            made = replace(made, has_pad=False)
        seed = self._order.seed if source.is_simulated else None
        session_id = made.session_id or self._id
        baseline = load_programme(self._ordered.programme or None, place.folders).baseline
        if not self._order.is_mvc_skipped:
            made = measure_anew(made, baseline)
        made = with_other_maxima(made, place.library, self._pad)
        return replace(made, session_id=session_id, recording=self._id, luck=draw_luck(seed))

    def _find_person(self, known_mvc_n: dict[str, float]) -> Person:
        recording = self._opened.recording
        if recording is not None:
            return recorded_person(recording.header, recording.path)
        first = self._plan.sides[0]
        return Person(known_mvc_n.get(first.value), own_pad(self._place.folders))

    def _start_recording(self, known_mvc_n: dict[str, float], pad: PadSettings) -> RecordingWriter:
        place, plan = self._place, self._plan
        folder = make_private(place.folders.recordings)
        path = folder / f"{self._id}.mcap"
        header = RecordingHeader(
            session_id=self._id,
            started_at=place.clock.now(),
            zone=place.clock.zone_name(),
            utc_offset_s=_offset_s(self._started),
            source=self._opened.name,
            is_simulated=self._opened.source.is_simulated,
            streams=self._opened.source.streams,
            calibration=self._opened.calibration,
            athlete=plan.athlete,
            side=plan.sides[0],
            exercise=plan.exercise.id,
            settings={
                **asdict(place.settings),
                "known_mvc_n": known_mvc_n,
                "pad": storable_pad(pad),
                **({} if self._circuit is None else {"circuit": self._circuit.circuit.title}),
            },
            versions=versions(),
        )
        # The list first: a recording is made only where it will be found.
        place.library.start_session(
            SessionRecord(
                session_id=self._id,
                athlete=plan.athlete,
                started_at=header.started_at,
                zone=header.zone,
                utc_offset_s=header.utc_offset_s,
                exercise=plan.exercise.id,
                side_plan=(self._ordered or self._order).feet,
                is_simulated=header.is_simulated,
                recording=str(path.relative_to(place.folders.data)),
            )
        )
        return RecordingWriter(path, header, place.clock, place.settings.recording)

    def _keep_mvc(self, measured: MvcMeasured, athlete: str) -> None:
        """Store a maximum as soon as it is measured: a crash later does not cost it."""
        if self._recorder is None:
            return
        self._place.library.add_mvc(
            MvcRecord(
                athlete=athlete,
                side=measured.side,
                exercise=measured.exercise or self._plan.exercise.id,
                pad=self._pad,
                at=self._place.clock.now(),
                mvc_n=measured.mvc_n,
                is_simulated=self._opened.source.is_simulated,
            )
        )

    def _keep_stop(self, reason: StopReason) -> None:
        """Store why the session was stopped while that may still change: a crash keeps it so."""
        if self._recorder is not None:
            self._place.library.note_stop(self._id, reason.value)

    def _close(self, session: Session) -> None:
        """Finish files, library and report, in this order: the recording first."""
        self.session = session
        if self.engine.is_left:
            self._forget()
            return
        if self._recorder is None:
            self._write_replay_report()
        else:
            self._finish_recording(self._recorder, session)
            self._keep_sets(session)
            analysis = self._write_session_report()
            self._keep_overloads()
            self._assess(analysis)
        if self.on_report is not None and self.report is not None:
            self.on_report(self.report)

    def _forget(self) -> None:
        """Leave nothing behind of what was left before it began, but what the pad has suffered."""
        if self._recorder is not None:
            self._recorder.discard()
            self._place.library.forget_session(self._id)
            self._keep_overloads()

    def _finish_recording(self, recorder: RecordingWriter, session: Session) -> None:
        """Finish the recording, then the list; raises what refused first, when both are done."""
        refused: list[StorageError] = []
        try:
            self.recording = recorder.close()
            if self.recording.suffix != PART_SUFFIX:
                session.note_saved()
        except StorageError as error:
            refused.append(error)
        if session.storage_error is not None:
            refused.append(session.storage_error)
        try:
            self._finish_in_library(session)
        except StorageError as error:
            refused.append(error)
        if refused:
            raise refused[0]

    def _finish_in_library(self, session: Session) -> None:
        result = session.coach.result()
        snapshot = session.snapshot
        status = SessionStatus.COMPLETE if result.is_complete else SessionStatus.ENDED
        self._place.library.finish_session(
            self._id,
            SessionOutcome(
                status=SessionStatus.STOPPED if snapshot.phase is Phase.STOPPED else status,
                stop_reason=snapshot.stop_reason,
                sets=len(result.sets),
                reps=sum(len(done.counted) for done in result.sets),
                duration_s=session.at_s,
                athlete=result.athlete,
            ),
        )

    def _write_session_report(self) -> Analysis:
        folders, library = self._place.folders, self._place.library
        path = make_private(folders.reports) / f"{self._id}.html"
        record = library.session(self._id)
        analysis = analyse_session(record, folders)
        write_private(path, report_text(record, analysis))
        library.add_report(self._id, path)
        self.report = path
        return analysis

    def _keep_sets(self, session: Session) -> None:
        """Note the sets of one exercise; those of a circuit are noted as it goes."""
        if self._circuit is not None:
            return
        result = session.coach.result()
        book = Notebook(self._place.library, result.athlete, self._place.clock)
        is_simulated = self._opened.source.is_simulated
        plain = PlainSession(self._id, self._plan.exercise, self._chosen.device_id, is_simulated)
        note_sets(book, plain, result)

    def _assess(self, analysis: Analysis) -> None:
        """Note the figures of a baseline or a standard set; what hinders that is told, no more."""
        if self._circuit is None or self._circuit.circuit.kind not in TESTS:
            return
        place = self._place
        try:
            record = place.library.session(self._id)
            found = assess(place.library, place.folders, record, analysis=analysis)
            self.assessed = tell(found)
        except TrainerError as error:
            self.assessed = tr("not assessed: {error}").format(error=error)

    def _keep_overloads(self) -> None:
        """Store which cells were overloaded: their calibration is due again."""
        assert self._pipeline is not None
        known = self._pipeline.calibration
        seen = [e.channel for e in self._pipeline.events if isinstance(e, SaturationSeen)]
        shelf = CalibrationShelf(self._place.folders.calibrations)
        for cell in dict.fromkeys(seen):
            own = known.channels.index(cell)
            above = known.full_scale_counts - known.zero_counts[own]
            force_n = abs(known.matrix_n_per_count[own][own]) * above
            shelf.keep_overload(self._opened.name, self._place.clock.now(), cell, force_n)

    def _write_replay_report(self) -> None:
        recording = self._opened.recording
        assert recording is not None
        folder = make_private(self._place.folders.reports)
        path = folder / f"replay-{recording.path.stem}.html"
        analysis = analyse(recording, self._place.settings.detection)
        write_private(path, render(replay_report(analysis, self._plan.exercise)))
        self.report = path


def patient(safety: SafetySettings, speed: float | None) -> SafetySettings:
    """Return the limits of silence at `speed`: slowed down, a source is silent for longer."""
    slowness = 1.0 if speed is None else max(1.0, 1.0 / speed)
    return replace(
        safety,
        stale_s=slowness * safety.stale_s,
        stop_after_stale_s=slowness * safety.stop_after_stale_s,
    )


def versions() -> dict[str, str]:
    """Return the versions that a recording's figures depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def _offset_s(local: datetime) -> int:
    offset = local.utcoffset()
    return round(offset.total_seconds()) if offset else 0


def _force_stream(streams: Sequence[StreamInfo], opened: Opened) -> StreamInfo:
    info = find_stream(streams, Stream.FORCE)
    if info is not None:
        return info
    raise SettingsError(f"--source {opened.name}: delivers no force; choose another source.")
