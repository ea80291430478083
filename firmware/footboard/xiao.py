"""The pins of a Seeed XIAO nRF52840 Sense."""

import board

from footboard.pins import Pins

PINS = Pins(1, board.LED_GREEN, board.VBATT, (board.D5, board.D4))
PINS.is_led_lit_high = False
PINS.spi = ((board.D8, board.D10, board.D9), (board.D0, board.D1, board.D2))
PINS.imu_i2c = (board.IMU_SCL, board.IMU_SDA)
PINS.imu_power = board.IMU_PWR
# Low, always: high while a charged battery is connected, the analog pin sees more than its 3.6 V
# (Seeed's wiki, on charging).
PINS.battery_ground = board.READ_BATT_ENABLE
# 1 Mohm above 510 kohm (Seeed's schematic).
PINS.battery_numerator = 1510
PINS.battery_denominator = 510
