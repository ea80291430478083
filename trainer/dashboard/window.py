"""The session window: lays out the parts, polls the engine 60 times a second, sends commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QDesktopServices,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from trainer.core.commands import (
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Retare,
    SkipMvc,
    Undo,
)
from trainer.core.cues import Side
from trainer.core.ports import Clock, EnginePort
from trainer.core.settings import DisplaySettings
from trainer.core.snapshot import Phase, Snapshot
from trainer.dashboard.actions import Asked, is_usable
from trainer.dashboard.band import Band, judge_band
from trainer.dashboard.button import Button, FootButton, NextButton, PainStop
from trainer.dashboard.counter import Counter
from trainer.dashboard.cuepanel import CuePanel
from trainer.dashboard.dial import Dial
from trainer.dashboard.endscreen import EndFace, EndScreen
from trainer.dashboard.face import counter_face, cue_face, dial_face
from trainer.dashboard.nameedit import NameEdit
from trainer.dashboard.places import REFERENCE, place
from trainer.dashboard.plot import Plot
from trainer.dashboard.shapes import Shape
from trainer.dashboard.tally import Tally
from trainer.dashboard.text import Text
from trainer.dashboard.theme import DIM, GROUND, INK, Flood, Tint
from trainer.dashboard.watchdog import PAIN_ANSWER_S, Alarm, Watchdog
from trainer.dashboard.words import badge_words, link_words, saving_words, stop_words, target_words

POLL_MS: Final = 16
"""60 frames a second."""

CLOSE_WAIT_S: Final = 5.0
"""After this long a second wish to close is granted though the session has not been saved:
the recorder writes at least once a second and has nothing more to lose."""

PAIN_KEYS: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_P})
NEXT_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""A foot pedal is a keyboard that sends one of these."""


