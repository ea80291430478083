"""The foot box: a contact goes straight to the engine; light and buzzer follow the snapshots.

Rules, failing towards stopping:
- A contact is handed on within the call that tells of it, and waits for nothing.
- An edge that was not told is seen at the next look.
- A button that was down before the session, or stays down where it should stop, cannot stop any
  more: it says so, and where a press is being asked for it stops the session.
"""

import threading
from collections.abc import Callable
from typing import Final

from trainer.box.contacts import HOLD_S, Contacts, Denial, Said
from trainer.box.ear import Ear
from trainer.box.signs import Light, Tone, is_lit, is_sounding, light_of
from trainer.box.wires import Wires
from trainer.core.ports import Clock, EnginePort
from trainer.core.snapshot import PAUSES, Snapshot
from trainer.core.texts import noted, tr
from trainer.core.watchdog import OVER, Alarm, Watchdog

LOOK_S: Final = 0.02
"""Between two looks: shorter than a person notices (Miller 1968: 0.1 s), and than any beat."""

STUCK: Final = noted(
    "foot button: down since before the session, or its wire touches ground; like that it cannot "
    "stop anything. Let go of it, or see to its wire"
)

READY: Final = noted("foot button: ready; a press goes on, and in a set it stops at once")


class FootBox:
    """One box for one session."""

    def __init__(self, wires: Wires, bounce_s: float, clock: Clock) -> None:
        self._wires = wires
        self._clock = clock
        self._contacts = Contacts(bounce_s)
        # Held for a few statements: an edge and a look must not both take the same contact.
        self._lock = threading.Lock()
        self._engine: EnginePort | None = None
        self._tell: Callable[[str], None] = lambda _line: None
        self._watchdog = Watchdog()
        self._denial = Denial()
        self._ear = Ear()
        self._is_stuck = False
        self._light, self._light_s = Light.DARK, clock.monotonic_s()
        self._tone: Tone | None = None
        self._tone_s = self._light_s
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="foot box", daemon=True)
        wires.listen(self._closed, self._opened)

    def attach(self, engine: EnginePort) -> str:
        """Serve a session from now on, and return in a line how the button stands."""
        # A contact from before is none of this session's.
        self._read()
        self._engine = engine
        self._is_stuck = self._contacts.held_since_s is not None
        return tr(STUCK if self._is_stuck else READY)

    def start(self, tell: Callable[[str], None]) -> None:
        """Begin to look, in a thread of its own; `tell` is told when the button gets stuck."""
        self._tell = tell
        self._thread.start()

    def close(self) -> None:
        """Be silent and dark, and let go of the pins."""
        self._engine = None
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()
        self._wires.close()

    def look(self) -> None:
        """Look once at button and engine, and set light and buzzer; called all the while."""
        engine = self._engine
        if engine is None:
            return
        self._read()
        now_s = self._clock.monotonic_s()
        snapshot = engine.snapshot
        alarm = self._watchdog.judge(engine, now_s)
        self._judge_hold(engine, snapshot, now_s)
        self._answer(engine, snapshot, now_s)
        self._show(snapshot, alarm, now_s)

    def _closed(self) -> None:
        """Take a contact; called in the library's thread."""
        with self._lock:
            is_new = self._contacts.close(self._clock.monotonic_s())
        engine = self._engine
        if is_new and engine is not None:
            engine.press_button()

    def _opened(self) -> None:
        with self._lock:
            self._contacts.open(self._clock.monotonic_s())

    def _read(self) -> None:
        """Take in an edge that was not told."""
        is_down = self._wires.is_down
        if is_down is (self._contacts.held_since_s is None):
            (self._closed if is_down else self._opened)()

    def _judge_hold(self, engine: EnginePort, snapshot: Snapshot, now_s: float) -> None:
        since_s = self._contacts.held_since_s
        if since_s is None:
            if self._is_stuck:
                self._is_stuck = False
                self._tell(tr(READY))
            return
        if now_s - since_s < HOLD_S or snapshot.phase in OVER:
            return
        if not self._is_stuck:
            self._is_stuck = True
            self._tell(tr(STUCK))
        if snapshot.phase not in PAUSES:
            engine.press_button(is_held=True)

    def _answer(self, engine: EnginePort, snapshot: Snapshot, now_s: float) -> None:
        since_s = self._contacts.held_since_s
        said = self._denial.see(since_s, now_s, is_asked=snapshot.is_pain_asked)
        if said is Said.NO_PAIN:
            engine.deny_pain()
        if said is not Said.NOTHING:
            self._begin(Tone.HALF, now_s)

    def _begin(self, tone: Tone, now_s: float) -> None:
        self._tone, self._tone_s = tone, now_s

    def _show(self, snapshot: Snapshot, alarm: Alarm, now_s: float) -> None:
        light = light_of(snapshot, alarm, is_stuck=self._is_stuck)
        if light is not self._light:
            self._light, self._light_s = light, now_s
        tone = self._ear.hear(snapshot, alarm, now_s)
        if tone is not None:
            self._begin(tone, now_s)
        self._wires.light(is_on=is_lit(self._light, now_s - self._light_s))
        is_loud = self._tone is not None and is_sounding(self._tone, now_s - self._tone_s)
        self._wires.sound(is_on=is_loud)

    def _follow(self) -> None:
        while not self._is_over.wait(LOOK_S):
            self.look()
