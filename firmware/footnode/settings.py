"""What a node is: the facts that INFO tells, and how much it keeps."""

FIRMWARE = (0, 1, 0)
"""Version of this firmware."""
DEFAULT_NAME = "FootNode"
"""Until a person gives another: 8 bytes, what an advertisement has room for."""


class Settings:
    """The facts of one node; a board or a simulation changes what differs."""

    def __init__(self, kind: int, board: int, converter: int, chip: bytes) -> None:
        self.firmware = FIRMWARE
        self.kind = kind
        self.board = board
        self.converter = converter
        self.chip = chip
        """Six bytes of the chip's own number."""
        self.name = DEFAULT_NAME
        self.frame_samples = 5
        """About 20 frames/s: at an interval of 50 ms a radio may carry no more."""
        self.force_slots = 100
        """Frames kept: 5 to 6 s at 80 to 93 samples/s."""
        self.imu_slots = 110
        """5.3 s at 104 samples/s."""
