"""Opens the converters that a job names, by the driver for their kind."""

import os
from collections.abc import Callable
from typing import assert_never

from trainer.sources.pins.cells import Cells
from trainer.sources.pins.job import Driver, Job
from trainer.sources.pins.lines import Header
from trainer.sources.pins.lsm6ds import open_lsm6ds
from trainer.sources.pins.nau7802 import open_nau7802
from trainer.sources.pins.pincells import PinCells
from trainer.sources.pins.spibus import SpiBus
from trainer.sources.pins.spicells import SpiCells


def open_cells(job: Job, now_ns: Callable[[], int]) -> Cells:
    """Return the converters, ready to be looked at. Raises PinsFaultError with the next step."""
    # Blinka would ask on a terminal whether it may install something.
    os.environ.setdefault("BLINKA_SKIP_DEPENDENCY_CHECK", "1")
    match job.driver:
        case Driver.HX711_SPI:
            return SpiCells([SpiBus(number) for number in job.buses], job.names, now_ns)
        case Driver.HX711_GPIO:
            header = Header()
            clock = header.output(job.clock)
            return PinCells(clock, header.inputs(job.data), job.names, now_ns, header.close)
        case Driver.NAU7802:
            return open_nau7802(job.names, now_ns)
        case Driver.LSM6DS:
            return open_lsm6ds(now_ns)
    assert_never(job.driver)
