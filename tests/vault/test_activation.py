import pytest

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.vault.activation import (
    binding_of,
    new_activation_code,
    unwrap_site_key,
    wrap_site_key,
)

SITE_KEY = bytes(range(32))
SPONSOR, STRANGER, SITE = b"s" * 32, b"x" * 32, b"p" * 32
BINDING = binding_of(SPONSOR, SITE, "ACLF", "01")
CODE = new_activation_code(SeededChance("letter"))
WRAPPED = wrap_site_key(CODE, SITE_KEY, BINDING, SeededChance("wrap"))


def rule(code: str, wrapped: bytes = WRAPPED, binding: bytes = BINDING) -> str:
    with pytest.raises(Refused) as caught:
        unwrap_site_key(code, wrapped, binding)
    (found,) = caught.value.violations
    return found.rule


def test_the_code_of_the_letter_opens_the_sites_key() -> None:
    assert unwrap_site_key(CODE.lower().replace("-", ""), WRAPPED, BINDING) == SITE_KEY


def test_the_code_does_not_open_a_package_signed_by_a_stranger() -> None:
    assert rule(CODE, binding=binding_of(STRANGER, SITE, "ACLF", "01")) == "activation.wrong"


def test_a_slip_is_told_from_a_wrong_code() -> None:
    slipped = CODE[:-1] + ("A" if CODE[-1] != "A" else "C")
    assert rule(slipped) == "activation.mistyped"
    assert rule("") == "activation.mistyped"
    assert rule(new_activation_code(SeededChance("other letter"))) == "activation.wrong"


def test_a_damaged_wrapping_is_refused() -> None:
    assert rule(CODE, WRAPPED[:-1]) == "activation.wrong"
    assert rule(CODE, WRAPPED[:16] + b"") == "activation.wrong"
