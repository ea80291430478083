"""The steps of an installation, shown."""

import io

from trainer.terminal.installbar import install_bar


class Terminal(io.StringIO):
    """An output that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_elsewhere_than_in_a_terminal_each_step_is_a_line() -> None:
    output = io.StringIO()
    with install_bar(output) as say:
        say("1 of 2: footwire.py")
        say("2 of 2: code.py")
        say("firmware 0.1.0 is on the board")
    assert output.getvalue() == "1 of 2: footwire.py\n2 of 2: code.py\n"


def test_in_a_terminal_there_is_a_bar_with_the_file_and_the_count() -> None:
    output = Terminal()
    with install_bar(output) as say:
        say("1 of 2: footwire.py")
        say("2 of 2: code.py")
    shown = output.getvalue()
    assert "2/2" in shown
    assert "code.py" in shown
