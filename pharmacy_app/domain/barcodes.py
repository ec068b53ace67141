"""What a scan says: GS1 element strings, plain kit numbers, donation numbers, our own dose codes.

Scanners differ in what they add and lose: an AIM prefix, a written-out or missing separator, a
trailing Enter or Tab, full-width characters through an input method, swapped case under Caps Lock.
All of that is undone here; whatever is then not plain ASCII of a known shape is refused, never
guessed. Kit numbers and our own codes are upper case.

Sources: GS1 General Specifications 3 and 7.8 (element strings, FNC1), ISO/IEC 15424 (AIM
prefixes), ICCBBA ISBT 128 ST-001 (donation identification number).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from biip import ParseError
from biip.gs1_element_strings import GS1ElementString

from pharmacy_app.domain.check_characters import (
    ALPHABET as ALPHABET,  # noqa: PLC0414 - one door for everything a code is made of
)
from pharmacy_app.domain.check_characters import (
    OWN,
    is_valid,
    make_code,
)
from pharmacy_app.domain.check_characters import (
    check_character as check_character,  # noqa: PLC0414 - the same
)
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation

LONGEST = 200
DOSE_PREFIX = "D-"
GS = "\x1d"

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_AIM = frozenset({"]d2", "]C1", "]Q3", "]e0"})
_RIGHT_CASE = _GS1_AIM | {"]d1", "]C0", "]Q1"}
_SWAPPED = frozenset({"]D1", "]D2", "]c0", "]c1", "]q1", "]q3"})  # ]E0 is EAN, not ]e0 swapped
_SEPARATORS = re.compile(r"\{GS\}|<GS>|\^\]|\x1d|␝", re.IGNORECASE)
_ENDS = "\r\n\t \x02\x03"
_BRACKETED = re.compile(r"\((\d{2,4})\)([^()]+)")
_BARE_GS1 = re.compile(r"01\d{14}(21|17|10|7003)")
# Where the separators of a blinded label belong: before (7003) and before the closing (91).
_CUT_7003 = re.compile(r"(?=7003\d{10}7240)")
_CUT_91 = re.compile(r"(?=91[0-9A-Z][0-9A-Z./-]*\*[1-9]\d?\*[+-]\d{4}\*\d{2}$)")
_LABEL = re.compile(r"B2\*[0-9A-Z*./+-]{1,120}")
_PLAIN = re.compile(r"[0-9A-Z][0-9A-Z./_*-]{0,39}")
_DOSE = re.compile(f"{DOSE_PREFIX}[{ALPHABET}]{{7}}")
_DONATION = re.compile(r"=([A-NP-Z1-9][0-9A-NP-Z]{4}\d{8})([0-9A-Z]{2})")
_DONATION_TYPED = re.compile(r"([A-NP-Z1-9][0-9A-NP-Z]{4}\d{8})([0-9A-Z*])")
_OF_FIXED_LENGTH = frozenset({"00", "01", "02", "11", "12", "13", "15", "16", "17"})
_GS1_VALUE = re.compile(r"[!\"%-'*-/0-9:-?A-Z_a-z]+")
_CHECK_37_2 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


class ScanKind(StrEnum):
    """What was scanned."""

    GS1 = "gs1"
    DOSE = "dose"
    LABEL = "label"
    DONATION = "donation"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan, read. ``elements`` are (AI, value) in the order of the symbol.

    ``text`` is the content clean of everything the scanner added, with 0x1D for every separator:
    `label_symbol.read_symbol` takes it for the kinds GS1 and LABEL.

    ``separators_lost`` and ``caps_lock`` say that the scanner should be set up anew; the content
    was recovered without doubt.
    """

    kind: ScanKind
    text: str
    symbology: str = ""
    elements: tuple[tuple[str, str], ...] = ()
    separators_lost: bool = False
    caps_lock: bool = False

    def element(self, identifier: str) -> str:
        """Return the value of an application identifier, or the empty string."""
        return dict(self.elements).get(identifier, "")

    @property
    def gtin(self) -> str:
        """(01), 14 digits with a right check digit, or empty."""
        return self.element("01")

    @property
    def lot(self) -> str:
        """(10), or empty."""
        return self.element("10")

    @property
    def protocol(self) -> str:
        """(7240), or empty."""
        return self.element("7240")

    @property
    def expiry_digits(self) -> str:
        """(7003) as YYMMDDhhmm in the label's own zone, or empty."""
        return self.element("7003")

    @property
    def kit_number(self) -> str:
        """The serial (21), or the plain number itself; raises Refused for any other scan."""
        if self.kind is ScanKind.PLAIN:
            return self.text
        number = self.element("21")
        if not number:
            raise Refused([violation("barcode.no_kit_number", self.text, kind=f"scan_{self.kind}")])
        return number

    @property
    def donation_number(self) -> str:
        """13 characters of the ISBT 128 donation identification number, or empty."""
        found = _DONATION.fullmatch(self.text)
        return found[1] if found else ""


