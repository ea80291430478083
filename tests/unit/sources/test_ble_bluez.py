"""BlueZ's recovery over a real private bus, with a small service in BlueZ's place."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from trainer.sources.ble.bluez import ATTEMPTS, BluezRecovery
from trainer.sources.ble.transport import Recovery

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="no dbus-daemon here: apt install dbus-daemon"
)

ADAPTER = "/org/bluez/hci0"
NEAR = f"{ADAPTER}/dev_F0_18_00_00_00_01"
OTHER = f"{ADAPTER}/dev_F0_18_00_00_00_02"
CONFIG = """<busconfig><type>session</type><listen>unix:path={socket}</listen>
<auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a bus of our own; its address."""
    folder = tmp_path_factory.mktemp("bus")
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(socket=folder / "socket"), encoding="utf-8")
    program = shutil.which("dbus-daemon") or ""
    daemon = subprocess.Popen(
        [program, f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().decode().strip()
    daemon.kill()
    daemon.communicate()


class ToyBluez:
    """An adapter and two devices."""

    def __init__(self) -> None:
        self.is_powered = True
        self.refusals = 0
        """Switches that are refused before one is done."""
        self.switches: list[bool] = []
        self.objects = {
            ADAPTER: {"org.bluez.Adapter1": {"Powered": Variant("b", value=True)}},
            NEAR: device("F0:18:00:00:00:01"),
            OTHER: device("F0:18:00:00:00:02"),
        }

    def answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL:
            return False
        if message.member == "GetManagedObjects":
            return Message.new_method_return(message, "a{oa{sa{sv}}}", [self.objects])
        if message.member == "RemoveDevice":
            del self.objects[message.body[0]]
            return Message.new_method_return(message)
        if message.member == "Set":
            if self.refusals:
                self.refusals -= 1
                return Message.new_error(message, "org.bluez.Error.Busy", "not now")
            self.switches.append(message.body[2].value)
            return Message.new_method_return(message)
        return False


def device(address: str) -> dict[str, dict[str, Variant]]:
    return {
        "org.bluez.Device1": {"Address": Variant("s", address), "Adapter": Variant("o", ADAPTER)}
    }


@asynccontextmanager
async def serving(bus: str, bluez: ToyBluez) -> AsyncIterator[MessageBus]:
    """Have BlueZ's name on the bus for as long as this lasts."""
    peer = await MessageBus(bus_address=bus).connect()
    await peer.request_name("org.bluez")
    peer.add_message_handler(bluez.answer)
    try:
        yield peer
    finally:
        peer.disconnect()
        await peer.wait_for_disconnect()  # type: ignore[no-untyped-call] # has no types


async def connections(peer: MessageBus) -> int:
    """Return how many connections the bus has."""
    bus = "org.freedesktop.DBus"
    answer = await peer.call(Message(bus, "/org/freedesktop/DBus", bus, "ListNames"))
    assert answer is not None
    return sum(name.startswith(":") for name in answer.body[0])


async def no_pause(_seconds: float) -> None:
    pass


def rfkill(folder: Path, kind: str, soft: str, hard: str) -> Path:
    switch = folder / "rfkill0"
    switch.mkdir()
    for name, said in (("type", kind), ("soft", soft), ("hard", hard)):
        (switch / name).write_text(f"{said}\n", encoding="ascii")
    return folder


def test_a_device_is_forgotten_by_its_address_and_no_other(bus: str) -> None:
    async def course() -> list[str]:
        bluez = ToyBluez()
        async with serving(bus, bluez):
            await BluezRecovery(bus).forget("f0:18:00:00:00:01")
        return sorted(bluez.objects)

    assert asyncio.run(course()) == [ADAPTER, OTHER]


def test_a_power_cycle_switches_off_and_then_on(bus: str) -> None:
    async def course() -> list[bool]:
        bluez = ToyBluez()
        async with serving(bus, bluez):
            await BluezRecovery(bus).power_cycle()
        return bluez.switches

    assert asyncio.run(course()) == [False, True]


