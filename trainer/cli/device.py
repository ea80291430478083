"""`footspring device`: devices chosen, fitted, checked, measured, tried out and compared."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, say, ten

if TYPE_CHECKING:
    from trainer.app.deviceshelf import DeviceShelf
    from trainer.app.notebook import Answer

NAME = "device"
LONGEST_STRETCH_MM: Final = 2000.0
_YES_NO: Final = ("yes", "no")


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="bands, spreaders, domes, pads: choose, check, measure",
        description="Devices: a guided ranking, fit, safety checks, measured resistance, three "
        "minutes of try-out, results by device. A device that hurt sharply is blocked.",
        epilog="Exit status: 0 done; 1 something was found (a fault, lost resistance, a device "
        "that does not suit); 2 wrong use.",
    )
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _part(parts, "kinds", "what kinds there are, and which are open now")
    _part(parts, "list", "your devices")
    _add_own(parts)
    _add_choice(parts)
    _add_measures(parts)
    _part(parts, "undo", "take back what was noted last")


def run(args: argparse.Namespace) -> int:
    """Do one part and print its answer."""
    from trainer.app.deviceshelf import DeviceShelf
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, DeviceShelf(book)), as_json=args.json)


def _part(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.")
    for_athlete(parser)
    parser.set_defaults(run=run)
    return parser


def _named(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = _part(parts, name, text)
    parser.add_argument("name", metavar="NAME", help="the device's id")
    return parser


def _add_own(parts: options.SubCommands) -> None:
    parser = _named(parts, "add", "add a device")
    parser.add_argument("--kind", required=True, help="see `footspring device kinds`")
    parser.add_argument("--size", default="", help="as printed on it")
    parser.add_argument("--adjustable", action="store_true", help="it can be adjusted")
    parser.add_argument("--fits-shoe", action="store_true", help="it fits into a shoe")
    parser.add_argument(
        "--tensions",
        type=options.words,
        default=(),
        metavar="LIGHT,HEAVY",
        help="its tensions from light to heavy; without it those of its kind",
    )
    parser.add_argument("--tension", default="", help="the one in use")
    _named(parts, "show", "what is known of a device")
    parser = _named(parts, "fit", "say how it fits")
    parser.add_argument("--comfort", type=ten, required=True, help="0 bad to 10 good")
    for name, text in (
        ("size", "is it your size"),
        ("adjustable", "can it be adjusted"),
        ("fits-shoe", "does it fit into the shoe"),
    ):
        parser.add_argument(f"--{name}", choices=_YES_NO, required=True, help=text)
    parser.add_argument("--words", default="", help="anything else")
    parser = _named(parts, "check", "note a safety check; without answers it says what to look at")
    for name, text in (
        ("edges", "good: no edge cuts or presses"),
        ("slip", "good: it does not slip, nor the foot on it"),
        ("whole", "good: no crack, tear or leak; a check passes when all three were looked at"),
    ):
        parser.add_argument(f"--{name}", choices=("good", "bad"), help=text)
    for name, text in (("block", "do not use it from now on"), ("unblock", "use it again")):
        parser = _named(parts, name, text)
        parser.add_argument(
            "--reason", default="", help="in a few words, always asked for; it is kept"
        )


def _add_choice(parts: options.SubCommands) -> None:
    parser = _part(parts, "rank", "which of your devices to take now, and why")
    parser.add_argument(
        "--weak",
        type=options.words,
        default=(),
        metavar="QUALITY,...",
        help="flexion, extension, adduction, abduction, arch, balance, push-off; without it what "
        "your newest sets show",
    )
    parser = _named(parts, "tensions", "its tensions, the one in use, the next one")
    parser.add_argument("--use", default="", metavar="TENSION", help="take this one into use")


def _add_measures(parts: options.SubCommands) -> None:
    parser = _named(parts, "characterise", "measure its resistance on the pad")
    parser.add_argument(
        "source",
        metavar="FILE_OR_SESSION",
        help="a CSV with stretch_mm,force_n (and t_s), or a recording or session in which each "
        "stretch was held still for 5 s or more",
    )
    parser.add_argument(
        "--stretches",
        type=stretches,
        default=(),
        metavar="0,10,20,...",
        help="of a recording, in millimetres, in the order they were held: from 0, slack, up and "
        "down again",
    )
    _picture(parser)
    parser = _named(
        parts,
        "tryout",
        "judge it by its try-out (first `footspring run --circuit try_out --device NAME`)",
    )
    parser.add_argument(
        "session",
        nargs="?",
        metavar="SESSION",
        help="the session's id, or last (default: the newest one in which it was used)",
    )
    _picture(parser)
    parser.add_argument("--comfort", type=ten, required=True, help="0 bad to 10 good")
    parser = _part(
        parts, "contact", "whether a session's device pressed too hard, lay rigidly or slipped"
    )
    parser.add_argument(
        "session",
        metavar="FILE_OR_SESSION",
        help="a recording (.mcap, .csv), a session's id, or last",
    )
    parser = _part(parts, "compare", "results by device beside your own error, supports kept apart")
    parser.add_argument(
        "--exercise", metavar="ID", help="only this one (`footspring programme exercise`)"
    )


def _picture(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--picture",
        type=Path,
        metavar="FILE",
        help="where to draw its curve, .png or .svg (default: in the folder of your data)",
    )


def stretches(text: str) -> tuple[float, ...]:
    """Return stretches in millimetres that are joined by commas."""
    try:
        found = tuple(float(word) for word in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(0 <= one <= LONGEST_STRETCH_MM for one in found):
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give millimetres from 0 to {LONGEST_STRETCH_MM:g}, as in 0,10,20,10"
        )
    return found


def _answer(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":  # noqa: C901, PLR0911 - a table
    from trainer.app import devices

    match args.what:
        case "kinds":
            return devices.catalogue_lines(shelf)
        case "list":
            return devices.list_devices(shelf)
        case "show":
            return devices.show_device(shelf, args.name)
        case "rank":
            return devices.rank_devices(shelf, args.weak)
        case "tensions":
            return devices.tensions(shelf, args.name, args.use)
        case "characterise":
            from trainer.app.devicemeasure import characterise_device

            return characterise_device(shelf, args.name, args.source, args.stretches, args.picture)
        case "tryout":
            from trainer.app.devicetryout import try_device

            return try_device(shelf, args.name, args.session, args.comfort, args.picture)
        case "contact":
            from trainer.app.devicecontact import contact_of

            return contact_of(shelf, args.session)
        case "compare":
            from trainer.app.devicecompare import compare_devices

            return compare_devices(shelf, args.exercise)
        case "undo":
            return devices.undo(shelf)
        case _:
            return _noted(args, shelf)


def _noted(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":
    from trainer.app import devicecheck, devices
    from trainer.core.diary.devices import Device, FitForm, Level, SafetyCheck, Standing, Tension

    match args.what:
        case "add":
            # Who names tensions knows only their order: the first is for beginners.
            levels = (*Level, *([Level.ADVANCED] * len(args.tensions)))
            own = tuple(map(Tension, args.tensions, [None] * len(args.tensions), levels))
            device = Device(
                args.name, args.kind, args.size, args.adjustable, args.fits_shoe, own, args.tension
            )
            return devices.add_device(shelf, device)
        case "fit":
            size, adjustable, shoe = (
                one == "yes" for one in (args.size, args.adjustable, args.fits_shoe)
            )
            form = FitForm(args.name, args.comfort, size, adjustable, shoe, args.words)
            return devices.fit_device(shelf, form)
        case "check":
            answers = (args.edges, args.slip, args.whole)
            check = None
            if any(answers):
                told = (None if answer is None else answer == "good" for answer in answers)
                check = SafetyCheck(args.name, *told)
            return devicecheck.check_device(shelf, check, args.name)
        case _:
            standing = Standing.BLOCKED if args.what == "block" else Standing.FREE
            return devicecheck.set_standing(shelf, args.name, standing, args.reason)
