"""A package whose labels cannot be printed is not built: every mistake of a template is named."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_app.documents.labels import template as templates
from pharmacy_app.documents.labels.checking import label_violations
from pharmacy_app.documents.labels.fields import HOLDS, names_for
from pharmacy_app.documents.labels.longest import longest_labels, widest
from pharmacy_app.documents.labels.template import names, read_template, shipped
from pharmacy_app.domain.label_rules import REQUIRED, Field, LabelKind, RuleSet, missing_fields
from pharmacy_app.domain.refusal import Refused, Violation
from pharmacy_app.domain.trial import Labelling, Text, Trial
from pharmacy_app.sponsor.sources import read_trial, with_own_templates
from pharmacy_app.wording import worded
from tests.small_trials import small_trial

ALL = Labelling(bag="bag-100x50", outer="outer-100x70", small="small-60x30")
LOTS = ("BL2601",)


@pytest.fixture(scope="module")
def demo() -> Trial:
    return read_trial(Path("resources/demo"))


def labelled(trial: Trial, **changed: object) -> Trial:
    labelling = msgspec.structs.replace(ALL, **changed)
    return msgspec.structs.replace(trial, labelling=labelling)


def found(trial: Trial) -> list[Violation]:
    mistakes = list(label_violations(trial, trial.sites, LOTS))
    for mistake in mistakes:
        for language in ("en", "zh"):
            assert worded(mistake, language).remedy
    return mistakes


def test_every_label_of_the_demo_and_of_a_small_trial_fits_with_its_longest_content(
    demo: Trial,
) -> None:
    for trial in (demo, small_trial()):
        assert found(labelled(trial)) == []
        kinds = [label.kind for label in longest_labels(labelled(trial), trial.sites[:1], LOTS)]
        assert kinds == [LabelKind.BAG, LabelKind.OUTER, LabelKind.SMALL]


@pytest.mark.parametrize("rule_set", RuleSet)
def test_what_a_rule_set_asks_for_is_on_the_programs_own_labels(
    rule_set: RuleSet, demo: Trial
) -> None:
    texts = msgspec.structs.replace(demo.label, us_caution=True)
    trial = msgspec.structs.replace(labelled(demo, rule_sets=(rule_set,)), label=texts)
    assert found(trial) == []


def test_a_field_that_a_rule_set_asks_for_and_no_text_fills_is_named(demo: Trial) -> None:
    trial = labelled(demo, rule_sets=(RuleSet.US_312_6, RuleSet.FACT_JACIE))
    texts = msgspec.structs.replace(trial.label, us_caution=False, statements=())
    told = [
        (m.rule, dict(m.facts)["field"], m.record)
        for m in found(msgspec.structs.replace(trial, label=texts))
    ]
    assert told == [
        ("label.rule_unmet", f"label_field.{field}", name)
        for name in ("bag-100x50", "outer-100x70")
        for field in ("us_caution", "statements")
    ]


def test_a_text_too_long_is_refused_with_the_fields_name(demo: Trial) -> None:
    long = Text(en="Infuse slowly and steadily. " * 40, zh="缓慢匀速输注。" * 40)
    texts = msgspec.structs.replace(demo.label, directions=long)
    told = found(msgspec.structs.replace(labelled(demo), label=texts))
    assert {m.rule for m in told} == {"label.no_room"}
    assert "directions" in {dict(m.facts)["field"] for m in told}


@pytest.mark.parametrize(
    "pattern", [r"01-\d{60}", r"[A-Z]{25}", r"(AB|WWWWWWWWWWWWWWWWWWWWWWWWWW)"]
)
def test_a_pattern_that_allows_more_than_fits_is_refused(pattern: str, demo: Trial) -> None:
    sites = tuple(msgspec.structs.replace(site, subject_pattern=pattern) for site in demo.sites)
    told = found(msgspec.structs.replace(labelled(demo), sites=sites))
    assert {dict(m.facts)["field"] for m in told} == {"subject"}


def test_a_character_without_glyph_is_refused(demo: Trial) -> None:
    odd = msgspec.structs.replace(demo.label, storage=Text(en="Keep ❄ cold", zh="冷藏"))
    told = found(msgspec.structs.replace(labelled(demo), label=odd))
    assert {m.rule for m in told} == {"print.missing_glyph"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("kind = 'bag'", "label.bad_template"),
        ("not toml", "label.bad_template"),
        ("{bag}\ncolour = 'red'", "label.bad_template"),
        ("{bag}\n[[parts]]\ndraw = 'picture'\nat = [0, 0, 1, 1]", "label.bad_template"),
        (
            "{bag}\n[[parts]]\ndraw = 'words'\nat = [0, 0, 9, 9]\ntext = 'x'\nsizes = [6, 4]",
            "label.bad_template",
        ),
        ("{bag}\n[[parts]]\ndraw = 'box'\nat = [700, 0, 100, 9]", "label.part_outside"),
        (
            "{bag}\n[[parts]]\ndraw = 'words'\nat = [0, 0, 200, 50]\nfield = 'arm'\nsizes = [8, 6]",
            "label.unknown_field",
        ),
        ("{outer}", "label.other_kind"),
    ],
)
def test_a_template_of_the_trial_with_a_mistake_is_refused(
    text: str, rule: str, demo: Trial, tmp_path: Path
) -> None:
    own = {name: (templates.FOLDER / f"{name}.toml").read_text("utf-8") for name in names()}
    (tmp_path / "ours.toml").write_text(
        text.replace("{bag}", own["bag-100x50"]).replace("{outer}", own["outer-100x70"]), "utf-8"
    )
    trial = with_own_templates(labelled(demo, bag="ours"), tmp_path)
    assert [m.rule for m in found(trial)] == [rule]


def test_a_template_that_nobody_has_is_refused_and_the_known_ones_are_named(demo: Trial) -> None:
    (mistake,) = found(labelled(demo, small="tiny"))
    assert mistake.rule == "label.unknown_template"
    assert "small-60x30" in str(dict(mistake.facts)["known"])


def test_own_template_comes_before_the_programs(demo: Trial) -> None:
    text = (
        (templates.FOLDER / "outer-100x70.toml")
        .read_text("utf-8")
        .replace("[799, 560]", "[799, 600]")
    )
    trial = labelled(demo, outer="outer-100x70", own={"outer-100x70": text})
    assert found(trial) == []


def test_every_template_is_whole_and_shows_only_fields_that_there_are() -> None:
    assert len(names()) == len(LabelKind)
    for name in names():
        template = shipped(name)
        assert template.fields() <= names_for(template.kind)
        assert (
            read_template(name, (templates.FOLDER / f"{name}.toml").read_text("utf-8")) == template
        )
    with pytest.raises(LookupError):
        shipped("../trial")


def test_every_field_of_a_rule_set_can_be_shown() -> None:
    assert {field for fields in HOLDS.values() for field in fields} == set(Field)
    assert set(REQUIRED) == set(RuleSet)
    assert missing_fields(LabelKind.KIT, tuple(RuleSet), ()) == ()
    assert len(missing_fields(LabelKind.BAG, tuple(RuleSet), ())) == sum(
        map(len, REQUIRED.values())
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                r"\d{3}",
                "[A-Z]{2}",
                "K",
                "[2-9A-Z]{1,6}",
                "(?:AB|C)",
                r"\w?",
                "-",
                "[^a-z]{2}",
                "X{2,}",
                "A+?",
            ]
        ),
        min_size=1,
        max_size=5,
    ).map("".join)
)
def test_the_widest_text_of_a_pattern_matches_it(pattern: str) -> None:
    assert re.fullmatch(pattern, widest(pattern), re.ASCII)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"01-\d{3}", None),
        ("[A-Z]{2}", "WW"),
        ("[0-9W]", "W"),
        ("a|WWW|bb", "WWW"),
        ("A{1,4}", "AAAA"),
    ],
)
def test_the_widest_text_is_wide(pattern: str, text: str | None) -> None:
    told = widest(pattern)
    assert told == text if text else len(told) == 6


def test_a_trial_with_a_broken_pattern_is_not_checked_for_labels() -> None:
    with pytest.raises(re.error):
        widest("[")


def test_refusal_of_a_package_names_all_of_them(demo: Trial) -> None:
    trial = labelled(demo, bag="none", outer="small-60x30", small="tiny")
    assert sorted(m.rule for m in found(trial)) == [
        "label.other_kind",
        "label.unknown_template",
        "label.unknown_template",
    ]
    with pytest.raises(Refused):
        raise Refused(found(trial))
