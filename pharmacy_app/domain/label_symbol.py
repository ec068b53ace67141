"""What the symbol on a dose's label says, and how a scan of it is read back.

Two forms with the same content, both closed by two ISO 7064 MOD 97-10 check digits over all of it,
separators included: any one wrong character is found, a separator taken for a letter too.

- with a GTIN, GS1: ``(01)gtin(21)kit(7003)YYMMDDhhmm(7240)protocol(91)rest``; ``(91)`` is GS1's
  company-internal identifier and holds what GS1 has no place for: ``dose*copy*+hhmm*check``;
- without one, a plain symbol: ``B2*dose*copy*kit*protocol*YYMMDDhhmm+hhmm*check``. No GTIN is made
  up. The characters are those of Data Matrix's dense X12 set wherever they can be.

Use-before is the local time printed on the label, to the minute, with its offset from UTC.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from stdnum.iso7064 import mod_97_10

from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.check_characters import ALPHABET, OWN, is_valid
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation

GROUP_SEPARATOR = "\x1d"
FORM = "B2"
_CODE = r"[0-9A-Z][0-9A-Z./-]{0,19}"
_LENGTHS = {"dose": 12, "kit": 20, "protocol": 20}
_WHEN, _OFFSET = r"\d{10}", r"[+-]\d{4}"
_PLAIN = re.compile(
    rf"{FORM}\*(?P<dose>{_CODE})\*(?P<copy>[1-9]\d?)\*(?P<kit>{_CODE})\*(?P<protocol>{_CODE})"
    rf"\*(?P<when>{_WHEN})(?P<offset>{_OFFSET})\*(?P<check>\d{{2}})"
)
# Some scanners lose the separators: any way to cut without them must still fit the check digits.
_GS1 = re.compile(
    rf"01(?P<gtin>\d{{14}})21(?P<kit>{_CODE})\x1d?7003(?P<when>{_WHEN})\x1d?7240(?P<protocol>{_CODE})"
    rf"\x1d?91(?P<dose>{_CODE})\*(?P<copy>[1-9]\d?)\*(?P<offset>{_OFFSET})\*(?P<check>\d{{2}})"
)
_AIM = re.compile(r"^\]D[12]")  # Data Matrix, plain and GS1; a scan is read in capitals
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TYPED = re.compile(rf"D-(?P<body>[{ALPHABET}]{{7}})\s*[/ ]\s*(?P<copy>[1-9][0-9]?)")
# What stands before each identifier in the string a scanner sends. 7003 is variable for GS1.
_BRACKETED = (("01", ""), ("21", ""), *((ai, GROUP_SEPARATOR) for ai in ("7003", "7240", "91")))
# Two digits a character, so that no two characters are the same to the check: 97 is prime, and one
# character for another changes the number by less than 97 times a power of ten.
_VALUES = {
    character: f"{value:02d}"
    for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*./-+")
}


@dataclass(frozen=True, slots=True)
class LabelSymbol:
    """What the symbol of one copy of a label says. ``use_before`` is aware, to the minute."""

    dose_id: DoseId
    copy: int
    kit: KitNumber
    protocol: str
    use_before: datetime
    gtin: str = ""

    @property
    def gs1(self) -> bool:
        """Whether the symbol is a GS1 one; without a GTIN it is a plain one."""
        return bool(self.gtin)


def symbol_of(label: BlindedLabel, local_use_before: datetime) -> LabelSymbol:
    """Return what a label's symbol says; ``local_use_before`` is the dose's, in the site's zone."""
    return LabelSymbol(
        dose_id=label.dose.dose_id,
        copy=label.copy,
        kit=label.dose.kit,
        protocol=label.dose.protocol,
        use_before=local_use_before.replace(second=0, microsecond=0),
        gtin=label.texts.gtin,
    )


