from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.label_symbol import LabelSymbol, read_symbol, symbol_text
from pharmacy_app.domain.refusal import Refused

CHINA = timezone(timedelta(hours=8))
SYMBOL = LabelSymbol(
    dose_id=DoseId("D-4KX9MT3"),
    copy=1,
    kit=KitNumber("K7Q4M2XT"),
    protocol="ACLF-MSC-02",
    use_before=datetime(2026, 11, 22, 12, 51, tzinfo=CHINA),
)
codes = st.from_regex(r"[0-9A-Z][0-9A-Z./-]{0,11}", fullmatch=True)
moments = st.builds(
    lambda minutes, offset: (
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=offset)))
        + timedelta(minutes=minutes)
    ),
    st.integers(0, 60 * 24 * 365 * 20),
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: quarters * 15),
)
symbols = st.builds(
    LabelSymbol,
    dose_id=codes.map(DoseId),
    copy=st.integers(1, 99),
    kit=codes.map(KitNumber),
    protocol=codes,
    use_before=moments,
    gtin=st.sampled_from(("", "09506000134352")),
)


def as_scanned(text: str) -> str:
    """What a scanner sends for the bracketed text: FNC1 as 0x1D behind variable elements."""
    if not text.startswith("("):
        return text
    text = text.replace("(01)", "01").replace("(21)", "21")
    for ai in ("7003", "7240", "91"):
        text = text.replace(f"({ai})", f"\x1d{ai}")
    return text


def refused(scanned: str) -> set[str]:
    with pytest.raises(Refused) as caught:
        read_symbol(scanned)
    return {reason.rule for reason in caught.value.violations}


@given(symbols)
def test_every_symbol_reads_back_as_what_was_coded(symbol: LabelSymbol) -> None:
    text = symbol_text(symbol)
    assert read_symbol(text) == symbol
    assert read_symbol(as_scanned(text)) == symbol


def test_plain_symbol_says_kit_protocol_and_use_before_in_readable_text() -> None:
    assert symbol_text(SYMBOL) == "B2*D-4KX9MT3*1*K7Q4M2XT*ACLF-MSC-02*2611221251+0800*84"


def test_gs1_symbol_reads_even_where_the_scanner_lost_the_separators() -> None:
    symbol = LabelSymbol(
        SYMBOL.dose_id, 2, SYMBOL.kit, SYMBOL.protocol, SYMBOL.use_before, "09506000134352"
    )
    assert read_symbol(as_scanned(symbol_text(symbol)).replace("\x1d", "")) == symbol


@pytest.mark.parametrize("prefix", ["]d1", "]D1", ""])
def test_scanner_prefix_swapped_case_and_full_width_are_undone(prefix: str) -> None:
    text = symbol_text(SYMBOL)
    assert read_symbol(prefix + text.lower() + "\r\n") == SYMBOL
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    assert read_symbol(wide) == SYMBOL


@pytest.mark.parametrize("gtin", ["", "09506000134352"])
def test_no_wrong_character_at_any_place_is_taken_for_another_label(gtin: str) -> None:
    text = as_scanned(symbol_text(replace(SYMBOL, gtin=gtin))) if gtin else symbol_text(SYMBOL)
    for place, right in enumerate(text):
        for other in set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*+-./") - {right}:
            with pytest.raises(Refused):
                read_symbol(text[:place] + other + text[place + 1 :])


def test_a_thing_that_is_no_label_is_refused_with_what_was_scanned() -> None:
    assert refused("6901234567892") == {"symbol.not_a_label"}
    assert refused("B2*D-4KX9MT3*1*K7Q4M2XT*ACLF-MSC-02*2611221251+0800*85") == {"symbol.check"}
    assert refused("B2*D-4KX9MT3*1*K7Q4M2XT*ACLF-MSC-02*2613321251+0800*84") == {"symbol.time"}


def test_codes_a_symbol_cannot_carry_are_all_named() -> None:
    wrong = LabelSymbol(DoseId("剂次"), 100, KitNumber("a*b"), "P" * 21, SYMBOL.use_before)
    with pytest.raises(Refused) as caught:
        symbol_text(wrong)
    assert [reason.rule for reason in caught.value.violations] == [
        *["symbol.field"] * 3,
        "symbol.copy",
    ]
