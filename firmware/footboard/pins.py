"""What a board's pin table must say."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from microcontroller import Pin


class Pins:
    """The pins of one board, filled in by its own file."""

    def __init__(self, number: int, led: "Pin", battery: "Pin", i2c: "tuple[Pin, Pin]") -> None:
        self.number = number
        """In footwire.BOARDS."""
        self.led = led
        self.is_led_lit_high = True
        self.battery = battery
        self.battery_ground: Pin | None = None
        """Foot of the divider where it is a pin."""
        self.battery_numerator = 1
        self.battery_denominator = 1
        """Of the divider."""
        self.spi: tuple[tuple[Pin, Pin, Pin], ...] = ()
        """Clock (connected to nothing), MOSI to PD_SCK, MISO from DOUT: first cell, second cell."""
        self.i2c = i2c
        """SCL, SDA of converters on I2C."""
        self.imu_i2c = i2c
        """SCL, SDA of the inertial sensor."""
        self.imu_power: Pin | None = None
        self.imu_address = 0x6A
