"""The archive a kernel starts from, read back by its own rules."""

import stat

from scripts import cpio


def entries(data: bytes) -> list[tuple[str, int, bytes, tuple[int, int]]]:
    """Return name, mode, contents and device of all entries before the last."""
    found: list[tuple[str, int, bytes, tuple[int, int]]] = []
    place = 0
    while True:
        assert data[place : place + 6] == b"070701"
        assert place % 4 == 0
        head = [int(data[place + 6 + 8 * i : place + 14 + 8 * i], 16) for i in range(13)]
        mode, size, device, length = head[1], head[6], (head[9], head[10]), head[11]
        name = data[place + 110 : place + 109 + length].decode()
        assert data[place + 109 + length] == 0
        start = place + 110 + length + -(110 + length) % 4
        if name == "TRAILER!!!":
            return found
        found.append((name, mode, data[start : start + size], device))
        place = start + size + -size % 4


def test_an_archive_holds_what_was_put_in_and_ends_with_its_trailer() -> None:
    made = cpio.archive(
        [
            cpio.folder("bin"),
            cpio.program("bin/sh", b"#!"),
            cpio.link("bin/ash", "sh"),
            cpio.file("settings", b"A=1\n"),
            cpio.console("dev/console"),
        ]
    )
    assert entries(made) == [
        ("bin", stat.S_IFDIR | 0o755, b"", (0, 0)),
        ("bin/sh", stat.S_IFREG | 0o755, b"#!", (0, 0)),
        ("bin/ash", stat.S_IFLNK | 0o777, b"sh", (0, 0)),
        ("settings", stat.S_IFREG | 0o644, b"A=1\n", (0, 0)),
        ("dev/console", stat.S_IFCHR | 0o600, b"", (5, 1)),
    ]


def test_every_length_of_name_and_contents_keeps_the_archive_aligned() -> None:
    put_in = [(f"{'n' * length}", b"x" * size) for length in range(1, 6) for size in range(5)]
    made = cpio.archive(cpio.file(name, data) for name, data in put_in)
    assert [(name, data) for name, _, data, _ in entries(made)] == put_in
    assert len(made) % 4 == 0
