"""A node's parts that only pretend, in plain Python: the same file runs on a MicroPython."""

from footnode.node import Node
from footnode.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """Time that stands until it is moved."""

    def __init__(self, start_us: int = 0) -> None:
        self.us = start_us

    def __call__(self) -> int:
        return self.us


class Chip:
    """A converter with a period of its own; an unread conversion is overwritten."""

    def __init__(self, clock: Clock, period_us: int, rate_10s: int, cells: "list[int]") -> None:
        self.rate_10s = rate_10s
        self.cells = cells
        self.period_us = period_us
        self.channels = len(cells)
        self.is_awake = False
        self.wakings = 0
        self.woken_us = 0
        self.sleepings = 0
        self.is_mute = False
        self.bits: list[int] = []
        """Status bits of the next readings."""
        self._clock = clock
        self._next_us = 0
        self._count = 0

    def wake(self) -> None:
        self.is_awake = True
        self.wakings += 1
        self.woken_us = self._clock.us
        self._next_us = self.woken_us + 4 * self.period_us

    def sleep(self) -> None:
        self.is_awake = False
        self.sleepings += 1

    def is_ready(self) -> bool:
        return self.is_awake and not self.is_mute and self._clock.us >= self._next_us

    def read(self, into: "list[int]") -> int:
        passed = 1 + (self._clock.us - self._next_us) // self.period_us
        self._next_us += passed * self.period_us
        self._count += passed
        for place in range(self.channels):
            into[place] = self._count * (1 - 2 * (place & 1)) + place
        return self.bits.pop(0) if self.bits else 0


class Radio:
    """A link that is made and lost by hand."""

    def __init__(self) -> None:
        self.is_connected = False
        self.connections = 0
        self.info = b""
        self.writes: list[bytes] = []
        """Commands the node has not read yet."""
        self.sent: list[bytes] = []
        self.reports: list[bytes] = []
        self.adverts: list[tuple[str, int]] = []
        self.intervals_ms: list[int] = []
        self.room = 1_000_000
        """Frames it takes before its queue is full."""
        self.is_silent = True

    def connect(self) -> None:
        self.is_connected = True
        self.connections += 1

    def lose(self) -> None:
        self.is_connected = False

    def advertise(self, name: str, interval_ms: int) -> None:
        self.is_silent = False
        self.adverts.append((name, interval_ms))

    def stop_advertising(self) -> None:
        self.is_silent = True

    def set_info(self, data: bytes) -> None:
        self.info = data

    def send(self, kind: int, data: "bytes | bytearray | memoryview") -> bool:
        assert kind == data[0] & 0xF
        if not self.room:
            return False
        self.room -= 1
        self.sent.append(bytes(data))
        return True

    def report(self, data: bytes) -> None:
        self.reports.append(data)

    def receive(self) -> "bytes | None":
        return self.writes.pop(0) if self.writes else None

    def ask_interval(self, interval_ms: int) -> None:
        self.intervals_ms.append(interval_ms)


class Battery:
    """A battery whose voltage is set by hand."""

    def __init__(self) -> None:
        self.mv = 3900

    def millivolts(self) -> int:
        return self.mv


class Light:
    """A light that remembers."""

    def __init__(self) -> None:
        self.state = -1

    def show(self, state: int) -> None:
        self.state = state


class Memory:
    """A memory for a name."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def load(self) -> str:
        return self.name

    def save(self, name: str) -> None:
        self.name = name


class Rig:
    """A node with all its parts, and the time it lives in."""

    def __init__(
        self, name: str = "", random_u16: int = 0, start_us: int = 0, slots: int = 0
    ) -> None:
        self.clock = Clock(start_us)
        self.converter = Chip(self.clock, 11_400, 800, [1, 4])
        self.imu = Chip(self.clock, 9615, 1040, [0, 0, 0, 0, 0, 0])
        self.radio = Radio()
        self.battery = Battery()
        self.light = Light()
        self.memory = Memory(name)
        self.settings = Settings(1, 255, 1, b"chip #")
        if slots:
            self.settings.force_slots = self.settings.imu_slots = slots
        self.seeds = [random_u16, random_u16 + 7]
        self.node = Node(
            self.settings,
            self.converter,
            self.imu,
            self.radio,
            self.battery,
            self.light,
            self.memory,
            self.clock,
            self.random_u16,
        )

    def random_u16(self) -> int:
        return self.seeds.pop(0)

    def run(self, for_us: int) -> None:
        """Let that much time pass."""
        until_us = self.clock.us + for_us
        while self.clock.us < until_us:
            self.clock.us += self.node.step()

    def tell(self, command: bytes) -> None:
        """Write a command and let it be obeyed."""
        self.radio.writes.append(command)
        self.run(1)


def build_node(rig: Rig, chip_of: "Callable[[Rig], Chip | None]") -> Node:
    """Return a node of the rig's parts that has another converter and no inertial sensor."""
    return Node(
        rig.settings,
        chip_of(rig),
        None,
        rig.radio,
        rig.battery,
        rig.light,
        rig.memory,
        rig.clock,
        lambda: 0,
    )
