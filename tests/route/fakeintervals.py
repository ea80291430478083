"""An intervals.icu on loopback: a list of activities, their packed files, and what goes wrong."""

import base64
import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "a-key-that-nobody-else-has"
Answer = Callable[[BaseHTTPRequestHandler], None]


def activity(number: str, day: str, **more: object) -> dict[str, Any]:
    """Return one entry of the list, in the shape of the server's own."""
    usual = {
        "id": number,
        "start_date_local": f"{day}T07:00:00",
        "type": "Run",
        "source": "GARMIN_CONNECT",
        "moving_time": 60,
        "elapsed_time": 61,
        "distance": 180.0,
    }
    return {**usual, **more}


def body(told: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with a whole body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)

    return answer


def packed(told: bytes) -> Answer:
    """Answer with a file as the server packs it."""
    return body(gzip.compress(told))


def cut(told: bytes) -> Answer:
    """Answer with half of what was promised."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told[: len(told) // 2])
        handler.close_connection = True

    return answer


def cut_chunks(told: bytes) -> Answer:
    """Answer with a chunk that never ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n" % len(told) + told[:1])
        handler.close_connection = True

    return answer


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    """Answer with what is no HTTP."""
    handler.wfile.write(b"SSH-2.0-what\r\n\r\n")
    handler.close_connection = True


@dataclass
class Fake:
    """What the server answers by path; each list of answers ends with one that stays."""

    activities: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""
    is_open: threading.Event = field(default_factory=threading.Event)
    """Set at the end: whoever drips or keeps silent lets go."""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        if not _knows_key(handler.headers):
            return body(b"{}", 401)(handler)
        path = handler.path.partition("?")[0]
        held = self.answers.get(path)
        if held:
            return (held.pop(0) if len(held) > 1 else held[0])(handler)
        if path == "/api/v1/athlete/0/activities":
            return body(json.dumps(self.activities).encode())(handler)
        return body(b"{}", 404)(handler)

    def files(self, *numbers: str) -> list[str]:
        """Return the paths of activities' files."""
        return [f"/api/v1/activity/{number}/file" for number in numbers]

    def silence(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer nothing."""
        del handler
        self.is_open.wait(60)

    def drip(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a byte now and then, without end."""
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not self.is_open.wait(0.02):
            try:
                handler.wfile.write(b".")
            except OSError:
                return


@contextmanager
def serving() -> Iterator[Fake]:
    """Yield a server in threads of its own, on a port of loopback."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield fake
        finally:
            fake.is_open.set()
            server.shutdown()
            thread.join()


def _knows_key(headers: Message) -> bool:
    expected = base64.b64encode(f"API_KEY:{KEY}".encode()).decode()
    return headers.get("Authorization") == f"Basic {expected}"
