"""A scanner's burst told from typing: pure, with times of our own."""

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.ui.burst import Burst, Verdict
from pharmacy_app.ui.scans import Habits

CODES = st.text(string.ascii_uppercase + string.digits, min_size=6, max_size=60)
ENDED = {Verdict.RELEASE, Verdict.RELEASE_THEN_HOLD, Verdict.RELEASE_THEN_PASS}
TOLD = {Verdict.SCANNED, Verdict.SCANNED_THEN_HOLD, Verdict.SCANNED_THEN_PASS}


def feed(
    burst: Burst, text: str, gap_ms: float, start: float = 1000.0
) -> tuple[list[Verdict], float]:
    at = start
    verdicts = []
    for char in text:
        verdicts.append(burst.character(char, at))
        at += gap_ms
    return verdicts, at


@given(CODES, st.floats(0.0, 50.0))
def test_a_fast_code_with_enter_is_a_scan_and_nothing_of_it_is_let_go(
    code: str, gap: float
) -> None:
    burst = Burst(Habits())
    verdicts, at = feed(burst, code, gap)
    assert set(verdicts) == {Verdict.HOLD}
    assert burst.terminator(at) is Verdict.SCANNED
    assert burst.scanned == code


@given(CODES)
def test_a_fast_code_without_suffix_is_a_scan_once_it_is_quiet(code: str) -> None:
    burst = Burst(Habits())
    feed(burst, code, 10)
    assert burst.quiet() is Verdict.SCANNED
    assert burst.scanned == code


@given(st.text(string.printable.strip(), min_size=1, max_size=40), st.floats(51.0, 500.0))
def test_typing_is_never_a_scan_whatever_is_typed(text: str, gap: float) -> None:
    burst = Burst(Habits())
    verdicts, at = feed(burst, text, gap)
    assert not set(verdicts) & TOLD
    assert burst.terminator(at) is Verdict.RELEASE_THEN_PASS


@given(st.lists(st.tuples(st.sampled_from(string.ascii_letters), st.floats(0, 400)), max_size=60))
def test_every_character_is_either_scanned_or_let_go_and_in_order(
    keys: list[tuple[str, float]],
) -> None:
    burst = Burst(Habits())
    at, held, out = 0.0, "", ""
    for char, gap in keys:
        at += gap
        verdict = burst.character(char, at)
        if verdict in ENDED | TOLD:
            out += held
            held = ""
        held += char
        assert burst.held == held
    out += held
    burst.quiet()
    assert out == "".join(char for char, _ in keys)
    assert burst.held == ""


def test_five_fast_characters_are_not_a_scan() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "12345", 5)
    assert burst.terminator(at) is Verdict.RELEASE_THEN_PASS


def test_enter_that_comes_late_after_a_told_scan_presses_nothing() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "K7Q4M9X2", 10)
    assert burst.quiet() is Verdict.SCANNED
    assert burst.terminator(at + 120) is Verdict.DROP
    assert burst.terminator(at + 130) is Verdict.RELEASE_THEN_PASS


def test_enter_a_second_after_a_scan_is_a_persons() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "K7Q4M9X2", 10)
    burst.quiet()
    assert burst.terminator(at + 1000) is Verdict.RELEASE_THEN_PASS


def test_a_second_scan_at_once_after_the_first_is_told_apart_by_the_pause() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "K7Q4M9X2", 10)
    assert burst.character("K", at + 80) is Verdict.SCANNED_THEN_HOLD
    assert burst.scanned == "K7Q4M9X2"
    assert burst.held == "K"


def test_group_separator_is_kept_in_the_scan() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "]d2010123\x1d21AB", 10)
    burst.terminator(at)
    assert burst.scanned == "]d2010123\x1d21AB"


def test_full_width_characters_are_narrowed() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "Ｋ７Ｑ４Ｍ９Ｘ２", 10)
    burst.terminator(at)
    assert burst.scanned == "K7Q4M9X2"


def test_fast_chinese_text_is_not_a_scan() -> None:
    burst = Burst(Habits())
    _, at = feed(burst, "外观无色透明", 1)
    assert burst.terminator(at) is Verdict.RELEASE_THEN_PASS


def test_prefix_makes_a_slow_and_short_code_a_scan() -> None:
    burst = Burst(Habits(prefix="~"))
    _, at = feed(burst, "~AB1", 120)
    assert burst.terminator(at) is Verdict.SCANNED
    assert burst.scanned == "AB1"


def test_prefix_alone_is_typing() -> None:
    burst = Burst(Habits(prefix="~"))
    feed(burst, "~", 10)
    assert burst.quiet() is Verdict.RELEASE


def test_suffix_character_ends_the_scan_and_is_not_part_of_it() -> None:
    burst = Burst(Habits(suffix="#"))
    verdicts, _ = feed(burst, "K7Q4M9X2#", 10)
    assert verdicts[-1] is Verdict.SCANNED
    assert burst.scanned == "K7Q4M9X2"


@pytest.mark.parametrize("text", ["12#", "#"])
def test_suffix_character_that_is_typed_stays_typing(text: str) -> None:
    burst = Burst(Habits(suffix="#"))
    feed(burst, text, 200)
    assert burst.quiet() is Verdict.RELEASE
    assert burst.held == ""


def test_suffix_character_in_a_short_fast_burst_is_held_with_the_rest() -> None:
    burst = Burst(Habits(suffix="#"))
    feed(burst, "12#4", 10)
    assert burst.held == "12#4"


def test_an_arrow_key_amid_typing_lets_the_held_keys_go_first() -> None:
    burst = Burst(Habits())
    feed(burst, "12", 10)
    assert burst.other() is Verdict.RELEASE_THEN_PASS


@given(st.lists(st.floats(0, 200), min_size=2, max_size=30))
def test_a_code_is_whole_only_if_no_pause_was_longer_than_allowed(gaps: list[float]) -> None:
    times = [0.0]
    for gap in gaps:
        times.append(times[-1] + gap)
    burst = Burst(Habits())
    verdicts = [burst.character("7", at) for at in times]
    paused = any(b - a > 50 for a, b in pairwise(times))
    assert (Verdict.HOLD in verdicts[1:] and len(set(verdicts)) == 1) is not paused
