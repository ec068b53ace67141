"""A label printer on loopback: a real TCP listener that keeps what it gets and answers as told."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pharmacy_app.documents.printers.network import Patience

READY = (
    b"\x02030,0,0,1234,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)
PAPER_OUT = READY.replace(b"030,0,0", b"030,1,1")
HEAD_OPEN = READY.replace(b"001,0,0,0", b"001,0,1,0")
RIBBON_OUT = READY.replace(b"001,0,0,0", b"001,0,0,1")
PAUSED = READY.replace(b"030,0,0", b"030,0,1")
BUFFER_FULL = READY.replace(b",000,0,0,0,000", b",003,1,0,0,000")
PRINTING = READY.replace(b"00000000", b"00000001")
ASKED = b"~HS\r\n"
QUICK = Patience(connect=2, send=1, answer=0.6, settle=3, between=0.01)


@dataclass
class Listener:
    """What came in, and what each ``~HS`` is answered with; the last answer holds for all later."""

    answers: list[bytes]
    got: bytearray = field(default_factory=bytearray)
    connections: int = 0
    port: int = 0
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def job(self) -> bytes:
        """All that came but the questions."""
        return bytes(self.got).replace(ASKED, b"")

    def serve(self, line: socket.socket) -> None:
        asked = 0
        while part := line.recv(65536):
            self.got += part
            while self.answers and asked < self.got.count(ASKED):
                line.sendall(self.answers[min(asked, len(self.answers) - 1)])
                asked += 1


Serve = Callable[[Listener, socket.socket], None]


@contextmanager
def listening(*answers: bytes, serve: Serve = Listener.serve) -> Iterator[Listener]:
    """Listen until the block ends; every connection is served to its end, one after another."""
    listener = Listener(list(answers))
    with socket.create_server(("127.0.0.1", 0)) as door:
        listener.port = door.getsockname()[1]
        thread = threading.Thread(target=accepting, args=(door, listener, serve))
        thread.start()
        try:
            yield listener
        finally:
            listener.closed.set()
            with socket.create_connection(("127.0.0.1", listener.port), timeout=5):
                pass
            thread.join(timeout=20)
    assert not thread.is_alive()


def accepting(door: socket.socket, listener: Listener, serve: Serve) -> None:
    while True:
        line, _ = door.accept()
        with line:
            if listener.closed.is_set():
                return
            listener.connections += 1
            try:
                serve(listener, line)
            except OSError:  # the program went away: that is its right
                continue


def never_answers(listener: Listener, _: socket.socket) -> None:
    """Accept and then neither read nor write nor close until the end."""
    listener.closed.wait(timeout=60)


def hangs_up_at_once(_: Listener, line: socket.socket) -> None:
    """Reset the connection as soon as anything came."""
    line.recv(1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
