"""Codes that are read out, printed in a letter and typed: how they are drawn, shown and read back.

Look-alike-free characters in groups of four; the last character checks the rest, so that a slip is
told from a wrong code before anything is tried.
"""

from pharmacy_app.domain.check_characters import ALPHABET, OWN, is_valid, make_code
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.system.chance import Chance

GROUP = 4
_IGNORED = str.maketrans("", "", " -\t\r\n\u00a0\u3000\u2010\u2011\u2012\u2013\u2014\uff0d")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def draw(chance: Chance, count: int) -> str:
    """Return ``count`` random characters, log2(28) = 4.8 bits each."""
    return "".join(chance.choice(ALPHABET) for _ in range(count))


def spoken(body: str) -> str:
    """Return the body with its check character, in groups of four."""
    code = make_code(body)
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read_back(typed: str, characters: int, rule: str) -> str:
    """Return the body of a typed code, without its check character.

    Case, spaces, hyphens and full-width characters do not matter. Raises Refused ``rule`` with
    facts ``expected`` (characters) and ``found`` if it is too short, too long or mistyped.
    """
    code = typed.translate(_IGNORED).translate(_FULL_WIDTH).upper()
    if len(code) != characters or not is_valid(OWN, code):
        raise Refused([violation(rule, "", expected=characters, found=len(code))])
    return code[:-1]
