"""Which library belongs to which package, and what ldd and os-release say."""

from pathlib import Path

import pytest

from scripts.libraries import (
    HEADLESS,
    WINDOW,
    has_font,
    is_loadable,
    missing,
    not_found,
    packages,
    parse_release,
)

TRIXIE = {"ID": "debian", "VERSION_ID": "13", "VERSION_CODENAME": "trixie"}
BOOKWORM = {"ID": "debian", "VERSION_ID": "12"}

LDD = """\
/x/plugins/platforms/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibxcb-icccm.so.4 => not found
\tlibQt6XcbQpa.so.6 => /x/lib/libQt6XcbQpa.so.6 (0x00007f)
\tlibxcb-keysyms.so.1 => not found
/x/plugins/platforms/libqwayland.so:
\tlibxcb-icccm.so.4 => not found
"""


@pytest.mark.parametrize(
    ("release", "package"),
    [
        (TRIXIE, "libglib2.0-0t64"),
        ({"ID": "debian"}, "libglib2.0-0t64"),
        ({"ID": "debian", "VERSION_ID": "14"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "libglib2.0-0t64"),
        (BOOKWORM, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "libglib2.0-0"),
        ({"ID": "linuxmint", "VERSION_ID": "22"}, "libglib2.0-0"),
        ({}, "libglib2.0-0"),
    ],
)
def test_a_package_has_the_name_of_its_release(release: dict[str, str], package: str) -> None:
    assert packages(["libglib-2.0.so.0"], release) == ((package,), ())


def test_two_libraries_of_one_package_name_it_once() -> None:
    found, unknown = packages(["libgthread-2.0.so.0", "libglib-2.0.so.0", "libEGL.so.1"], BOOKWORM)
    assert found == ("libegl1", "libglib2.0-0")
    assert not unknown


def test_a_library_without_a_known_package_is_given_back() -> None:
    assert packages(["libnew.so.7"], TRIXIE) == ((), ("libnew.so.7",))


def test_no_library_is_both_essential_and_for_windows() -> None:
    assert not set(HEADLESS) & set(WINDOW)


def test_what_ldd_did_not_find_is_named_once() -> None:
    assert not_found(LDD) == ("libxcb-icccm.so.4", "libxcb-keysyms.so.1")
    assert not_found("libc.so.6 => /lib/libc.so.6") == ()


def test_only_what_does_not_load_is_missing() -> None:
    assert missing(["a", "b", "c"], lambda name: name == "b") == ("a", "c")


def test_the_loader_itself_is_asked() -> None:
    assert is_loadable("libc.so.6")
    assert not is_loadable("libfootspring-does-not-exist.so.0")


def test_an_os_release_is_read_with_and_without_quotes() -> None:
    text = "ID=debian\nVERSION_ID=\"13\"\nPRETTY_NAME='Debian = good'\n\n# comment\n"
    release = parse_release(text)
    assert (release["ID"], release["VERSION_ID"]) == ("debian", "13")
    assert release["PRETTY_NAME"] == "Debian = good"


def test_a_font_is_found_in_any_depth(tmp_path: Path) -> None:
    deep = tmp_path / "truetype" / "dejavu"
    deep.mkdir(parents=True)
    (deep / "README.txt").write_text("", encoding="utf-8")
    assert not has_font([tmp_path, tmp_path / "none"])
    (deep / "DejaVuSans.TTF").write_bytes(b"")
    assert has_font([tmp_path / "none", tmp_path])
