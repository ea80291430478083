"""Devices as a scan shows them."""

from trainer.sources.ble.surroundings import Near
from trainer.wire.footnode import FOOT
from trainer.wire.musclemeter import MUSCLEMETER

NODE = Near("ToeNode", "F0:18:00:00:00:01", FOOT, -52, 0.2, None, is_namesake=False)
SCALE = Near("IF_B7", "B0:00:00:00:00:01", MUSCLEMETER, -79, 0.1, 12.34, is_namesake=False)
STRANGER = Near("", "C0:00:00:00:00:01", None, -90, 3.0, None, is_namesake=False)
