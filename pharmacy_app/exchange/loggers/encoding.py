"""Which letters a file is written in: UTF-8, UTF-16, GB 18030 or Windows-1252."""

import re

from pharmacy_app.domain.refusal import Refused, violation

_KNOWN = re.compile(r"℃|℉|°\s?[CF]|温度|时间|日期|序号|编号|间隔|时区|上午|下午")


def decoded(raw: bytes) -> str:
    """Return the text of a file.

    UTF-8 proves itself. Between the two older ones, which both take nearly any bytes, the one that
    shows more of what a logger writes (°C, ℃, 温度 …) is right: ``°C`` in Windows-1252 is the rare
    character 癈 in GB 18030. Raises Refused ``logger.encoding`` for bytes that are no text.
    """
    candidates = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    for name in candidates:
        text = _tried(raw, name)
        if text is not None:
            return _text_only(text)
    older = [text for name in ("gb18030", "cp1252") if (text := _tried(raw, name)) is not None]
    if not older:
        raise Refused([violation("logger.encoding")])
    return _text_only(max(older, key=lambda text: len(_KNOWN.findall(text))))


def _tried(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _text_only(text: str) -> str:
    if "\x00" in text:
        raise Refused([violation("logger.encoding")])
    return text
