from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.system.chance import CODE_ALPHABET, Chance, SeededChance, SystemChance


def test_code_alphabet_keeps_at_most_one_of_each_pair_of_look_alikes() -> None:
    for alike in ("0OQ", "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(alike) & set(CODE_ALPHABET)) <= 1, alike
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 22


@pytest.mark.parametrize("chance", [SystemChance(), SeededChance("a seed")])
def test_code_has_the_asked_length_and_only_letters_of_the_alphabet(chance: Chance) -> None:
    code = chance.code(40)
    assert len(code) == 40
    assert set(code) <= set(CODE_ALPHABET)


@given(seed=st.text(), limit=st.integers(1, 100_000))
def test_number_drawn_is_always_below_its_limit(seed: str, limit: int) -> None:
    assert 0 <= SeededChance(seed).below(limit) < limit


def test_every_number_below_the_limit_is_drawn_about_equally_often() -> None:
    chance = SeededChance("fairness")
    drawn = Counter(chance.below(5) for _ in range(5_000))
    assert set(drawn) == set(range(5))
    assert all(850 < count < 1_150 for count in drawn.values())


@given(items=st.lists(st.integers()))
def test_shuffling_keeps_every_item(items: list[int]) -> None:
    assert sorted(SeededChance("cards").shuffled(items)) == sorted(items)


def test_same_seed_draws_the_same_and_another_seed_does_not() -> None:
    first, again, other = SeededChance("one"), SeededChance("one"), SeededChance("two")
    draws = [first.token_bytes(16) for _ in range(3)]
    assert draws == [again.token_bytes(16) for _ in range(3)]
    assert len(set(draws)) == 3
    assert other.token_bytes(16) not in draws


def test_seeded_draws_are_the_same_on_every_system() -> None:
    assert SeededChance("training").code(12) == SeededChance("training").code(12)
    assert SeededChance("training").token_bytes(4).hex() == "5ce36d99"


def test_nothing_is_drawn_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to draw from"):
        SystemChance().choice([])
