"""`footspring log`: pain, ease, mornings, activation and the device in use, one line each."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer.cli import options
from trainer.cli.diaryoptions import for_athlete, number, say, ten

if TYPE_CHECKING:
    from trainer.app.deviceshelf import DeviceShelf
    from trainer.app.notebook import Answer

NAME = "log"
LONGEST_MIN: Final = 60.0
_SURFACES: Final = ("floor", "grass", "foam")
_YES_NO: Final = ("yes", "no")
_BY_PLACE: Final = 3
"""Words of pain at a place: SITE SIDE LEVEL."""


def add(commands: options.SubCommands) -> None:
    """Add the sub-command and what it can do."""
    parser = commands.add_parser(
        NAME,
        help="note pain, ease, the morning, activation",
        description="Note how it felt. Levels go from 0 none to 10 worst, ease from 0 hard to 10 "
        "easy. It is no diagnosis.",
        epilog="Exit status: 0 noted; 1 noted, and it asks for care (a new place, sharp pain); 2 "
        "wrong use.",
    )
    parts = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    whole = _part(parts, "set", "of the last loaded set: how easy, whether it hurt, with what")
    whole.add_argument("ease", type=ten, metavar="EASE", help="0 hard to 10 easy")
    whole.add_argument(
        "pain", type=ten, nargs="?", metavar="PAIN", help="0 none to 10 worst (default: as it was)"
    )
    whole.add_argument(
        "--set",
        type=int,
        dest="number",
        metavar="N",
        help="another of the session's loaded sets, counted from 1 (default: the last one)",
    )
    whole.add_argument("--device", metavar="NAME", help="what it was done with, or none")
    pain = _part(parts, "pain", "pain of the last set (LEVEL), or at a place (SITE SIDE LEVEL)")
    pain.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help="2, or: sesamoids left 4. Places: great toe, lesser toes, metatarsal heads, "
        "sesamoids, arch, plantar fascia, heel, top of the foot, inside of the ankle, outside of "
        "the ankle, Achilles tendon, calf; the begin of a word is enough",
    )
    pain.add_argument("--sharp", action="store_true", help="sharp pain stops, and blocks a device")
    pain.add_argument(
        "--device",
        default="",
        metavar="NAME",
        help="it came up with this one, or none (default: sharp pain is put down to the one device "
        "of the last session)",
    )
    pain.add_argument("--words", dest="note", default="", help="anything else")
    _part(parts, "ease", "how easy the last set was").add_argument(
        "level", type=ten, metavar="EASE", help="0 hard to 10 easy"
    )
    morning = _part(parts, "morning", "how the feet are this morning")
    morning.add_argument("level", type=ten, metavar="PAIN", help="0 none to 10 worst")
    morning.add_argument("--stiffness", type=ten, metavar="N", help="0 none to 10 worst")
    active = _part(parts, "activation", "that the feet were woken up gently, two or three minutes")
    active.add_argument("--minutes", type=minutes, default=3.0, metavar="N", help="default 3")
    device = _part(parts, "device", "the device of the sets to come")
    device.add_argument("name", metavar="NAME", help="the device's id, or none")
    device.add_argument("--tension", default="", help="the one in use, by its name")
    device.add_argument(
        "--surface", choices=_SURFACES, default="", help="what balance drills are done on"
    )
    weight = _part(parts, "weight", "what you weigh: loads of sequences are shares of it")
    weight.add_argument("kg", type=kilograms, metavar="KG")
    session = _part(parts, "session", "of the last session: breath, posture, what it replaced")
    session.add_argument("--breath", choices=_YES_NO, help="calm throughout")
    session.add_argument("--posture", choices=_YES_NO, help="upright throughout")
    session.add_argument(
        "--replaced", metavar="WHAT", help="the other mobility work that it took the place of"
    )
    _part(parts, "show", "what was noted in two weeks")
    _part(parts, "undo", "take back what was noted last")
    drawn = _part(parts, "map", "draw where it hurts, on both feet")
    drawn.add_argument("path", type=Path, metavar="FILE.svg", help="readable by you alone")


def run(args: argparse.Namespace) -> int:
    """Note one thing and print what was noted."""
    from trainer.app.deviceshelf import DeviceShelf
    from trainer.app.notebook import open_notebook

    with open_notebook(args.athlete) as book:
        return say(_answer(args, DeviceShelf(book)), as_json=args.json)


def kilograms(text: str) -> float:
    """Return kilograms; whether a person can weigh so much is judged where it is noted."""
    try:
        return number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"is {text!r}; give kilograms, as in 70.5") from error


def minutes(text: str) -> float:
    """Return minutes, above 0 and up to an hour."""
    try:
        found = number(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= LONGEST_MIN:
        raise argparse.ArgumentTypeError(
            f"is {text!r}; give minutes, above 0 and up to {LONGEST_MIN:g}"
        )
    return found


def _part(parts: options.SubCommands, name: str, text: str) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.")
    for_athlete(parser)
    parser.set_defaults(run=run)
    return parser


def _answer(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":  # noqa: PLR0911 - a table
    from trainer.app import diarylog, setsaid
    from trainer.core.diary.devices import DeviceUse

    match args.what:
        case "set":
            return _set(args, shelf)
        case "pain":
            return _pain(args, shelf)
        case "ease":
            return setsaid.say_of_set(shelf.book, ease=args.level)
        case "weight" | "session":
            return _session(args, shelf)
        case "morning":
            return diarylog.note_morning(shelf.book, args.level, args.stiffness)
        case "activation":
            return diarylog.note_activation(shelf.book, args.minutes)
        case "device":
            name = "" if args.name == "none" else args.name
            return diarylog.note_device(shelf, DeviceUse(name, args.tension, args.surface))
        case "show":
            return diarylog.show(shelf.book)
        case "map":
            return diarylog.write_map(shelf.book, args.path)
        case _:
            return diarylog.undo(shelf.book)


def _set(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":
    from trainer.app.sessiondevice import WITHOUT
    from trainer.app.setsaid import say_of_set

    device = args.device
    if device is not None:
        device = "" if device == WITHOUT else shelf.find(device).device_id
    return say_of_set(shelf.book, ease=args.ease, pain=args.pain, device=device, number=args.number)


def _session(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":
    from trainer.app.sessionsaid import note_weight, say_of_session

    if args.what == "weight":
        return note_weight(shelf.book, args.kg)
    breath, posture = (None if one is None else one == "yes" for one in (args.breath, args.posture))
    return say_of_session(shelf.book, breath=breath, posture=posture, replaced=args.replaced)


def _pain(args: argparse.Namespace, shelf: "DeviceShelf") -> "Answer":
    from trainer.app import diarylog, setsaid
    from trainer.core.diary.training import PainReport
    from trainer.core.errors import UsageError

    try:
        level = ten(args.words[-1])
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"log pain: the level {error}.") from error
    if len(args.words) == 1 and not (args.sharp or args.device):
        return setsaid.say_of_set(shelf.book, pain=level)
    if len(args.words) < _BY_PLACE:
        raise UsageError("log pain: say where: `footspring log pain sesamoids left 4 --sharp`.")
    site = diarylog.find_site(" ".join(args.words[:-2]))
    side = diarylog.side_of(args.words[-2])
    report = PainReport(site, side, level, args.sharp, device=args.device, words=args.note)
    return diarylog.note_pain(shelf, report)
