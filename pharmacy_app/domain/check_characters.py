"""Check characters: of the sponsor's kit numbers, of donation numbers, of our own codes.

ISO 7064 and Damm detect every single wrong character; GS1's modulo 10 misses some swaps of
neighbours. Computed by python-stdnum.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import damm, ean
from stdnum.iso7064 import mod_11_10, mod_37_2, mod_37_36

from pharmacy_app.domain.refusal import Refused, refuse, violation

ALPHABET = "2345679ACDEFGHJKMNPQRTVWXYZ8"
"""Characters of our own codes: no 0 O, 1 I L, U V, 5 S, 8 B to be taken for each other.

28 of them, and 29 is prime, so that ISO 7064's hybrid system works over them as it does over 36:
the check character is look-alike-free like the rest. Part of the alphabet of MOD 37-36.
"""
OWN = "own"


@dataclass(frozen=True, slots=True)
class _Scheme:
    body: re.Pattern[str]
    characters: str
    calculate: Callable[[str], str]


def _own_check(body: str) -> str:
    return str(mod_37_36.calc_check_digit(body, alphabet=ALPHABET))


_DIGITS = re.compile(r"[0-9]{1,40}")
_ALPHANUMERIC = re.compile(r"[0-9A-Z]{1,40}")
_SCHEMES = {
    "none": _Scheme(re.compile(r"[!-~]{1,40}"), "! … ~", lambda _: ""),
    "damm": _Scheme(_DIGITS, "0-9", damm.calc_check_digit),
    "mod11-10": _Scheme(_DIGITS, "0-9", mod_11_10.calc_check_digit),
    "mod37-2": _Scheme(_ALPHANUMERIC, "0-9 A-Z", mod_37_2.calc_check_digit),
    "mod37-36": _Scheme(_ALPHANUMERIC, "0-9 A-Z", mod_37_36.calc_check_digit),
    "gs1": _Scheme(_DIGITS, "0-9", ean.calc_check_digit),
    OWN: _Scheme(re.compile(f"[{ALPHABET}]{{1,40}}"), ALPHABET, _own_check),
}
SCHEMES = frozenset(_SCHEMES)


def check_character(scheme: str, body: str) -> str:
    """Return the character to append to ``body``; the empty string for scheme ``none``.

    Raises Refused for an unknown scheme or a body with characters the scheme has no value for.
    """
    known = _SCHEMES.get(scheme)
    if known is None:
        raise Refused(
            [violation("barcode.unknown_scheme", scheme, known=", ".join(sorted(SCHEMES)))]
        )
    if known.body.fullmatch(body) is None:
        raise Refused(
            [violation("barcode.scheme_characters", body, scheme=scheme, allowed=known.characters)]
        )
    return str(known.calculate(body))


def make_code(body: str, scheme: str = OWN) -> str:
    """Return ``body`` with its check character; the body is drawn at random by the caller."""
    return body + check_character(scheme, body)


def is_valid(scheme: str, code: str) -> bool:
    """Return whether the last character of ``code`` is its check character; never raises."""
    known = _SCHEMES.get(scheme)
    if known is None:
        return False
    if scheme == "none":
        return known.body.fullmatch(code) is not None
    body, last = code[:-1], code[-1:]
    return known.body.fullmatch(body) is not None and last == known.calculate(body)


def verify(scheme: str, code: str) -> str:
    """Return the code; raise Refused if its check character is wrong."""
    refuse(
        None if is_valid(scheme, code) else violation("barcode.check_character", code, found=code)
    )
    return code