def parse_scan(raw: str) -> Scan:
    """Return what the scan says. Raises Refused with a ``barcode.*`` reason."""
    text = _SEPARATORS.sub(GS, _half_width(raw)).strip(_ENDS)
    text = re.sub(r"(\\[rnt])+$", "", text)  # some scanners type the escape itself
    _refuse_unreadable(text)
    text, caps_lock = _caps_lock_undone(text)
    aim = _AIM.match(text)
    symbology = aim[0] if aim else ""
    content = text[len(symbology) :].strip(_ENDS)
    refuse(None if content.strip(GS) else violation("barcode.empty"))
    if symbology in _GS1_AIM or GS in content or _BARE_GS1.match(content):
        whole, elements, lost = _gs1_elements(content.strip(GS))
        return Scan(ScanKind.GS1, whole, symbology, elements, lost, caps_lock)
    if content.startswith("("):
        whole, elements, _ = _gs1_elements(_unbracketed(content))
        return Scan(ScanKind.GS1, whole, symbology, elements, caps_lock=caps_lock)
    return _not_gs1(content, symbology, caps_lock=caps_lock)


def _half_width(raw: str) -> str:
    """Undo what an input method makes of a scan (U+FF01…FF5E, U+3000), and nothing else.

    Full NFKC would also turn ² into 2 and the Kelvin sign into K: those are refused instead.
    """
    return "".join(
        chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else " " if c == "\u3000" else c
        for c in raw
    )


def _refuse_unreadable(text: str) -> None:
    strange = next((c for c in text if c != GS and not " " <= c <= "~"), None)
    refuse(
        violation("barcode.too_long", "", found=len(text), most=LONGEST)
        if len(text) > LONGEST
        else None,
        violation("barcode.strange_character", ascii(text), found=f"U+{ord(strange):04X}")
        if strange is not None
        else None,
    )


def _caps_lock_undone(text: str) -> tuple[str, bool]:
    """Swap the case back where the AIM prefix or the absence of any capital proves Caps Lock."""
    aim = _AIM.match(text)
    prefix = aim[0] if aim else ""
    if prefix in _SWAPPED:
        return text.swapcase(), True
    rest = text[len(prefix) :]
    if prefix in _RIGHT_CASE or not rest.islower():
        return text, False
    return prefix + rest.upper(), True


def _not_gs1(content: str, symbology: str, *, caps_lock: bool) -> Scan:
    if content.startswith("="):
        donation = _DONATION.fullmatch(content)
        refuse(None if donation and _flags_hold(donation) else _unreadable_donation(content))
        return Scan(ScanKind.DONATION, content, symbology, caps_lock=caps_lock)
    if _DOSE.fullmatch(content):
        right = is_valid(OWN, content.removeprefix(DOSE_PREFIX))
        refuse(None if right else violation("barcode.check_character", content, found=content))
        return Scan(ScanKind.DOSE, content, symbology, caps_lock=caps_lock)
    if _LABEL.fullmatch(content):
        return Scan(ScanKind.LABEL, content, symbology, caps_lock=caps_lock)
    refuse(
        None if _PLAIN.fullmatch(content) else violation("barcode.shape", content, found=content)
    )
    return Scan(ScanKind.PLAIN, content, symbology, caps_lock=caps_lock)


def _unbracketed(content: str) -> str:
    """Turn ``(01)…(21)…``, as printed beside a symbol and typed by hand, into what it encodes."""
    pairs = _BRACKETED.findall(content)
    whole = "".join(f"({identifier}){value}" for identifier, value in pairs) == content
    refuse(None if whole else violation("barcode.shape", content, found=content))
    encoded = "".join(
        identifier + value + ("" if identifier in _OF_FIXED_LENGTH else GS)
        for identifier, value in pairs
    )
    return encoded.removesuffix(GS)


def _gs1_elements(content: str) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """Return the content, its elements, and whether separators had to be put back into it."""
    strict = _strict_elements(content)
    if strict is not None:
        return content, strict, False
    candidates = [] if GS in content else _with_separators(content)
    readings = {whole: found for whole in candidates if (found := _strict_elements(whole))}
    if len(readings) == 1:
        whole, elements = readings.popitem()
        return whole, elements, True
    rule = "barcode.separator_lost" if readings else "barcode.gs1_structure"
    raise Refused([violation(rule, content.replace(GS, "|"), found=content.replace(GS, "|"))])


