"""Scans as scanners really send them, and check characters as the standards print them."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain import barcodes, check_characters, label_symbol
from pharmacy_app.domain.barcodes import Scan, ScanKind, parse_scan
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.refusal import Refused

DATA = Path(__file__).parent.parent / "data"
SCHEME_OF = {
    "GTIN": "gs1",
    "ISBT128 MOD 37-2": "mod37-2",
    "Damm": "damm",
    "ISO 7064 MOD 11-10": "mod11-10",
    "ISO 7064 MOD 37-36": "mod37-36",
}
GTIN = "09506000134352"
LABEL = f"01{GTIN}21K4817M\x1d70032611221530\x1d7240ACLF-MSC"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def vectors() -> list[dict[str, str]]:
    with (DATA / "check_vectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rules_of(raw: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        parse_scan(raw)
    return [v.rule for v in refused.value.violations]


def says_the_label(scan: Scan) -> bool:
    return (scan.kit_number, scan.gtin, scan.expiry_digits, scan.protocol) == (
        "K4817M",
        GTIN,
        "2611221530",
        "ACLF-MSC",
    )


@pytest.mark.parametrize("row", vectors(), ids=lambda row: f"{row['scheme']} {row['input']}")
def test_every_published_check_character_holds(row: dict[str, str]) -> None:
    scheme = SCHEME_OF[row["scheme"]]
    assert check_characters.check_character(scheme, row["input"]) == row["check"]
    assert check_characters.is_valid(scheme, row["input"] + row["check"])
    assert check_characters.make_code(row["input"], scheme) == row["input"] + row["check"]


@pytest.mark.parametrize(
    "raw",
    [
        LABEL,
        "]d2" + LABEL + "\r\n",
        "]C1" + LABEL + "\t",
        "]Q3\x1d" + LABEL + "\n",
        LABEL.replace("\x1d", "{GS}"),
        LABEL.replace("\x1d", "^]") + "\\n",
        "]d2" + LABEL.replace("\x1d", "<gs>"),
        "\x02" + LABEL + "\x03",
        "]d2" + "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in LABEL),
        f"(01){GTIN}(21)K4817M(7003)2611221530(7240)ACLF-MSC",
        f"01{GTIN}21K4817M\x1d700326112215307240ACLF-MSC",
    ],
)
def test_one_label_is_read_the_same_however_the_scanner_sends_it(raw: str) -> None:
    scan = parse_scan(raw)
    assert scan.kind is ScanKind.GS1
    assert says_the_label(scan)


def test_caps_lock_is_proved_by_the_prefix_and_undone() -> None:
    scan = parse_scan(("]d2" + LABEL).swapcase())
    assert scan.caps_lock
    assert says_the_label(scan)


def test_a_lower_case_kit_number_is_caps_lock() -> None:
    scan = parse_scan("k4817m\r")
    assert (scan.kit_number, scan.caps_lock) == ("K4817M", True)


def test_an_ean_scan_is_not_taken_for_caps_lock() -> None:
    scan = parse_scan("]E04006381333931")
    assert (scan.text, scan.caps_lock) == ("4006381333931", False)


def test_lost_separators_are_put_back_where_only_one_reading_is_possible() -> None:
    scan = parse_scan("]d2" + LABEL.replace("\x1d", ""))
    assert scan.separators_lost
    assert says_the_label(scan)
    assert scan.text == f"01{GTIN}21K4817M\x1d700326112215307240ACLF-MSC"


def test_lost_separators_with_two_readings_are_refused() -> None:
    twice = f"01{GTIN}21K" + "700326112215307240" * 2 + "A"
    assert rules_of(twice) == ["barcode.separator_lost"]


def test_the_closing_element_of_a_blinded_label_is_read_with_and_without_separators() -> None:
    whole = f"{LABEL}\x1d91D4KX9M*1*+0800*42"
    for raw in ("]d2" + whole, whole.replace("\x1d", "")):
        scan = parse_scan(raw)
        assert says_the_label(scan)
        assert scan.element("91") == "D4KX9M*1*+0800*42"


def test_a_plain_blinded_label_is_known_by_its_form() -> None:
    text = "B2*D4KX9M*1*K4817M*ACLF-MSC*2611221530+0800*42"
    scan = parse_scan("]d1" + text + "\r")
    assert (scan.kind, scan.text) == (ScanKind.LABEL, text)


def test_a_diluent_symbol_gives_its_lot_and_has_no_kit_number() -> None:
    scan = parse_scan(f"]d201{GTIN}1728010010HSA55")
    assert (scan.lot, scan.element("17")) == ("HSA55", "280100")
    with pytest.raises(Refused) as refused:
        _ = scan.kit_number
    assert refused.value.violations[0].rule == "barcode.no_kit_number"


def test_a_wrong_gtin_is_refused() -> None:
    assert rules_of("]d2" + LABEL.replace(GTIN, "09506000134353")) == ["barcode.gtin_check"]


def test_half_an_element_is_refused() -> None:
    assert rules_of("]d201095060001343") == ["barcode.gs1_structure"]


@pytest.mark.parametrize("raw", ["", "\r\n", "]d2", "\x1d"])
def test_an_empty_scan_is_refused(raw: str) -> None:
    assert rules_of(raw) == ["barcode.empty"]


@pytest.mark.parametrize("raw", ["Κ4817M", "K4817²", "\u212a4817M", "药盒17", "K48\x0017"])
def test_what_only_looks_like_a_letter_is_refused(raw: str) -> None:
    assert rules_of(raw) == ["barcode.strange_character"]


@pytest.mark.parametrize("raw", ["https://example.org/k", "K 17", "(01)x", "K" * 41])
def test_other_shapes_are_refused(raw: str) -> None:
    assert rules_of(raw)[0] in {"barcode.shape", "barcode.gs1_structure"}


def test_a_scan_of_two_hundred_and_one_characters_is_refused() -> None:
    assert rules_of("7" * 201) == ["barcode.too_long"]


def test_a_dose_code_is_checked() -> None:
    code = barcodes.dose_code("47KMRX")
    assert parse_scan(code).kind is ScanKind.DOSE
    other = "4" if code[-1] != "4" else "7"
    assert rules_of(code[:-1] + other) == ["barcode.check_character"]


def test_a_donation_number_is_read_and_its_flags_verified() -> None:
    scan = parse_scan("=G123498654321" + "00")
    assert scan.donation_number == "G123498654321"
    assert parse_scan("=G12349865432177").donation_number == "G123498654321"  # 60 + value of H
    assert rules_of("=G12349865432178") == ["barcode.donation_number"]
    assert barcodes.typed_donation_number("g1234 98 654321 h") == "G123498654321"
    with pytest.raises(Refused):
        barcodes.typed_donation_number("G1234 98 654321 J")


def test_the_expiry_is_on_the_sites_clock_and_comes_back_to_the_minute() -> None:
    at = datetime(2026, 11, 22, 7, 30, 59, tzinfo=UTC)
    digits = barcodes.expiry_digits(at, SHANGHAI)
    assert digits == "2611221530"
    assert barcodes.expiry_instant(digits, SHANGHAI) == at.replace(second=0)
    with pytest.raises(Refused):
        barcodes.expiry_instant("2613221530", SHANGHAI)


def test_a_label_text_reads_back_as_itself_and_every_unfit_value_is_named() -> None:
    text = barcodes.gs1_text(GTIN, "K4817M", "2611221530", "ACLF-MSC")
    assert says_the_label(parse_scan(text))
    with pytest.raises(Refused) as refused:
        barcodes.gs1_text("123", "K(1)", "26", "P" * 21)
    assert len(refused.value.violations) == 4


def test_our_alphabet_has_no_look_alikes_and_is_one_short_of_a_prime() -> None:
    assert len(barcodes.ALPHABET) == len(set(barcodes.ALPHABET)) == 28
    assert not set("0O1ILUSB") & set(barcodes.ALPHABET)


def test_a_scheme_refuses_what_it_cannot_check() -> None:
    for scheme, body in [("damm", "12A"), ("mod37-36", "ab"), ("luhn", "1"), ("own", "0O")]:
        with pytest.raises(Refused):
            check_characters.check_character(scheme, body)
        assert not check_characters.is_valid(scheme, body + "1")
    assert check_characters.is_valid("none", "anything")
    assert not check_characters.is_valid("damm", "٣٤")
    with pytest.raises(Refused):
        check_characters.verify("damm", "5725")


@pytest.mark.parametrize("gtin", ["", GTIN])
def test_a_scan_back_of_a_label_is_read_by_the_label_from_the_cleaned_text(gtin: str) -> None:
    symbol = label_symbol.LabelSymbol(
        dose_id=DoseId("D4KX9M"),
        copy=1,
        kit=KitNumber("K4817M"),
        protocol="ACLF-MSC",
        use_before=datetime(2026, 11, 22, 15, 30, tzinfo=SHANGHAI),
        gtin=gtin,
    )
    printed = parse_scan(label_symbol.symbol_text(symbol)).text
    for raw in (printed, printed.replace("\x1d", "{GS}"), printed.replace("\x1d", "")):
        assert label_symbol.read_symbol(parse_scan(raw + "\r").text) == symbol