def test_a_busy_adapter_is_asked_again(bus: str) -> None:
    async def course() -> list[bool]:
        bluez = ToyBluez()
        bluez.refusals = 3
        async with serving(bus, bluez):
            await BluezRecovery(bus, pause=no_pause).power_cycle()
        return bluez.switches

    assert asyncio.run(course()) == [False, True]


def test_an_adapter_that_always_refuses_is_left_alone_without_an_error(bus: str) -> None:
    async def course() -> tuple[list[bool], int]:
        bluez = ToyBluez()
        bluez.refusals = 2 * ATTEMPTS
        async with serving(bus, bluez):
            await BluezRecovery(bus, pause=no_pause).power_cycle()
        return bluez.switches, bluez.refusals

    assert asyncio.run(course()) == ([], ATTEMPTS)


def test_every_call_closes_its_connection(bus: str) -> None:
    async def course() -> tuple[int, int]:
        async with serving(bus, ToyBluez()) as peer:
            recovery: Recovery = BluezRecovery(bus)
            before = await connections(peer)
            await recovery.adapter_state()
            await recovery.power_cycle()
            await recovery.forget("F0:18:00:00:00:01")
            return before, await connections(peer)

    before, after = asyncio.run(course())
    assert before == after


def test_of_two_adapters_the_one_that_is_on_counts(bus: str, tmp_path: Path) -> None:
    async def course() -> bool:
        bluez = ToyBluez()
        bluez.objects[ADAPTER]["org.bluez.Adapter1"]["Powered"] = Variant("b", value=False)
        bluez.objects["/org/bluez/hci1"] = {
            "org.bluez.Adapter1": {"Powered": Variant("b", value=True)}
        }
        async with serving(bus, bluez):
            return (await BluezRecovery(bus, tmp_path).adapter_state()).is_powered

    assert asyncio.run(course())


@pytest.mark.parametrize(
    ("kind", "soft", "hard", "words"),
    [
        ("bluetooth", "1", "0", "rfkill unblock bluetooth"),
        ("bluetooth", "1", "1", "switch or key"),
        ("bluetooth", "0", "0", "bluetoothctl power on"),
        ("wlan", "1", "1", "bluetoothctl power on"),
    ],
)
def test_an_adapter_that_is_off_says_what_switches_it_on(
    bus: str, tmp_path: Path, kind: str, soft: str, hard: str, words: str
) -> None:
    async def course() -> tuple[bool, bool, str]:
        bluez = ToyBluez()
        bluez.objects[ADAPTER]["org.bluez.Adapter1"]["Powered"] = Variant("b", value=False)
        async with serving(bus, bluez):
            state = await BluezRecovery(bus, rfkill(tmp_path, kind, soft, hard)).adapter_state()
        return state.is_present, state.is_powered, state.trouble

    is_present, is_powered, trouble = asyncio.run(course())
    assert (is_present, is_powered) == (True, False)
    assert words in trouble


def test_without_an_adapter_the_state_says_so(bus: str, tmp_path: Path) -> None:
    async def course() -> tuple[bool, str]:
        bluez = ToyBluez()
        bluez.objects.clear()
        async with serving(bus, bluez):
            state = await BluezRecovery(bus, tmp_path).adapter_state()
        return state.is_present, state.trouble

    is_present, trouble = asyncio.run(course())
    assert not is_present
    assert "no Bluetooth adapter" in trouble


def test_without_bluetoothd_the_state_names_its_service(bus: str, tmp_path: Path) -> None:
    state = asyncio.run(BluezRecovery(bus, tmp_path).adapter_state())
    assert not state.is_present
    assert "systemctl start bluetooth" in state.trouble


@pytest.mark.parametrize("address", ["unix:path={}/nothing", "no address at all"])
def test_without_a_bus_nothing_is_raised_and_the_state_says_so(
    tmp_path: Path, address: str
) -> None:
    async def course() -> str:
        recovery = BluezRecovery(address.format(tmp_path), tmp_path)
        await recovery.forget("F0:18:00:00:00:01")
        await recovery.power_cycle()
        return (await recovery.adapter_state()).trouble

    assert "system bus" in asyncio.run(course())
