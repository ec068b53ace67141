"""The words: whole in both languages, exact about facts, and silent about arms."""

import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app import wording
from pharmacy_app.domain.accountability import Fate
from pharmacy_app.domain.counting import CountState
from pharmacy_app.domain.disposal import ListState
from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.events.counting import DifferenceKind, Outcome, RootCause
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.kits import Disposal, KitState
from pharmacy_app.domain.locations import GroupLabels, PlaceLabels, UnitKind
from pharmacy_app.domain.out_of_storage import Spell
from pharmacy_app.domain.people import Person, Role, Task, missing_right
from pharmacy_app.domain.preparation import METHODS
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, violation
from pharmacy_app.domain.trial import Basis, Contents
from pharmacy_app.wording import (
    PARTS,
    Language,
    catalogue,
    fact_in_words,
    refusal_in_words,
    term,
    terms,
    worded,
)
from tests.domain.histories import START, kit

LANGUAGES: tuple[Language, ...] = ("en", "zh")
RULES = {code: entry for code, entry in catalogue().items() if not code.startswith("term.")}
TERMS = {code: entry for code, entry in catalogue().items() if code.startswith("term.")}
SHANGHAI = ZoneInfo("Asia/Shanghai")

# Whoever stands behind the chair reads these; `dose` counts cells in every arm and may say so.
SEEN_BY_ALL = (
    *("allocation", "bench", "check", "count", "custody", "infusion", "kit", "label", "people"),
    *("move", "position", "readiness", "shipment", "storage", "subject", "visit"),
)
ARM_WORDS = re.compile(
    r"\barms?\b|msc\b|mesenchym|stem cell|placebo|sham|dummy|active|verum|albumin|control\b|saline"
    r"|\bcard\b|\bcells?\b|\bcord\b|treatment"
    r"|组别|试验组|对照[组药]|安慰剂|干细胞|间充质|脐带|模拟|白蛋白|活性|治疗组|卡片|细胞(?!计数)",
    re.IGNORECASE,
)
MOVEMENTS = (
    *("received", "stowed", "dispensed", "returned", "wasted", "found", "lost", "transferred"),
    *("destroyed", "sent_back"),
)
VALUES = [
    *(f"kit_state.{state}" for state in KitState),
    *(f"count_state.{state}" for state in CountState),
    *(f"difference.{kind}" for kind in DifferenceKind),
    *(f"count_outcome.{outcome}" for outcome in Outcome),
    *(f"root_cause.{cause}" for cause in RootCause),
    *(f"step.{step}" for step in Step),
    *(f"task.{task}" for task in Task),
    *(f"role.{role}" for role in Role),
    *(f"meaning.{meaning}" for meaning in Meaning),
    *(f"condition.{condition}" for condition in Condition),
    *(f"contents.{contents}" for contents in Contents),
    *(f"basis.{basis}" for basis in Basis),
    *(f"label_state.{state}" for state in LabelState),
    *(f"method.{method}" for method in METHODS),
    *(f"movement.{kind}" for kind in ("put_back", *MOVEMENTS)),
    *(f"way.{way}" for way in Way),
    *(f"disposal_list.{state}" for state in ListState),
    *(f"remains.{remains}" for remains in Remains),
    *(f"fate.{fate}" for fate in Fate),
    *(f"disposal.{disposal}" for disposal in Disposal if disposal),
    *("notice.unblinding", "notice.disposal", "notice.quarantine"),
    *(f"shipment_state.{state}" for state in ("advised", "open", "received")),
    *(f"unit_kind.{kind}" for kind in UnitKind),
    *(f"block_reason.{reason}" for reason in BlockReason),
    *(f"spell.{spell}" for spell in Spell),
    *(f"place_labels.{scheme}" for scheme in PlaceLabels),
    *(f"group_labels.{scheme}" for scheme in GroupLabels),
    *(
        "storage.out_of_limits",
        "visit.outside",
        "check.deferred",
        "enrolment",
        "volume.drawn",
        "volume.diluent",
    ),
]


def sentences() -> Iterator[tuple[str, Language, str, str]]:
    for code, entry in RULES.items():
        for language in LANGUAGES:
            for part in PARTS:
                yield code, language, part, entry[language][part]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_rule_has_its_four_sentences_in_both_languages() -> None:
    assert [f"{c} {lang} {part}" for c, lang, part, text in sentences() if not text.strip()] == []
    assert {code for code, entry in RULES.items() if set(entry) != {"en", "zh"}} == set()
    odd = {c for c, e in RULES.items() for lang in LANGUAGES if set(e[lang]) != set(PARTS)}
    assert odd == set()


def test_both_languages_use_the_same_placeholders() -> None:
    differing = {
        code
        for code, entry in RULES.items()
        if placeholders(" ".join(entry["en"].values()))
        != placeholders(" ".join(entry["zh"].values()))
    }
    assert differing == set()


def test_rules_and_remedies_end_like_sentences() -> None:
    marks = {"en": ".", "zh": "。"}
    loose = [
        f"{code} {language} {part}: {text}"
        for code, language, part, text in sentences()
        if part in {"rule", "remedy"} and not text.endswith(marks[language])
    ]
    assert loose == []


def test_chinese_is_written_in_chinese_and_english_is_not() -> None:
    def chinese(text: str) -> bool:
        return re.search(r"[\u4e00-\u9fff]", text) is not None

    bare = re.compile(r"[“”{}\w.|]*")  # a value alone, such as “{record}”
    wrong = [
        f"{code} {language} {part}"
        for code, language, part, text in sentences()
        if chinese(text) is (language == "en")
        and not (
            language == "zh" and part in {"expected", "found"} and bare.match(text.strip("。"))
        )
    ]
    assert wrong == []
    assert [code for code, entry in TERMS.items() if chinese(str(entry["en"]))] == []


