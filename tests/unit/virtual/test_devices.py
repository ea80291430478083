"""Models of sensors and decoders, written apart from each other, agree on every byte."""

import pytest

from tests.virtual.devices import (
    BATTERY_LEVEL,
    Device,
    Entralpi,
    Extras,
    ForceBoard,
    MuscleMeter,
    Progressor,
    WeightScale,
)
from trainer.core.link import Health
from trainer.core.packets import UnitPacket
from trainer.core.units import NEWTON_PER_UNIT
from trainer.wire.dialect import Advert, Broadcast, Heard, Read, Request, Speech, Wish
from trainer.wire.dialects import dialect_of

FORCES_N = [0.0, 10.0, 98.0665, 250.0, 444.8, 3.0] * 20
ADDRESS = "AA:BB:CC:DD:EE:FF"


def advert(device: Device, at_s: float = 100.0) -> Advert:
    """Return what the device advertises."""
    return Advert(ADDRESS, device.name, at_s, device.advertised, device.makers)


class Link:
    """Device and conversation, tied together without a radio."""

    def __init__(self, device: Device, wish: Wish | None = None) -> None:
        dialect = dialect_of(advert(device))
        assert dialect is not None
        assert dialect.speak is not None
        self.device = device
        self.speech: Speech = dialect.speak(advert(device), wish or Wish())
        offered = {uuid for service in device.table.values() for uuid in service}
        assert set(self.speech.characteristics) <= offered
        self.times_s: list[float] = []
        self.forces_n: list[float] = []
        self.health = Health()
        self.bad_bytes = 0
        self.ask(list(self.speech.greet()), 100.0)

    def ask(self, requests: list[Request], at_s: float) -> None:
        """Do what the conversation asks, and what it asks in turn."""
        while requests:
            request = requests.pop(0)
            self.speech.sending(request, at_s)
            if isinstance(request, Read):
                told = [(request.characteristic, self.device.read(request.characteristic))]
            else:
                told = self.device.written(request.characteristic, request.data)
            requests += self.tell(told, at_s)

    def tell(self, told: list[tuple[str, bytes]], at_s: float) -> list[Request]:
        """Hand over notifications; return what the conversation asks."""
        requests: list[Request] = []
        for uuid, data in told:
            heard = self.speech.hear(uuid, data, at_s)
            requests += heard.requests
            self.take(heard)
        return requests

    def take(self, heard: Heard) -> None:
        """Keep what was heard."""
        unit = self.speech.streams[0].unit
        self.bad_bytes += heard.bad_bytes
        self.health = heard.health or self.health
        for packet in heard.packets:
            assert isinstance(packet, UnitPacket)
            self.times_s += packet.time_s.tolist()
            self.forces_n += (packet.values[:, 0] * NEWTON_PER_UNIT[unit]).tolist()

    def measure(self, forces_n: list[float], rate_hz: float) -> None:
        """Let the device measure forces, one after the other."""
        for number, force_n in enumerate(forces_n):
            at_s = 101.0 + number / rate_hz
            assert self.tell(self.device.sample(force_n, at_s), at_s) == []


@pytest.mark.parametrize("batch", [15, 1])
def test_a_progressor_is_asked_started_heard_and_stopped(batch: int) -> None:
    device = Progressor(batch)
    assert device.sample(5.0, 99.0) == []
    link = Link(device)
    assert device.commands == [0x66, 0x6B, 0x70, 0x6C, 0x6F, 0x65]
    about = "version 1.3.2.0, id 5a17c3, reports: No crash registered"
    assert link.health == Health(battery_v=3.912, about=about)
    link.measure(FORCES_N, rate_hz=80)
    assert link.forces_n == pytest.approx(FORCES_N, abs=1e-4)
    assert link.times_s == pytest.approx([n / 80 for n in range(120)], abs=1e-6)
    link.tell(device.warn(), 200.0)
    assert link.health.is_battery_low
    link.ask(list(link.speech.part()), 200.0)
    assert not device.is_measuring
    assert (device.refused, link.bad_bytes) == ([], 0)


