"""`footspring programme`: list, show, check, explain and begin programmes; show an exercise."""

import argparse
import json
from collections.abc import Callable, Iterable
from typing import Any

from trainer.cli import options
from trainer.cli.plan import GOALS

NAME = "programme"
_NAMED = "id of a programme, or path of a .toml file"
Json = dict[str, Any]


def add(commands: options.SubCommands) -> None:
    """Add the sub-command with its own."""
    parser = commands.add_parser(
        NAME,
        help="list, check and explain training programmes",
        description="Programmes are TOML files: exercises, circuits, and the ladder of rungs. "
        "Your own lie in the folder 'programmes' beside the settings.",
    )
    asked = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _add(asked, "list", "list the programmes", _list)
    show = _add(asked, "show", "print a programme's TOML text", _show)
    show.add_argument("name", metavar="ID", help=_NAMED)
    check = _add(asked, "validate", "say everything that is wrong with a programme", _validate)
    check.add_argument("name", metavar="FILE", help=_NAMED)
    explain = _add(asked, "explain", "minutes of each session, block and rung", _explain)
    explain.add_argument("name", metavar="FILE_OR_ID", nargs="?", help=_NAMED)
    new = _add(asked, "new", "begin a programme of your own, with comments", _new)
    new.add_argument("file", metavar="FILE", help="the new .toml file")
    new.add_argument("--goal", default="endurance", help=", ".join(GOALS))
    _add(asked, "schema", "print the JSON Schema of a programme file", _schema)
    exercise = _add(asked, "exercise", "how an exercise is done", _exercise)
    exercise.add_argument("id", metavar="ID", help="id of the exercise")
    exercise.add_argument("--programme", metavar="ID", help="of which programme")
    for one in (check, explain, exercise, asked.choices["list"]):
        one.add_argument("--json", action="store_true", help="print JSON for a program")


def _add(
    asked: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = asked.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _list(args: argparse.Namespace) -> int:
    from trainer.app.programmes import listed

    rows = listed()
    if args.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
    else:
        _print(row.line() for row in rows)
    return 1 if any(row.fault for row in rows) else 0


def _show(args: argparse.Namespace) -> int:
    from trainer.app.programmes import find_programme

    text = find_programme(args.name).text
    # A file may hold anything, and a terminal obeys some of it.
    print("".join(letter for letter in text if letter.isprintable() or letter in "\n\t"), end="")
    return 0


def _validate(args: argparse.Namespace) -> int:
    from trainer.app.programmes import find_programme, programme_faults
    from trainer.core.texts import tr, trn

    origin = find_programme(args.name).origin
    faults = programme_faults(args.name)
    if args.json:
        print(json.dumps({"file": origin, "faults": faults}, ensure_ascii=False, indent=2))
        return 1 if faults else 0
    _print(faults)
    told = trn("{n} fault", "{n} faults", len(faults)) if faults else tr("no fault")
    _print([f"{origin}: {told}"])
    return 1 if faults else 0


def _explain(args: argparse.Namespace) -> int:
    from trainer.app.programmes import load_programme
    from trainer.app.programmewords import explain_json, explain_lines

    programme = load_programme(args.name)
    if args.json:
        print(json.dumps(explain_json(programme), ensure_ascii=False, indent=2))
    else:
        _print(explain_lines(programme))
    return 0


def _new(args: argparse.Namespace) -> int:
    from pathlib import Path

    from trainer.app.newprogramme import write_new
    from trainer.core.texts import tr

    path = write_new(Path(args.file), args.goal)
    _print([tr("{path}: written. Next: footspring programme validate {path}").format(path=path)])
    return 0


def _schema(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    from trainer.app.programmes import programme_schema

    print(programme_schema(), end="")
    return 0


def _exercise(args: argparse.Namespace) -> int:
    from trainer.app.programmes import find_drill, find_picture, load_programme
    from trainer.app.programmewords import drill_json, drill_lines

    programme = load_programme(args.programme)
    drill = find_drill(programme, args.id)
    picture = str(find_picture(drill) or "")
    if args.json:
        print(json.dumps(drill_json(drill, picture), ensure_ascii=False, indent=2))
    else:
        _print(drill_lines(drill, picture))
    return 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
