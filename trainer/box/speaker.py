"""The speaker: sounds what a session says, beside whatever screen shows it."""

import threading
from collections.abc import Callable

from trainer.box.ear import Ear
from trainer.box.footbox import LOOK_S
from trainer.box.players import Player
from trainer.core.ports import Clock, EnginePort
from trainer.core.texts import tr
from trainer.core.watchdog import Watchdog


class Speaker:
    """One loudspeaker for one session; a player that fails is told once and left alone."""

    def __init__(self, player: Player, clock: Clock) -> None:
        self._player: Player | None = player
        self._clock = clock
        self._ear = Ear()
        self._watchdog = Watchdog()
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, engine: EnginePort, tell: Callable[[str], None]) -> None:
        """Begin to listen, in a thread of its own; `tell` is told when the player fails."""

        def follow() -> None:
            while not self._is_over.wait(LOOK_S):
                self.look(engine, tell)

        self._thread = threading.Thread(target=follow, name="speaker", daemon=True)
        self._thread.start()

    def look(self, engine: EnginePort, tell: Callable[[str], None]) -> None:
        """Sound what is due now; called all the while."""
        now_s = self._clock.monotonic_s()
        alarm = self._watchdog.judge(engine, now_s)
        tone = self._ear.hear(engine.snapshot, alarm, now_s)
        if tone is None or self._player is None or self._player.play(tone):
            return
        self._player = None
        tell(tr("sound: this machine's player fails; the session goes on without"))

    def close(self) -> None:
        """Be silent."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        if self._player is not None:
            self._player.close()
