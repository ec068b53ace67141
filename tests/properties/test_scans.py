"""What holds for every scan and every code."""

from hypothesis import assume, given
from hypothesis import strategies as st

from pharmacy_app.domain import barcodes, check_characters
from pharmacy_app.domain.barcodes import parse_scan
from pharmacy_app.domain.refusal import Refused

GTIN = "09506000134352"
bodies = st.text(check_characters.ALPHABET, min_size=1, max_size=12)
kits = st.from_regex(r"[A-Z][A-Z0-9-]{1,11}", fullmatch=True)
schemes = st.sampled_from(["damm", "mod11-10", "mod37-2", "mod37-36", "own"])


@given(st.text(max_size=60))
def test_any_keys_are_read_or_refused(raw: str) -> None:
    try:
        scan = parse_scan(raw)
    except Refused:
        return
    assert scan.text.isascii()


@given(kits, kits, st.sampled_from(["{}", "]d2{}\r\n", "]C1\x1d{}\t"]))
def test_what_a_label_says_comes_back_from_its_scan(kit: str, protocol: str, ends: str) -> None:
    content = f"01{GTIN}21{kit}\x1d70032611221530\x1d7240{protocol}"
    scan = parse_scan(ends.format(content))
    assert (scan.kit_number, scan.protocol) == (kit, protocol)
    assert parse_scan(barcodes.gs1_text(GTIN, kit, "2611221530", protocol)).elements == (
        scan.elements
    )


@given(kits, kits)
def test_lost_separators_never_give_another_kit(kit: str, protocol: str) -> None:
    try:
        scan = parse_scan(f"01{GTIN}21{kit}70032611221530" + f"7240{protocol}")
    except Refused:
        return
    assert (scan.kit_number, scan.protocol) == (kit, protocol)


@given(schemes, st.text("2345679", min_size=1, max_size=12), st.data())
def test_every_single_wrong_character_is_found(scheme: str, body: str, data: st.DataObject) -> None:
    code = check_characters.make_code(body, scheme)
    assert check_characters.is_valid(scheme, code)
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from("2345679"))
    assume(other != code[place])
    assert not check_characters.is_valid(scheme, code[:place] + other + code[place + 1 :])


@given(bodies)
def test_our_own_codes_hold_no_look_alike_even_at_their_end(body: str) -> None:
    assert set(check_characters.make_code(body)) <= set(check_characters.ALPHABET)


@given(st.text(max_size=20), st.text(max_size=20))
def test_validity_never_raises(scheme: str, code: str) -> None:
    assert check_characters.is_valid(scheme, code) in {True, False}
    for known in check_characters.SCHEMES:
        assert check_characters.is_valid(known, code) in {True, False}
