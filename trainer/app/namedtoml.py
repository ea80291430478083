"""A TOML file that a person named on the command line: its text, or why not and what to do."""

from pathlib import Path

from trainer.core.errors import SettingsError
from trainer.core.tomllines import KeyPath, key_lines


def read_named(path: Path) -> str:
    """Return the text of `path`. Raises SettingsError: missing, a folder, no readable text."""
    try:
        # Windows editors put a byte order mark in front, which TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such file. Check the name.") from error
    except IsADirectoryError as error:
        raise SettingsError(f"{path}: is a folder. Name one TOML file in it.") from error
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            f"{path}: cannot be read ({cause}). Make it a readable UTF-8 text file."
        ) from error


def fault(path: Path, text: str, key: KeyPath, what: str) -> SettingsError:
    """Return the error of a key in the file's text, with its line where it has one."""
    lines = key_lines(text)
    prefixes = (key[:end] for end in range(len(key), 0, -1))
    line = next((lines[prefix] for prefix in prefixes if prefix in lines), None)
    where = f"{path}" if line is None else f"{path}, line {line}"
    return SettingsError(f"{where}: '{'.'.join(key)}' {what}")
