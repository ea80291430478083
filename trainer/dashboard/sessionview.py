"""The picture of a session: all parts of the screen in their places, showing one snapshot."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer.coach.words import BLOCKS
from trainer.core.commands import (
    Answer,
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Pause,
    Retare,
    SkipMvc,
    SkipSet,
    Undo,
)
from trainer.core.cues import Side
from trainer.core.diary.training import Block
from trainer.core.errands import Errand
from trainer.core.linkwords import LOW_BATTERY
from trainer.core.ring import Ring
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import noted, tr
from trainer.core.watchdog import Alarm
from trainer.dashboard.actions import is_usable
from trainer.dashboard.band import Band, judge_band
from trainer.dashboard.button import Button, ErrandButton, FootButton, NextButton, PainStop
from trainer.dashboard.counter import Counter
from trainer.dashboard.cuepanel import CuePanel
from trainer.dashboard.dial import Dial
from trainer.dashboard.face import CueFace, counter_face, cue_face, dial_face
from trainer.dashboard.figurepad import FigurePad
from trainer.dashboard.nameedit import NameEdit
from trainer.dashboard.places import Places, place, side_by_side
from trainer.dashboard.plot import Plot
from trainer.dashboard.shapes import Shape
from trainer.dashboard.text import Text
from trainer.dashboard.theme import DIM, GROUND, INK, Flood, Tint
from trainer.dashboard.words import badge_words, link_words, message_words, target_words

COMMANDS: Final[tuple[Command, ...]] = (Next(), SkipMvc(), Undo(), Retare(), EndSession())
"""What the five buttons ask for, from the left."""

IN_CIRCUIT: Final[dict[int, Command]] = {1: SkipSet(), 3: Pause()}
"""What two of them ask for in a circuit, where the other means nothing."""

SKIPS: Final = (
    (noted("SKIP MAX"), noted("estimate it")),
    (noted("SKIP SET"), noted("leave it out")),
)
TARES: Final = ((noted("TARE"), noted("to zero")), (noted("WAIT"), noted("pause")))
"""Words of those two without and with a circuit."""

SETTING_UP: Final = frozenset({Phase.READY, Phase.CHECK, Phase.MVC_READY, Phase.MVC_REST})
"""Where a circuit too may skip the maximal presses or set the pad to zero."""


class SessionView(QWidget):
    """Shows snapshots, and says what was asked for by its buttons."""

    asked = Signal(object)
    """A Command."""
    errand_asked = Signal(object)
    """An Errand."""
    pain_asked = Signal()

    def __init__(
        self, parent: QWidget, ring: Ring, window_s: float, errands: tuple[Errand, ...] = ()
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._snapshot: Snapshot | None = None
        self._band = Band.NONE
        self._longest_s = 0.0
        self.left_foot = FootButton(self, Side.LEFT)
        self.right_foot = FootButton(self, Side.RIGHT)
        self.exercise = Text(self, max_lines=2)
        self.athlete = NameEdit(self)
        self.badge = Text(self, Qt.AlignmentFlag.AlignHCenter)
        self.cue = CuePanel(self)
        self.counter = Counter(self)
        self.dial = Dial(self)
        self.plot = Plot(self, ring, window_s)
        self.figures = FigurePad(self)
        self.message = Text(self, max_lines=3)
        self.link = Text(self, is_bold=False)
        self.target = Text(self, Qt.AlignmentFlag.AlignRight)
        self.next = NextButton(self, tr("NEXT"), tr("Space"))
        self.skip = Button(self, tr("SKIP MAX"), tr("estimate it"))
        self.undo = Button(self, tr("UNDO"), tr("last step"))
        self.tare = Button(self, tr("TARE"), tr("to zero"))
        self.finish = Button(self, tr("END"), tr("and save"))
        self.pain = PainStop(self, tr("PAIN STOP"), tr("Esc"))
        words = {
            Errand.TODAY: (tr("START TODAY"), tr("what the plan asks")),
            Errand.CHECK: (tr("CHECK"), tr("the pad")),
            Errand.CALIBRATE: (tr("CALIBRATE"), tr("with weights")),
        }
        self.errands = {errand: ErrandButton(self, *words[errand]) for errand in errands}
        """What the session may be left for: shown while it waits to begin."""
        for button in self.errands.values():
            button.hide()
        self._is_errand_offered = False
        self._buttons = (self.next, self.skip, self.undo, self.tare, self.finish)
        self._commands = COMMANDS
        self._connect()

    def show_snapshot(
        self, snapshot: Snapshot, alarm: Alarm, *, is_closing: bool, errand: Errand | None = None
    ) -> None:
        """Show a snapshot; where nobody answers, or the session is being left, say that."""
        if errand is not None:
            # The end of what is left is no end for the person: the place stays as it was.
            snapshot = replace(snapshot, phase=Phase.READY)
        before = self._snapshot
        is_new_phase = before is None or before.phase is not snapshot.phase
        # A timer that is set anew within its phase, as rest after rest, begins a full ring again.
        is_restarted = is_new_phase or snapshot.left_s > self._longest_s
        self._longest_s = snapshot.left_s if is_restarted else self._longest_s
        if before is None or _target_n(before) != _target_n(snapshot):
            self.plot.look_again()
        self._snapshot = snapshot
        self._band = judge_band(snapshot, self._band)
        cue = cue_face(snapshot, self._band, alarm)
        if errand is not None and alarm is Alarm.NONE:
            cue = CueFace(Flood.WAIT, Shape.NONE, "", tr("WAIT"))
        self.cue.show_face(cue)
        self.counter.show_face(counter_face(snapshot), cue.flood)
        self.dial.show_face(dial_face(snapshot, self._longest_s), cue.flood)
        self.plot.show_state(snapshot)
        is_heard = alarm is Alarm.NONE and not is_closing and errand is None
        self._show_title(snapshot, is_heard=is_heard)
        words = message_words(snapshot, alarm, is_closing=is_closing, errand=errand)
        self._show_lines(snapshot, words)
        self._show_errands(is_ready=snapshot.phase is Phase.READY, is_heard=is_heard)
        is_asked = bool(snapshot.question) and is_usable(Answer, snapshot)
        self.figures.offer(
            snapshot.question * is_asked,
            is_yes_no=snapshot.is_yes_no,
            is_usable=is_heard and is_asked,
        )
        self._show_buttons(snapshot, is_heard=is_heard)

    def _show_buttons(self, snapshot: Snapshot, *, is_heard: bool) -> None:
        is_circuit = bool(snapshot.block) and snapshot.phase not in SETTING_UP
        self._commands = tuple(
            IN_CIRCUIT.get(place, command) if is_circuit else command
            for place, command in enumerate(COMMANDS)
        )
        self.skip.show_words(*(tr(text) for text in SKIPS[is_circuit]))
        self.tare.show_words(*(tr(text) for text in TARES[is_circuit]))
        for button, command in zip(self._buttons, self._commands, strict=True):
            button.offer(is_usable=is_heard and is_usable(type(command), snapshot))

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
        self.cue.place(places.cue, unit)
        self.counter.place(places.counter, unit)
        self._place_dial(places)
        self._place_errands(places)
        self.plot.place(places.plot, unit)
        self.figures.place(places.plot, unit)
        self.message.place(places.message, 17 * unit)
        self.link.place(places.link, 10 * unit)
        self.target.place(places.target, 11 * unit)
        for button, where in zip(self._buttons, places.buttons, strict=True):
            button.place(where, unit)
        self.pain.place(places.pain, unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what lies between the parts."""
        QPainter(self).fillRect(event.rect(), QColor(GROUND))

    def _connect(self) -> None:
        for number, button in enumerate(self._buttons):
            button.clicked.connect(
                lambda _=False, number=number: self.asked.emit(self._commands[number])
            )
        for foot in (self.left_foot, self.right_foot):
            foot.clicked.connect(lambda _=False, side=foot.side: self.asked.emit(ChangeSide(side)))
        self.figures.asked.connect(self.asked)
        for errand, button in self.errands.items():
            button.clicked.connect(lambda _=False, errand=errand: self.errand_asked.emit(errand))
        self.athlete.asked.connect(lambda name: self.asked.emit(ChangeAthlete(name)))
        self.pain.asked.connect(self.pain_asked)

    def _show_errands(self, *, is_ready: bool, is_heard: bool) -> None:
        for button in self.errands.values():
            button.offer(is_usable=is_heard)
        if is_ready != self._is_errand_offered:
            self._is_errand_offered = is_ready
            for button in self.errands.values():
                button.setVisible(is_ready)
            self._place_dial(place(self.width(), self.height()))

    def _place_dial(self, places: Places) -> None:
        """Let the dial give room to what the session may be left for, while that is offered."""
        where = places.dial
        if self._is_errand_offered and self.errands:
            where = places.smaller_dial if Errand.TODAY in self.errands else places.small_dial
        self.dial.place(where, places.unit)

    def _place_errands(self, places: Places) -> None:
        of_pad = [button for errand, button in self.errands.items() if errand is not Errand.TODAY]
        row = side_by_side(places.errands, len(of_pad), round(6 * places.unit))
        for button, where in zip(of_pad, row, strict=True):
            button.place(where, places.unit)
        if Errand.TODAY in self.errands:
            self.errands[Errand.TODAY].place(places.today, places.unit)

    def _show_title(self, snapshot: Snapshot, *, is_heard: bool) -> None:
        can_change = is_heard and is_usable(ChangeSide, snapshot)
        for button in (self.left_foot, self.right_foot):
            button.show_foot(is_lit=button.side is snapshot.side, can_change=can_change)
        can_rename = is_heard and is_usable(ChangeAthlete, snapshot)
        self.athlete.show_name(snapshot.athlete, can_change=can_rename)
        block = f"{tr(BLOCKS[Block(snapshot.block)])}: " if snapshot.block else ""
        self.exercise.show_words(f"{block}{snapshot.exercise}")
        badge = badge_words(snapshot)
        self.badge.show_words(badge)
        tint = Flood.LESS.value if badge == tr(LOW_BATTERY) else Tint(DIM, GROUND)
        self.badge.set_tint(tint if badge else Tint(GROUND, INK))

    def _show_lines(self, snapshot: Snapshot, message: str) -> None:
        self.message.show_words(message)
        self.target.show_words(target_words(snapshot))
        self.link.show_words(link_words(snapshot.link))
        is_stale = snapshot.link.is_stale
        self.link.set_tint(Flood.LESS.value if is_stale else Tint(GROUND, DIM))


def _target_n(snapshot: Snapshot) -> tuple[float | None, float | None]:
    return snapshot.target_low_n, snapshot.target_high_n