def symbol_text(symbol: LabelSymbol) -> str:
    """Return the text to encode: bracketed GS1 where there is a GTIN, else plain.

    Raises Refused ``symbol.field`` for every code that a symbol cannot carry.
    """
    refuse(*_unfit(symbol))
    when, offset = _moment(symbol.use_before)
    rest = f"{symbol.dose_id}*{symbol.copy}"
    check = check_digits(symbol)
    if not symbol.gs1:
        return f"{FORM}*{rest}*{symbol.kit}*{symbol.protocol}*{when}{offset}*{check}"
    return (
        f"(01){symbol.gtin}(21){symbol.kit}(7003){when}(7240){symbol.protocol}"
        f"(91){rest}*{offset}*{check}"
    )


def check_digits(symbol: LabelSymbol) -> str:
    """Return the two ISO 7064 MOD 97-10 digits over everything that the symbol says."""
    when, offset = _moment(symbol.use_before)
    fields = (
        *(symbol.dose_id, str(symbol.copy), symbol.kit, symbol.protocol),
        *(when + offset, symbol.gtin),
    )
    return str(mod_97_10.calc_check_digits("".join(_VALUES[c] for c in "*".join(fields))))


def read_symbol(scanned: str) -> LabelSymbol:
    """Read a scan of a label: a scanner's text, or the bracketed text of a decoder.

    Raises Refused: ``symbol.not_a_label`` for anything that is no label of this program,
    ``symbol.check`` where the check digits do not fit, ``symbol.time`` for no real time.
    """
    text = _unbracketed(_AIM.sub("", scanned.translate(_HALF_WIDTH).strip().upper()))
    match = _PLAIN.fullmatch(text) or _GS1.fullmatch(text)
    if match is None:
        raise Refused([violation("symbol.not_a_label", scanned, scanned=scanned)])
    fields = match.groupdict()
    symbol = LabelSymbol(
        dose_id=DoseId(fields["dose"]),
        copy=int(fields["copy"]),
        kit=KitNumber(fields["kit"]),
        protocol=fields["protocol"],
        use_before=_read_moment(scanned, fields["when"], fields["offset"]),
        gtin=fields.get("gtin") or "",
    )
    if check_digits(symbol) != fields["check"]:
        raise Refused([violation("symbol.check", scanned, found=fields["check"])])
    return symbol


def read_typed(text: str) -> tuple[DoseId, int] | None:
    """Return dose code and copy as a person reads them off a label, or None for anything else.

    ``D-4KX9MT3/1``: what is printed in the dose field and below the symbol, for a symbol that no
    scanner reads any more.
    """
    found = _TYPED.fullmatch(text.strip().upper())
    if found is None or not is_valid(OWN, found["body"]):
        return None
    return DoseId(f"D-{found['body']}"), int(found["copy"])


def _unbracketed(text: str) -> str:
    """Turn ``(01)…(21)…`` into the element string that a scanner sends."""
    if not text.startswith("(01)"):
        return text.removeprefix(GROUP_SEPARATOR)
    for ai, before in _BRACKETED:
        text = text.replace(f"({ai})", before + ai, 1)
    return text


def _moment(when: datetime) -> tuple[str, str]:
    return when.strftime("%y%m%d%H%M"), when.strftime("%z")[:5]


def _read_moment(scanned: str, when: str, offset: str) -> datetime:
    try:
        return datetime.strptime(f"{when}{offset}", "%y%m%d%H%M%z")
    except ValueError as error:
        raise Refused([violation("symbol.time", scanned, found=f"{when}{offset}")]) from error


def _unfit(symbol: LabelSymbol) -> list[Violation | None]:
    codes = {"dose": symbol.dose_id, "kit": symbol.kit, "protocol": symbol.protocol}
    found: list[Violation | None] = [
        violation(
            "symbol.field",
            symbol.dose_id,
            field=f"symbol_{name}",
            found=code,
            longest=_LENGTHS[name],
        )
        for name, code in codes.items()
        if not re.fullmatch(_CODE, code) or len(code) > _LENGTHS[name]
    ]
    if not 1 <= symbol.copy <= 99:
        found.append(violation("symbol.copy", symbol.dose_id, found=symbol.copy))
    return found
