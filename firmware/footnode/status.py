"""The status bits of a frame and of a report, as footwire's rules number them."""

SATURATED = 1
NOT_READY = 2
POWER_DOWN = 4
QUEUE_OVERFLOW = 8
IMU_FAULT = 16
LOW_BATTERY = 32

UNUSABLE = NOT_READY | POWER_DOWN | IMU_FAULT
"""With any of these a reading is no sample."""