def _strict_elements(content: str) -> tuple[tuple[str, str], ...] | None:
    """Read by the standard: a variable element ends at a separator or the end, nowhere else.

    Returns None where that fails. Raises Refused for a wrong GTIN check digit.
    """
    elements: list[tuple[str, str]] = []
    rest = content
    while rest:
        try:
            element = GS1ElementString.extract(rest)
        except ParseError:
            return None
        identifier, value = str(element.ai.ai), str(element.value)
        if element.gtin_error is not None:
            raise Refused([violation("barcode.gtin_check", content, found=value)])
        rest = rest[len(identifier) + len(value) :]
        # 7003 is always ten digits: nothing can hide in it where its separator is missing
        ended = not rest or rest.startswith(GS) or not element.ai.separator_required
        if not (ended or identifier == "7003"):
            return None
        elements.append((identifier, value))
        rest = rest.removeprefix(GS)
    repeated = len({identifier for identifier, _ in elements}) != len(elements)
    return None if repeated else tuple(elements)


def _with_separators(content: str) -> list[str]:
    """Return every way to put the separators of a blinded label back where they belong."""
    firsts = [cut.start() for cut in _CUT_7003.finditer(content)]
    lasts = [cut.start() for cut in _CUT_91.finditer(content)] or [len(content)]
    return [
        (content[:first] + GS + content[first:last] + GS + content[last:]).removesuffix(GS)
        for first in firsts
        for last in lasts
        if first < last
    ]


def _flags_hold(donation: re.Match[str]) -> bool:
    """Flags 60 to 96 carry the check character of the number (ISBT 128, type 3)."""
    number, flags = donation[1], donation[2]
    if not flags.isdigit() or not 60 <= int(flags) <= 96:
        return True
    return check_character("mod37-2", number) == _CHECK_37_2[int(flags) - 60]


def _unreadable_donation(found: str) -> Violation:
    return violation("barcode.donation_number", found, found=found)


def typed_donation_number(typed: str) -> str:
    """Return the 13 characters of a donation number typed with its boxed check character.

    Spaces are ignored. Raises Refused if the shape or the MOD 37-2 check character is wrong.
    """
    text = _half_width(typed).upper().replace(" ", "")
    found = _DONATION_TYPED.fullmatch(text)
    if found is None or check_character("mod37-2", found[1]) != found[2]:
        raise Refused([_unreadable_donation(text)])
    return found[1]


def dose_code(body: str) -> str:
    """Return the opaque code of a dose, ``D-`` + 6 random characters + check character."""
    return DOSE_PREFIX + make_code(body)


def expiry_digits(at: datetime, zone: tzinfo) -> str:
    """Return an instant as (7003) wants it: YYMMDDhhmm on the site's clock, rounded down."""
    return at.astimezone(zone).strftime("%y%m%d%H%M")


def expiry_instant(digits: str, zone: tzinfo) -> datetime:
    """Return the UTC instant of a (7003) value. Raises Refused if it is no date."""
    try:
        local = datetime.strptime(digits, "%y%m%d%H%M").replace(tzinfo=zone)
    except ValueError as problem:
        raise Refused([violation("barcode.expiry", digits, found=digits)]) from problem
    return local.astimezone(UTC)


def gs1_text(gtin: str, kit_number: str, digits: str, protocol: str) -> str:
    """Return a blinded label's bracketed element string, as the drawing library wants it.

    ``(01)…(21)kit(7003)YYMMDDhhmm(7240)protocol``; ``digits`` from `expiry_digits`. A trial without
    a GTIN draws the opaque dose code instead; none is ever invented. Raises Refused if a value
    does not fit its element.
    """
    refuse(
        None
        if len(gtin) == 14 and is_valid("gs1", gtin)
        else violation("barcode.gtin_check", gtin, found=gtin),
        _unfit("21", kit_number, 20),
        _unfit("7240", protocol, 20),
        None
        if re.fullmatch(r"\d{10}", digits)
        else violation("barcode.expiry", digits, found=digits),
    )
    return f"(01){gtin}(21){kit_number}(7003){digits}(7240){protocol}"


def _unfit(identifier: str, value: str, longest: int) -> Violation | None:
    """Brackets are left out of GS1's set of characters: the drawing library reads them as AIs."""
    if len(value) <= longest and _GS1_VALUE.fullmatch(value):
        return None
    return violation(
        "barcode.element_value", value, identifier=identifier, found=value, most=longest
    )