class Dashboard(QWidget):
    """The one screen of a session; shows what the engine says and sends what the person asks."""

    def __init__(
        self,
        engine: EnginePort,
        settings: DisplaySettings,
        clock: Clock,
        *,
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock
        self._open_url = open_url
        self._watchdog = Watchdog()
        self._tally = Tally()
        self._alarm = Alarm.NONE
        self._band = Band.NONE
        self._snapshot: Snapshot | None = None
        self._longest_s = 0.0
        self._report: Path | None = None
        self._close_asked_s: float | None = None
        self._shown: tuple[object, ...] = ()
        self.setWindowTitle("footspring")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._make_parts(settings)
        self._connect()
        self._timer = QTimer(self, interval=POLL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.poll)
        # A look at exactly the limit, whatever the rhythm of the polls.
        self._deadline = QTimer(self, interval=round(1000 * PAIN_ANSWER_S), singleShot=True)
        self._deadline.setTimerType(Qt.TimerType.PreciseTimer)
        self._deadline.timeout.connect(self.poll)
        self.resize(*REFERENCE)
        self.poll()

    def start(self) -> None:
        """Begin to follow the engine."""
        self._timer.start()

    @property
    def alarm(self) -> Alarm:
        """Return what the window knows beyond the snapshot."""
        return self._alarm

    def show_report(self, path: Path) -> None:
        """Offer a report to be opened; safe from any thread."""
        self._report = path

    def pain_stop(self) -> None:
        """Stop at once, and watch that the engine does; safe in a signal handler."""
        self._watchdog.ask(self._clock.monotonic_s())
        self._engine.pain_stop()

    def poll(self) -> None:
        """Show what is new; called 60 times a second."""
        snapshot = self._engine.snapshot
        self._alarm = self._watchdog.judge(self._engine, self._clock.monotonic_s())
        is_finished = self._engine.is_finished
        is_closing = self._close_asked_s is not None
        if is_closing and is_finished:
            self.close()
            return
        self.plot.poll(self._engine.rate_hz)
        shown = (snapshot, self._alarm, is_finished, is_closing, self._report)
        # Identity first: the same snapshot is not compared field by field.
        if self._shown and self._shown[0] is snapshot and self._shown[1:] == shown[1:]:
            return
        self._shown = shown
        self._tally.see(snapshot)
        self._show(snapshot)
        self._show_end(snapshot, is_finished=is_finished)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size: a small screen less a title bar and a task bar."""
        return QSize(640, 384)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops; Space goes on. Handled here since shortcuts need an active window."""
        if event.key() in PAIN_KEYS:
            self._ask_pain_stop()
        elif event.key() in NEXT_KEYS and not event.isAutoRepeat():
            self._send(Next())
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the session first; the window goes once it is saved."""
        now_s = self._clock.monotonic_s()
        asked_s = self._close_asked_s
        is_late = asked_s is not None and now_s - asked_s > CLOSE_WAIT_S
        is_hung = self._alarm in {Alarm.UNANSWERED, Alarm.SILENT}
        if self._engine.is_finished or is_hung or is_late:
            self._timer.stop()
            event.accept()
            return
        event.ignore()
        if asked_s is None:
            self._close_asked_s = now_s
            self._engine.send(EndSession())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put every part into its place."""
        del event
        places = place(self.width(), self.height())
        unit = places.unit
        self.left_foot.place(places.left_foot, unit)
        self.right_foot.place(places.right_foot, unit)
        self.exercise.place(places.exercise, 17 * unit)
        self.athlete.place(places.athlete, unit)
        self.badge.place(places.badge, 11 * unit)
        self.target.place(places.target, 11 * unit)
        self.cue.place(places.cue, unit)
        self.counter.place(places.counter, unit)
        self.dial.place(places.dial, unit)
        self.plot.place(places.plot, unit)
        self.message.place(places.message, 17 * unit)
        self.link.place(places.link, 10 * unit)
        for button, where in zip(self.command_buttons, places.buttons, strict=True):
            button.place(where, unit)
        self.pain.place(places.pain, unit)
        self.end.place(QRect(0, 0, self.width(), self.height()), unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what lies between the parts."""
        QPainter(self).fillRect(event.rect(), QColor(GROUND))

    def _make_parts(self, settings: DisplaySettings) -> None:
        self.left_foot = FootButton(self, Side.LEFT)
        self.right_foot = FootButton(self, Side.RIGHT)
        self.exercise = Text(self, max_lines=2)
        self.athlete = NameEdit(self)
        self.badge = Text(self, Qt.AlignmentFlag.AlignHCenter)
        self.cue = CuePanel(self)
        self.counter = Counter(self)
        self.dial = Dial(self)
        self.plot = Plot(self, self._engine.ring, settings.window_s)
        self.message = Text(self, max_lines=2)
        self.link = Text(self, is_bold=False)
        self.target = Text(self, Qt.AlignmentFlag.AlignRight)
        self.next = NextButton(self, "NEXT", "Space")
        self.skip = Button(self, "SKIP MAX", "estimate it")
        self.undo = Button(self, "UNDO", "change")
        self.tare = Button(self, "TARE", "to zero")
        self.finish = Button(self, "END", "and save")
        self.command_buttons = (self.next, self.skip, self.undo, self.tare, self.finish)
        self.pain = PainStop(self, "PAIN STOP", "Esc")
        self.end = EndScreen(self)

    def _connect(self) -> None:
        asked: tuple[tuple[Button, Command], ...] = (
            (self.next, Next()),
            (self.skip, SkipMvc()),
            (self.undo, Undo()),
            (self.tare, Retare()),
            (self.finish, EndSession()),
            (self.left_foot, ChangeSide(Side.LEFT)),
            (self.right_foot, ChangeSide(Side.RIGHT)),
        )
        for button, command in asked:
            button.clicked.connect(lambda _=False, command=command: self._send(command))
        self.athlete.asked.connect(lambda name: self._send(ChangeAthlete(name)))
        self.pain.asked.connect(self._ask_pain_stop)
        self.end.close_button.clicked.connect(self.close)
        self.end.report_button.clicked.connect(self._open_report)

    def _send(self, command: Command) -> None:
        is_running = self._alarm is Alarm.NONE and not self._engine.is_finished
        if is_running and is_usable(type(command), self._engine.snapshot):
            self._engine.send(command)

    def _ask_pain_stop(self) -> None:
        self._deadline.start()
        try:
            self.pain_stop()
        finally:
            self.poll()

    def _open_report(self) -> None:
        if self._report is not None:
            self._open_url(QUrl.fromLocalFile(str(self._report)))

    def _show(self, snapshot: Snapshot) -> None:
        before = self._snapshot
        is_new_phase = before is None or before.phase is not snapshot.phase
        # A timer that is set anew within its phase, as rest after rest, begins a full ring again.
        is_restarted = is_new_phase or snapshot.left_s > self._longest_s
        self._longest_s = snapshot.left_s if is_restarted else self._longest_s
        if before is None or _band(before) != _band(snapshot):
            self.plot.look_again()
        self._snapshot = snapshot
        self._band = judge_band(snapshot, self._band)
        cue = cue_face(snapshot, self._band, self._alarm)
        self.cue.show_face(cue)
        self.counter.show_face(counter_face(snapshot), cue.flood)
        self.dial.show_face(dial_face(snapshot, self._longest_s), cue.flood)
        self.plot.show_state(snapshot)
        self._show_title(snapshot)
        self._show_lines(snapshot)
        self._show_buttons(snapshot)

    def _show_title(self, snapshot: Snapshot) -> None:
        can_change = is_usable(ChangeSide, snapshot)
        for button in (self.left_foot, self.right_foot):
            button.show_foot(is_lit=button.side is snapshot.side, can_change=can_change)
        self.exercise.show_words(snapshot.exercise)
        self.athlete.show_name(snapshot.athlete, can_change=is_usable(ChangeAthlete, snapshot))
        badge = badge_words(snapshot)
        self.badge.show_words(badge)
        self.badge.set_tint(Tint(DIM, GROUND) if badge else Tint(GROUND, INK))

    def _show_lines(self, snapshot: Snapshot) -> None:
        message = snapshot.message
        if self._alarm is Alarm.SILENT:
            message = "The pad program does not answer. Stop pressing; PAIN STOP still works."
        elif self._close_asked_s is not None:
            message = "Ending the session and saving it."
        self.message.show_words(message)
        self.target.show_words(target_words(snapshot))
        self.link.show_words(link_words(snapshot.link))
        is_stale = snapshot.link.is_stale
        self.link.set_tint(Flood.LESS.value if is_stale else Tint(GROUND, DIM))

    def _show_buttons(self, snapshot: Snapshot) -> None:
        is_alive = self._alarm is Alarm.NONE and self._close_asked_s is None
        for button, asked in zip(self.command_buttons, ASKED, strict=True):
            button.offer(is_usable=is_alive and is_usable(asked, snapshot))

    def _show_end(self, snapshot: Snapshot, *, is_finished: bool) -> None:
        is_stop = snapshot.phase is Phase.STOPPED or self._alarm in STOPPING
        if not is_stop and not is_finished:
            self.end.hide()
            return
        face = EndFace(
            flood=Flood.STOP if is_stop else Flood.WAIT,
            shape=Shape.SQUARE if is_stop else Shape.TICK,
            heading="STOPPED" if is_stop else "DONE",
            message=stop_words(snapshot, self._alarm),
            sets=self._tally.sets(),
            reps_per_set=snapshot.reps,
            report=self._report,
            saving=saving_words(self._alarm, is_finished=is_finished),
        )
        self.end.show_face(face)
        if self.end.isHidden():
            self.end.show()
            self.end.raise_()


ASKED: Final[tuple[Asked, ...]] = (Next, SkipMvc, Undo, Retare, EndSession)
STOPPING: Final = frozenset({Alarm.STOPPING, Alarm.UNANSWERED})


def _band(snapshot: Snapshot) -> tuple[float | None, float | None]:
    return snapshot.target_low_n, snapshot.target_high_n
