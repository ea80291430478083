"""A computer with Bluetooth and any number of peripherals on one virtual link."""

from collections.abc import Callable

from tests.virtual.adapter import Adapter
from tests.virtual.bleakbumble import backends
from tests.virtual.devices import Device
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.radiocontroller import RadioController, make_device
from tests.virtual.radiolink import RadioLink
from tests.virtual.sensorperipheral import SensorPeripheral
from tests.virtual.virtualtime import VirtualClock
from trainer.sources.ble.transport import AdapterState, BleTransport

HOST_ADDRESS = "F0:FF:FF:FF:FF:FF"


class AdapterRecovery:
    """What the product can do about the adapter, done to the virtual one."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter

    async def forget(self, address: str) -> None:
        """Let the system forget a device."""
        await self._adapter.forget(address)

    async def power_cycle(self) -> None:
        """Switch the adapter off and on."""
        await self._adapter.power_cycle()

    async def adapter_state(self) -> AdapterState:
        """Return how the adapter stands."""
        is_on = self._adapter.is_powered
        return AdapterState(True, is_on, "" if is_on else "Bluetooth is switched off.")


class Rig:
    """The link, the host on it, and what a product needs to use them."""

    def __init__(self, link: RadioLink, adapter: Adapter) -> None:
        self.link = link
        self.adapter = adapter
        self.clock = VirtualClock()
        scanner, client = backends(adapter)
        self.transport = BleTransport(
            AdapterRecovery(adapter), {"backend": scanner}, {"backend": client}
        )

    async def foot(self, options: FootOptions | None = None) -> FootPeripheral:
        """Return a foot node that was just switched on."""
        foot = FootPeripheral(self.link, options or FootOptions())
        await foot.power_on()
        return foot

    async def sensor(
        self, model: Device, address: str, rate_hz: float, force_n: Callable[[float], float]
    ) -> SensorPeripheral:
        """Return another maker's sensor that was just switched on; it feels `force_n(seconds)`."""
        sensor = SensorPeripheral(self.link, model, address, rate_hz, force_n)
        await sensor.power_on()
        return sensor


async def make_rig(packets_per_event: int = 4, least_interval_s: float = 0.0075) -> Rig:
    """Return a rig with a powered host and nobody else."""
    link = RadioLink(packets_per_event, least_interval_s)
    device = make_device(RadioController("host", link), HOST_ADDRESS, "host")
    await device.power_on()
    return Rig(link, Adapter(device))
