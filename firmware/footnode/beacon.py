"""When the node advertises, and how fast.

Rules:
- Fast for a minute after boot and after a lost link: a host that scans finds it within a second.
- Then slowly, with all chips asleep, until a host comes.
- A link ends the advertising; a new name is advertised once the link has ended.
"""

FAST_MS = 150
SLOW_MS = 1000
FAST_US = 60_000_000

TYPE_CHECKING = False
if TYPE_CHECKING:
    from footnode.ports import Radio


class Beacon:
    """The node's advertising."""

    def __init__(self, radio: "Radio", name: str, now_us: int) -> None:
        self._radio = radio
        self._until_us = now_us + FAST_US
        self._told = ("", 0)
        self.name = name

    @property
    def is_slow(self) -> bool:
        """Return whether nobody came in time."""
        return self._told[1] == SLOW_MS

    def hush(self) -> None:
        """Be silent: a link stands."""
        self._radio.stop_advertising()
        self._told = ("", 0)

    def hurry(self, now_us: int) -> None:
        """Be fast again: a link was lost."""
        self._until_us = now_us + FAST_US

    def plan(self, now_us: int) -> None:
        """Advertise as the rules say; only without a link."""
        wanted = (self.name, FAST_MS if now_us < self._until_us else SLOW_MS)
        if wanted != self._told:
            self._radio.advertise(wanted[0], wanted[1])
            self._told = wanted
