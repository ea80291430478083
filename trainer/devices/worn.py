"""Which devices have lost resistance, by the newest of their measurements at each tension."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from trainer.core.diary.devices import Characteristic
from trainer.core.diary.entry import Entry

if TYPE_CHECKING:
    from trainer.devices.wear import Wear


def worn_devices(measured: Iterable[Entry[Characteristic]]) -> dict[str, "Wear"]:
    """Return the greatest loss of each device whose newest figure is below its first one.

    What the simulated pad measured counts where no real one did.
    """
    own: dict[str, list[Entry[Characteristic]]] = defaultdict(list)
    for entry in measured:
        own[entry.said.device_id].append(entry)
    found = {device_id: _greatest(entries) for device_id, entries in own.items()}
    return {device_id: loss for device_id, loss in found.items() if loss is not None}


def _greatest(entries: Sequence[Entry[Characteristic]]) -> "Wear | None":
    is_real = any(not entry.is_simulated for entry in entries)
    tensions: dict[str, list[Characteristic]] = defaultdict(list)
    for entry in entries:
        if not (is_real and entry.is_simulated):
            tensions[entry.said.tension].append(entry.said)
    pairs = [(said[0], said[-1]) for said in tensions.values() if len(said) > 1]
    if not pairs:
        return None
    from trainer.devices.wear import wear  # noqa: PLC0415 - loads scipy

    losses = [loss for loss in (wear(*pair) for pair in pairs) if loss.has_lost]
    return max(losses, key=lambda loss: loss.loss_pct, default=None)