def test_a_progressor_found_again_is_started_at_once() -> None:
    device = Progressor()
    Link(device, Wish(is_resumed=True))
    assert device.commands == [0x65]


def test_a_progressor_that_went_on_measuring_is_stopped_before_it_is_asked() -> None:
    device = Progressor()
    device.written(Progressor.control, b"\x65")
    assert Link(device).health.battery_v == 3.912
    assert device.refused == []


def test_a_progressors_clock_may_wrap_in_a_session() -> None:
    link = Link(Progressor(start_us=2**32 - 700_000))
    link.measure(FORCES_N, rate_hz=80)
    first_s = (2**32 - 700_000) * 1e-6
    assert link.times_s == pytest.approx([first_s + n / 80 for n in range(120)], abs=1e-6)


@pytest.mark.parametrize("opcode", [0x67, 0x69, 0x6A, 0x6D, 0x6E, *range(0x71, 0x100)])
def test_the_model_refuses_and_records_what_would_change_a_progressor(opcode: int) -> None:
    device = Progressor()
    assert device.written(Progressor.control, bytes([opcode])) == []
    assert device.refused == [opcode]


def test_a_crane_scale_is_overheard() -> None:
    device = MuscleMeter()
    dialect = dialect_of(advert(device))
    assert dialect is not None
    assert dialect.listen is not None
    listener: Broadcast = dialect.listen(advert(device))
    got_kg: list[float] = []
    for number, force_n in enumerate([*FORCES_N, -20.0]):
        assert device.sample(force_n, 0.0) == []
        heard = listener.overhear(advert(device, 100.0 + 0.125 * number))
        assert heard.bad_bytes == 0
        for packet in heard.packets:
            assert isinstance(packet, UnitPacket)
            got_kg += packet.values[:, 0].tolist()
    assert got_kg == pytest.approx([force_n / 9.80665 for force_n in [*FORCES_N, -20.0]], abs=5e-3)


def test_an_entralpi_is_not_taken_for_a_weight_scale_and_is_heard() -> None:
    link = Link(Entralpi())
    assert link.health == Health(battery_pct=76.0)
    link.measure(FORCES_N, rate_hz=10)
    assert link.forces_n == pytest.approx(FORCES_N, abs=0.05)
    assert link.bad_bytes == 0


def test_a_force_board_is_started_heard_in_whole_pounds_and_made_idle() -> None:
    device = ForceBoard()
    link = Link(device)
    assert (link.health.battery_pct, device.modes) == (55.0, [4])
    link.measure(FORCES_N, rate_hz=80)
    assert link.forces_n == pytest.approx(FORCES_N, abs=2.23)
    assert link.times_s == pytest.approx([101 + n / 80 for n in range(120)], abs=0.001)
    link.ask(list(link.speech.part()), 200.0)
    assert (device.modes, link.bad_bytes) == ([4, 7], 0)


def test_a_pull_the_wrong_way_on_a_force_board_is_no_load() -> None:
    link = Link(ForceBoard(batch=1))
    link.measure([50.0, -50.0, 50.0], rate_hz=80)
    assert len(link.forces_n) == 2
    assert link.bad_bytes == 5


@pytest.mark.parametrize(
    "extras",
    [Extras(), Extras(is_imperial=True), Extras(stamp=(2026, 11, 29, 6, 30, 0), user=1)],
)
def test_a_weight_scale_tells_a_settled_weight_once(extras: Extras) -> None:
    device = WeightScale(extras)
    link = Link(device)
    link.measure([0.0] * 10 + [300.0] * 5 + [700.0] * 40 + [0.0] * 20, rate_hz=10)
    assert link.forces_n == pytest.approx([700.0], abs=0.03)
    assert link.times_s == pytest.approx([103.5])
    link.tell(device.failed(), 120.0)
    assert (len(link.forces_n), link.bad_bytes) == (1, 3)


def test_what_can_be_read_is_read() -> None:
    assert Entralpi().read(BATTERY_LEVEL) == b"\x4c"
    assert WeightScale().read("00002a9e-0000-1000-8000-00805f9b34fb") == bytes(4)
