"""What a label printer says of itself: the answer to ``~HS`` (ZPL II Programming Guide).

Three lines, each between STX and ETX: buffer and media, head and ribbon, memory.
"""

import re
from dataclasses import dataclass

ASK = b"~HS\r\n"
LINES = 3
LONGEST = 1024
_LINE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_FIELDS = (12, 11)
"""Fields of the first two lines; the third is of no use to us."""


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One answer. ``waiting`` are formats not printed yet, ``left`` labels of the one in work."""

    paper_out: bool
    head_open: bool
    ribbon_out: bool
    paused: bool
    buffer_full: bool
    too_cold: bool
    too_hot: bool
    memory_lost: bool
    waiting: int
    left: int

    @property
    def hindrances(self) -> tuple[str, ...]:
        """Why nothing comes out, as terms ``printer_state.…``; a pause goes with most of the rest."""
        named = (
            ("paper_out", self.paper_out),
            ("head_open", self.head_open),
            ("ribbon_out", self.ribbon_out),
            ("too_hot", self.too_hot),
            ("too_cold", self.too_cold),
            ("memory_lost", self.memory_lost),
            ("buffer_full", self.buffer_full),
            ("paused", self.paused),
        )
        return tuple(f"printer_state.{name}" for name, holds in named if holds)

    @property
    def idle(self) -> bool:
        """Whether everything sent has been printed."""
        return self.waiting == 0 and self.left == 0


def is_whole(answer: bytes) -> bool:
    """Tell whether all three lines have come."""
    return answer.count(b"\x03") >= LINES


def read_status(answer: bytes) -> HostStatus:
    """Return what an answer says. Raises ValueError for anything but an answer to ``~HS``."""
    lines = [line.decode("ascii").split(",") for line in _LINE.findall(answer)]
    if [len(line) for line in lines[:2]] != list(_FIELDS):
        raise ValueError("no answer to ~HS")
    first, second = lines[0], lines[1]
    return HostStatus(
        paper_out=_flag(first[1]),
        paused=_flag(first[2]),
        waiting=int(first[4]),
        buffer_full=_flag(first[5]),
        memory_lost=_flag(first[9]),
        too_cold=_flag(first[10]),
        too_hot=_flag(first[11]),
        head_open=_flag(second[2]),
        ribbon_out=_flag(second[3]),
        left=int(second[8]),
    )


def _flag(field: str) -> bool:
    if field not in {"0", "1"}:
        raise ValueError("no answer to ~HS")
    return field == "1"
