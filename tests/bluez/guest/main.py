"""Runs the scenarios in the guest, one after the other, and tells the host how each went."""

import asyncio
import json
import sys
import time
import traceback
from collections.abc import Sequence

from tests.bluez.guest.daemon import Daemon
from tests.bluez.guest.host import Host
from tests.bluez.guest.scenarios import SCENARIOS, Bench, Scenario


async def run(names: Sequence[str]) -> None:
    """Run those that are named, or all; one that fails stops no other."""
    known = {scenario.__name__: scenario for scenario in SCENARIOS}
    host, daemon = Host(), Daemon()
    await daemon.start()
    for scenario in [known[name] for name in names] or SCENARIOS:
        result = await _try(scenario, host, daemon)
        print(json.dumps(result))  # noqa: T201 - the console keeps it
        host.tell(result)
    host.tell({"ended": True})


async def _try(scenario: Scenario, host: Host, daemon: Daemon) -> dict[str, object]:
    began_s = time.monotonic()
    result: dict[str, object] = {"name": scenario.__name__, "passed": False}
    try:
        await host.ask("begin")
        result["facts"] = await scenario(Bench(host, daemon))
        result["passed"] = True
    except Exception as error:  # noqa: BLE001 - whatever it was is the result
        traceback.print_exc()
        result["why"] = f"{type(error).__name__}: {error}"
    result["seconds"] = round(time.monotonic() - began_s, 1)
    return result


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1:]))
