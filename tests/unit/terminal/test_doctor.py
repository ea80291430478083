"""An examination in a terminal: lines that read without colour, a step with its countdown."""

import io

from rich.console import Console

from trainer.doctor.finding import Check, Finding, Verdict
from trainer.doctor.steps import Picture
from trainer.terminal.doctor import CheckLines, LiveCheck, check_view, finding_lines, verdict_words

NOISE = Check("noise", "Noise", "a data sheet", "Twist the wires.", "N", 0.05, 0.5)
WELL = NOISE.judge(0.01)
BAD = NOISE.judge(0.7, "heel")
UNKNOWN = NOISE.unknown("nobody was asked")


def _pictures(*findings: Finding) -> list[Picture]:
    return [
        Picture(),
        Picture("HANDS OFF", "Nothing on it.", 3.0, is_counting_down=True, share=0.1),
        Picture("HANDS OFF", "Nothing on it.", 2.0, share=0.5),
        Picture("DONE", findings=findings, share=1.0, is_done=True),
    ]


def test_lines_tell_each_step_once_then_every_finding() -> None:
    lines: list[str] = []
    view = CheckLines(lines.append)
    for picture in _pictures(WELL, BAD, UNKNOWN):
        view.show(picture)
    assert lines == [
        "WAIT: Looking for the pad.",
        "HANDS OFF: Nothing on it.",
        "ok    Noise: 0.01 N",
        "FAIL  Noise: 0.7 N (heel) (limit: at most 0.05 N; fails above 0.5)",
        "      -> Twist the wires.",
        "?     Noise: not known: nobody was asked",
        "1 failed, 0 to watch, of 2 checks, 1 not known.",
    ]


def test_all_well_is_said_as_such() -> None:
    assert verdict_words((WELL, WELL)) == "All is well: 2 checks."
    assert verdict_words((WELL, UNKNOWN)) == "All is well: 1 checks, 1 not known."


def test_what_a_device_says_cannot_steer_the_terminal() -> None:
    evil = NOISE.tell(Verdict.WARN, "\x1b[2Jgone", "\x07ring")
    assert "\x1b" not in "".join(finding_lines((evil,)))
    assert "\x07" not in "".join(finding_lines((evil,)))


def test_the_live_screen_counts_down_and_leaves_the_findings() -> None:
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, width=90, color_system=None)
    with LiveCheck(console) as view:
        for picture in _pictures(WELL, BAD):
            view.show(picture)
    told = written.getvalue()
    assert "HANDS OFF  in 3" in told
    assert "HANDS OFF  2 s" in told
    assert "Twist the wires." in told
    assert told.rstrip().endswith("1 failed, 0 to watch, of 2 checks.")


def test_nothing_is_written_where_the_object_is_the_output() -> None:
    with check_view(is_live=False, is_silent=True) as view:
        for picture in _pictures(BAD):
            view.show(picture)