def test_nothing_that_might_be_read_over_a_shoulder_names_an_arm() -> None:
    telling = [
        f"{code} {language} {part}: {text}"
        for code, language, part, text in sentences()
        if code.split(".")[0] in SEEN_BY_ALL and ARM_WORDS.search(text)
    ]
    assert telling == []


@pytest.mark.parametrize(
    "text", ["This kit holds placebo.", "不是安慰剂药盒。", "hUC-MSC", "干细胞", "the sham card"]
)
def test_the_search_for_arm_words_finds_them(text: str) -> None:
    assert ARM_WORDS.search(text)


@pytest.mark.parametrize("name", VALUES)
def test_every_value_told_as_a_fact_has_a_word_in_both_languages(name: str) -> None:
    for language in LANGUAGES:
        assert f"term.{name}" in catalogue()
        assert term(name, language).strip()


def test_terms_have_nothing_but_their_two_languages() -> None:
    assert {code for code, entry in TERMS.items() if set(entry) != {"en", "zh"}} == set()


def test_a_value_without_a_word_is_shown_as_it_is() -> None:
    assert term("K7Q2M4X", "zh") == "K7Q2M4X"
    assert fact_in_words("cracked, left side", "zh", None) == "cracked, left side"
    assert terms("role.checker, someone", "en") == "role.checker, someone"


def test_a_list_of_values_is_worded_one_by_one() -> None:
    assert terms("role.checker, role.pharmacist", "en") == "second checker, unblinded pharmacist"
    assert terms("role.checker, role.pharmacist", "zh") == "非盲复核人、非盲药师"
    assert terms("meaning.prepared, meaning.verified", "zh") == "配制、复核"


def test_times_are_told_on_the_sites_clock_with_their_offset() -> None:
    at = datetime(2026, 11, 22, 1, 5, 59, tzinfo=UTC)
    assert fact_in_words(at, "en", SHANGHAI) == "2026-11-22 09:05 +08:00"
    assert fact_in_words(at, "zh", ZoneInfo("America/St_Johns")) == "2026-11-21 21:35 -03:30"


def test_days_and_numbers_are_told_plainly() -> None:
    assert fact_in_words(date(2026, 11, 22), "en", None) == "2026-11-22"
    assert fact_in_words(Decimal("1.5E+8"), "en", None) == "150000000"
    assert fact_in_words(Decimal("14.40"), "zh", None) == "14.40"
    assert fact_in_words(7, "zh", None) == "7"


def test_an_expired_kit_is_refused_in_words_to_the_minute() -> None:
    found = violation("kit.expired", "K7Q2M4X", expiry=START, now=START)
    english, chinese = worded(found, "en", SHANGHAI), worded(found, "zh", SHANGHAI)
    assert english.found == (
        "Kit K7Q2M4X expired at 2026-11-22 09:00 +08:00; it is 2026-11-22 09:00 +08:00."
    )
    assert "2026-11-22 09:00 +08:00" in chinese.found
    assert str(english).count("K7Q2M4X") == 1


def test_a_missing_right_is_told_in_the_words_of_the_site() -> None:
    person = Person(kit().kit_number, "李伟", frozenset({Role.MONITOR}), b"")  # type: ignore[arg-type] # any id
    found = missing_right(person, Task.CHECK)
    assert found is not None
    assert worded(found, "zh").expected == "“复核剂次”须由以下人员执行：非盲复核人、非盲药师。"


def test_a_refusal_is_worded_reason_by_reason_and_a_problem_alone() -> None:
    refused = Refused([violation("kit.none_chosen"), violation("kit.no_authorisation")])
    assert [w.code for w in refusal_in_words(refused, "en")] == [v.rule for v in refused.violations]
    problem = EnvironmentProblem("file.busy", "x.pdf")
    assert [(w.code, w.record) for w in refusal_in_words(problem, "zh")] == [("file.busy", "x.pdf")]


def test_a_record_that_is_a_term_is_named_in_words() -> None:
    found = violation("bench.volume_differs", "volume.drawn", wanted=START, found=START)
    assert worded(found, "en").record == "volume drawn up"
    assert worded(found, "zh").record == "抽取体积"
    assert worded(violation("kit.expired", "K7Q2M4X", expiry=START, now=START), "zh").record == (
        "K7Q2M4X"
    )


def test_a_code_nobody_worded_is_a_bug() -> None:
    with pytest.raises(KeyError, match=r"kit\.on_the_moon"):
        worded(violation("kit.on_the_moon"), "en")


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"a.toml": "[kit.x]\nen='x'\nzh='y'\n", "b.toml": "[kit.x]\nen='x'\nzh='y'\n"}, "twice"),
        ({"a.toml": "[kit]\nx = 'no language'\n"}, "kit.x has no language"),
    ],
)
def test_a_code_worded_twice_or_in_no_language_is_a_mistake_in_the_files(
    files: dict[str, str], wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=wrong):
        catalogue.__wrapped__()  # past the cache


def test_names_may_be_nested_to_any_depth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[term.a.b]\nc = { en = 'x', zh = '甲' }\n[term]\nd = { en = 'y', zh = '乙' }\n"
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    assert set(catalogue.__wrapped__()) == {"term.a.b.c", "term.d"}
