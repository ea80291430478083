"""The window: polls the engine, sends commands, stops, and closes safely."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer.core.commands import Command, EndSession, Next
from trainer.core.errands import Errand
from trainer.core.ports import Clock, EnginePort
from trainer.core.settings import DisplaySettings
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import tr
from trainer.core.watchdog import PAIN_ANSWER_S, Alarm, Watchdog
from trainer.dashboard.actions import CIRCUIT_KEYS, is_usable
from trainer.dashboard.endscreen import EndFace, EndScreen
from trainer.dashboard.places import REFERENCE, scale_of
from trainer.dashboard.question import Question
from trainer.dashboard.sessionview import SessionView
from trainer.dashboard.shapes import Shape
from trainer.dashboard.tally import Tally
from trainer.dashboard.theme import Flood
from trainer.dashboard.words import late_stop_words, saving_words, stop_words

FRAME_MS: Final = 16
"""60 frames a second."""

POLL_MS: Final = FRAME_MS // 2
"""Two looks a frame: what comes after a quiet time waits half a frame at most."""

CLOSE_WAIT_S: Final = 5.0
"""After this long a second wish to close is granted though the session has not been saved:
the recorder writes at least once a second and has nothing more to lose."""

PAIN_KEYS: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_P})
NEXT_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""A foot pedal is a keyboard that sends one of these."""
YES_KEYS: Final = NEXT_KEYS | {Qt.Key.Key_Y}
NO_KEY: Final = Qt.Key.Key_N


class Dashboard(QWidget):
    """The one screen of a session; shows what the engine says and sends what the person asks."""

    def __init__(
        self,
        engine: EnginePort,
        settings: DisplaySettings,
        clock: Clock,
        *,
        errands: tuple[Errand, ...] = (),
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock
        self._open_url = open_url
        self._watchdog = Watchdog()
        self._tally = Tally()
        self._alarm = Alarm.NONE
        self._report: Path | None = None
        self._close_asked_s: float | None = None
        self._errand: Errand | None = None
        self._is_left_by_stop = False
        self._shown: tuple[object, ...] = ()
        self.setWindowTitle("footspring")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.session = SessionView(self, engine.ring, settings.window_s, errands)
        self.session.asked.connect(self._send)
        self.session.errand_asked.connect(self._leave_for)
        self.session.pain_asked.connect(self._ask_pain_stop)
        self.end = EndScreen(self)
        self.end.close_button.clicked.connect(self.close)
        self.end.report_button.clicked.connect(self._open_report)
        self.question = Question(self)
        self.question.yes.asked.connect(self._ask_pain_stop)
        self.question.no.clicked.connect(engine.deny_pain)
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

    @property
    def errand(self) -> Errand | None:
        """Return what the session is left for, or was when the window closed; None for nothing."""
        return self._errand

    def show_report(self, path: Path) -> None:
        """Offer a report to be opened; safe from any thread."""
        self._report = path

    def pain_stop(self) -> None:
        """Stop at once, and watch that the engine does; safe in a signal handler."""
        self._is_left_by_stop |= self._errand is not None
        self._errand = None
        self._watchdog.ask(self._clock.monotonic_s())
        self._engine.pain_stop()

    def poll(self) -> None:
        """Show what is new; called twice a frame."""
        snapshot = self._engine.snapshot
        self._alarm = self._watchdog.judge(self._engine, self._clock.monotonic_s())
        is_finished = self._engine.is_finished
        is_closing = self._close_asked_s is not None
        if self._alarm is not Alarm.NONE or snapshot.phase not in LEAVING:
            # It was stopped, or began before the wish came: then it is not left.
            self._errand = None
        if is_finished and (is_closing or self._errand is not None):
            self.close()
            return
        self.session.plot.poll(self._engine.rate_hz)
        shown = (snapshot, self._alarm, is_finished, is_closing, self._errand, self._report)
        # Identity first: the same snapshot is not compared field by field.
        if self._shown and self._shown[0] is snapshot and self._shown[1:] == shown[1:]:
            return
        self._shown = shown
        self._tally.see(snapshot)
        self.session.show_snapshot(
            snapshot, self._alarm, is_closing=is_closing, errand=self._errand
        )
        self._show_end(snapshot, is_finished=is_finished)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size: a small screen less a title bar and a task bar."""
        return QSize(640, 384)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops; Space goes on. Handled here since shortcuts need an active window."""
        if event.key() in PAIN_KEYS:
            self._ask_pain_stop()
        elif self.question.isVisibleTo(self):
            self._answer(event)
        elif event.key() in NEXT_KEYS and not event.isAutoRepeat():
            self._send(Next())
        elif (asked := CIRCUIT_KEYS.get(event.text().lower())) and not event.isAutoRepeat():
            self._send(asked)
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
        self._errand = None
        event.ignore()
        if asked_s is None:
            self._close_asked_s = now_s
            self._engine.send(EndSession())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the session, and the screen after it, fill the window."""
        del event
        whole = QRect(0, 0, self.width(), self.height())
        self.session.setGeometry(whole)
        unit = scale_of(self.width(), self.height())
        self.end.place(whole, unit)
        self.question.place(whole, unit)

    def _send(self, command: Command) -> None:
        if self._is_running and is_usable(type(command), self._engine.snapshot):
            self._engine.send(command)

    def _leave_for(self, errand: Errand) -> None:
        if self._is_running and self._engine.snapshot.phase is Phase.READY:
            self._errand = errand
            self._engine.leave()

    @property
    def _is_running(self) -> bool:
        """Return whether the session takes commands: nobody is leaving it."""
        is_left = self._engine.is_finished or self._errand is not None
        return self._alarm is Alarm.NONE and not is_left

    def _answer(self, event: QKeyEvent) -> None:
        """Take the answer of a key that was pressed for it, not one that is down still."""
        if event.isAutoRepeat():
            return
        if event.key() in YES_KEYS:
            self._ask_pain_stop()
        elif event.key() == NO_KEY:
            self._engine.deny_pain()

    def _ask_pain_stop(self) -> None:
        self._deadline.start()
        try:
            self.pain_stop()
        finally:
            self.poll()

    def _open_report(self) -> None:
        if self._report is not None:
            self._open_url(QUrl.fromLocalFile(str(self._report)))

    def _show_end(self, snapshot: Snapshot, *, is_finished: bool) -> None:
        # The pad may have been let go a moment before: the stop is shown all the same.
        is_late_stop = self._is_left_by_stop and snapshot.phase is Phase.DONE
        is_stop = snapshot.phase is Phase.STOPPED or self._alarm in STOPPING or is_late_stop
        if not is_stop and not is_finished:
            self.end.hide()
            return
        face = EndFace(
            flood=Flood.STOP if is_stop else Flood.WAIT,
            shape=Shape.SQUARE if is_stop else Shape.TICK,
            heading=tr("STOPPED") if is_stop else tr("DONE"),
            message=late_stop_words() if is_late_stop else stop_words(snapshot, self._alarm),
            sets=self._tally.sets(),
            reps_per_set=snapshot.reps,
            report=self._report,
            saving="" if is_late_stop else saving_words(self._alarm, is_finished=is_finished),
        )
        self.end.show_face(face)
        if self.end.isHidden():
            self.end.show()
            self.end.raise_()
        if snapshot.is_pain_asked:
            self.question.ask(snapshot)
        else:
            self.question.hide()


STOPPING: Final = frozenset({Alarm.STOPPING, Alarm.UNANSWERED})

LEAVING: Final = frozenset({Phase.READY, Phase.DONE})
"""Where a session that is left stands until its window closes."""
