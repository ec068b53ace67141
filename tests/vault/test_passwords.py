"""Passwords: length counts, common things do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.system.chance import SeededChance
from pharmacy_app.vault.passwords import SYLLABLES, WORDS, suggest, weaknesses


@pytest.mark.parametrize(
    "password",
    [
        "five herons over the marsh",
        "mali tuzi shanyao guohe beimen",
        "月落乌啼霜满天江枫渔火对愁眠",
        "Xk29-vvQz-81pM-teRb",
    ],
)
def test_long_uncommon_passwords_are_taken_whatever_they_are_made_of(password: str) -> None:
    expected = [] if len(password) >= 15 else ["vault.password_short"]
    assert [weakness.rule for weakness in weaknesses(password)] == expected


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("fourteen chars", "vault.password_short"),
        ("password123456789", "vault.password_common"),
        ("PassWord PassWord 2026", "vault.password_common"),
        ("abcdefghijklmnopqrs", "vault.password_common"),
        ("anna zhang hospital 1", "vault.password_common"),
        ("site S01 pharmacy S01", "vault.password_common"),
        ("woaini5201314woaini", "vault.password_common"),
        ("xy7kxy7kxy7kxy7k", "vault.password_repeats"),
        ("x" * 300, "vault.password_long"),
    ],
)
def test_a_weak_password_is_named_for_what_it_is(password: str, rule: str) -> None:
    found = {weakness.rule for weakness in weaknesses(password, ("Anna Zhang", "S01"))}
    assert rule in found


@given(st.text(min_size=1))
def test_every_suggested_passphrase_is_taken(seed: str) -> None:
    phrase = suggest(SeededChance(seed))
    assert len(phrase.split()) == WORDS
    assert weaknesses(phrase) == []


def test_the_syllables_carry_what_is_promised() -> None:
    assert len(SYLLABLES) == len(set(SYLLABLES)) >= 182
