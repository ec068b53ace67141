from dataclasses import fields

import pytest

from pharmacy_app.documents.printers.host_status import HostStatus, is_whole, read_status
from pharmacy_app.wording import catalogue
from tests.documents.printers import listener


def test_a_ready_printer_has_nothing_to_do_and_nothing_against_it() -> None:
    told = read_status(listener.READY)
    assert told.idle
    assert told.hindrances == ()


def test_every_flag_is_read_from_its_own_place() -> None:
    told = read_status(
        b"\x02030,1,1,0400,002,1,0,0,000,1,1,1\x03\r\n"
        b"\x02001,0,1,1,1,2,6,0,00000003,1,000\x03\r\n"
        b"\x021234,0\x03\r\n"
    )
    flags = (f.name for f in fields(HostStatus) if f.name not in {"waiting", "left"})
    assert all(getattr(told, flag) is True for flag in flags)
    assert (told.waiting, told.left) == (2, 3)
    assert not told.idle
    assert all(f"term.{reason}" in catalogue() for reason in told.hindrances)
    assert len(told.hindrances) == 8


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n",
        listener.READY[:40],
        listener.READY.replace(b"030,0", b"030,2"),
        listener.READY.replace(b"00000000", b"0000000x"),
        listener.READY.replace(b"030", b"\xff\xff"),
    ],
    ids=["nothing", "web", "half", "no flag", "no number", "no ASCII"],
)
def test_anything_else_is_no_state(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"HS|int|ascii"):
        read_status(answer)


def test_an_answer_is_whole_with_its_third_line() -> None:
    assert is_whole(listener.READY)
    assert not is_whole(listener.READY[:-12])
