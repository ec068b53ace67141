"""The printed code is typed back without doubt; boxes open for their recipient alone."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.system.chance import CODE_ALPHABET, SeededChance
from pharmacy_app.vault.recovery import new_code, read_code
from pharmacy_app.vault.sealed import OVERHEAD_BYTES, open_sealed, public_key_of, seal


@given(st.text(min_size=1))
def test_every_code_is_read_back_however_it_is_spaced(seed: str) -> None:
    code = new_code(SeededChance(seed))
    assert read_code(f" {code.lower().replace('-', ' - ')} ") == code
    assert read_code(code.replace("-", "")) == code


@given(
    st.integers(min_value=0, max_value=40), st.sampled_from(CODE_ALPHABET), st.sampled_from("ABC")
)
def test_every_single_wrong_character_is_told_with_its_group(
    place: int, character: str, seed: str
) -> None:
    code = new_code(SeededChance(seed))
    if code[place] in {"-", character}:
        return
    with pytest.raises(Refused) as refused:
        read_code(code[:place] + character + code[place + 1 :])
    (reason,) = refused.value.violations
    assert (reason.rule, reason.fact("group")) == ("vault.recovery_mistyped", place // 7 + 1)


def test_swapped_groups_and_missing_characters_are_told() -> None:
    groups = new_code(SeededChance("x")).split("-")
    with pytest.raises(Refused) as refused:
        read_code("-".join([groups[1], groups[0], *groups[2:]]))
    assert [reason.fact("group") for reason in refused.value.violations] == [1, 2]
    with pytest.raises(Refused) as refused:
        read_code("-".join(groups)[:-1])
    assert refused.value.violations[0].rule == "vault.recovery_length"


def test_a_box_opens_for_its_recipient_purpose_and_context_only() -> None:
    key = X25519PrivateKey.generate().private_bytes_raw()
    other = X25519PrivateKey.generate().private_bytes_raw()
    box = seal(public_key_of(key), "package", b"arms", b"S01")
    assert len(box) == 4 + OVERHEAD_BYTES
    assert open_sealed(key, "package", box, b"S01") == b"arms"
    for attempt in (
        (other, "package", box, b"S01"),
        (key, "report", box, b"S01"),
        (key, "package", box, b"S02"),
        (key, "package", box[:-1] + bytes([box[-1] ^ 1]), b"S01"),
        (key, "package", b"", b"S01"),
    ):
        with pytest.raises(EnvironmentProblem, match=r"vault\.not_for_us"):
            open_sealed(*attempt)
