"""What the plan has opened, for shoes and devices: one answer, and nothing is noted by asking."""

from trainer.app.notebook import Notebook
from trainer.app.planrecords import read_records
from trainer.plan.exposure import minimalist_minutes, open_level
from trainer.plan.planner import look
from trainer.plan.position import find_position


def minimalist_open(book: Notebook) -> tuple[float, str]:
    """Return the minutes in minimalist shoes that are open this week, and why."""
    records, now = read_records(book), book.now()
    sight = look(records, now)
    minutes, reason = minimalist_minutes(records, sight.position, sight.hurts, now)
    return minutes, reason.sentence


def open_device_level(book: Notebook) -> int:
    """Return the highest level of devices that is open, from 1."""
    records = read_records(book)
    return open_level(records, find_position(records))
