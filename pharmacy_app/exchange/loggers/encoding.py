"""Which letters a file is written in: UTF-8, UTF-16, GB 18030 or Windows-1252; and plain ones."""

import re
from collections.abc import Iterator

from pharmacy_app.domain.refusal import Refused, violation

_KNOWN = re.compile(r"℃|℉|°\s?[CF]|温度|时间|日期|序号|编号|间隔|时区|上午|下午")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOOKED_AT = 4096
_OTHER_KINDS = {b"%PDF": "logger.pdf", b"\xd0\xcf\x11\xe0": "logger.old_workbook"}
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f"), "")
_PLAIN: dict[int, int | str] = {**_WIDE, **_SPACES, **_DASHES, **_UNSEEN}
CHARACTERS_A_BATCH = 1 << 20


def decoded(raw: bytes) -> str:
    """Return the text of a file.

    UTF-8 proves itself, and UTF-16 by its mark or by the zeros in every other byte. Between the two
    older ones, which both take nearly any bytes, the one that shows more of what a logger writes (°C,
    ℃, 温度 …) is right: ``°C`` in Windows-1252 is the rare character 癈 in GB 18030. Zeros at the end
    are what is left of a line that was lost: they stay as one. Raises Refused ``logger.encoding`` for
    bytes that are no text, ``logger.pdf`` and ``logger.old_workbook`` for what is named so.
    """
    for mark, rule in _OTHER_KINDS.items():
        if raw.lstrip()[: len(mark)] == mark:
            raise Refused([violation(rule)])
    text = _tried(raw, _MARKS.get(raw[:2]) or _unmarked(raw))
    if text is not None:
        return _text_only(text)
    older = [text for name in ("gb18030", "cp1252") if (text := _tried(raw, name)) is not None]
    if not older:
        raise Refused([violation("logger.encoding")])
    return _text_only(max(older, key=lambda text: len(_KNOWN.findall(text[:_LOOKED_AT]))))


def _unmarked(raw: bytes) -> str:
    """Return the coding of a file without a mark: digits in UTF-16 have a zero in half the bytes."""
    even, odd = (raw[start:_LOOKED_AT:2].count(0) for start in (0, 1))
    if odd > 4 * even and 4 * odd > len(raw[1:_LOOKED_AT:2]):
        return "utf-16-le"
    if even > 4 * odd and 4 * even > len(raw[:_LOOKED_AT:2]):
        return "utf-16-be"
    return "utf-8-sig"


def _tried(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _text_only(text: str) -> str:
    if not text.endswith("\0"):
        body = text
    else:
        body = text.rstrip("\0")
        text = body + "\0"
    if "\0" in body:
        raise Refused([violation("logger.encoding")])
    return text


def plain(text: str) -> str:
    """Return a text with full-width letters, digits and marks, spaces and minus signs made plain."""
    return text if text.isascii() else text.translate(_PLAIN)


def batches(text: str) -> Iterator[list[str]]:
    """Yield the lines of a text, many at a time; the last of all is what follows the last line end."""
    end = "\n" if "\n" in text else "\r"
    start = 0
    while (stop := text.find(end, start + CHARACTERS_A_BATCH)) >= 0:
        yield lines_of(text[start:stop].removesuffix("\r"))
        start = stop + 1
    yield lines_of(text[start:])


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whichever of the three line ends it has."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")
