"""The table of all checks for docs/doctor.md."""

from trainer.doctor.examine import CHECKS

_HEAD = """# What `footspring doctor` looks at

Written by `python -m trainer.doctor.table`; the limits stand in `trainer/doctor`. A finding is ok,
a warning, a failure, or not known. The exit status is 1 where something fails, else 0: a warning
does not keep anybody from training.

| Finding | Limit | Where the limit comes from | What to do |
|---|---|---|---|
"""


def page() -> str:
    """Return the page, in Markdown."""
    rows = [
        f"| **{check.title}** (`{check.id}`) | {check.limit} | {check.source} | {check.advice} |\n"
        for check in CHECKS
    ]
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - its output is its job
