"""What a label has to show, by the rule sets that a trial follows, and what its templates do not.

Sources: EU CTR 536/2014 Annex VI A.1 and, for small containers, A.2.2; China's GMP annex for
investigational products (2022); 21 CFR 312.6(a); FACT-JACIE for cellular products.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class LabelKind(StrEnum):
    """What a label is stuck on."""

    BAG = "bag"
    OUTER = "outer"
    SMALL = "small"
    KIT = "kit"
    OVER = "over"


class RuleSet(StrEnum):
    """Rules for labels that a trial may have to follow."""

    EU_A1 = "eu_a1"
    EU_A2_2 = "eu_a2_2"
    CHINA = "china"
    US_312_6 = "us_312_6"
    FACT_JACIE = "fact_jacie"


class Field(StrEnum):
    """A fact that a rule set may ask for."""

    SPONSOR = "sponsor"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    EMERGENCY = "emergency"
    PRODUCT = "product"
    ROUTE = "route"
    QUANTITY = "quantity"
    LOT = "lot"
    UNIQUE_ID = "dose_id"
    TRIAL = "trial"
    SITE = "site"
    INVESTIGATOR = "investigator"
    SUBJECT = "subject"
    VISIT = "visit"
    KIT = "kit"
    DIRECTIONS = "directions"
    TRIAL_USE = "trial_use"
    US_CAUTION = "us_caution"
    STORAGE = "storage"
    USE_BEFORE = "use_before"
    STATEMENTS = "statements"


_F = Field
_OF_EU_A1 = frozenset(
    {
        *(_F.SPONSOR, _F.ADDRESS, _F.TELEPHONE, _F.EMERGENCY, _F.PRODUCT, _F.ROUTE, _F.QUANTITY),
        *(_F.LOT, _F.TRIAL, _F.SITE, _F.INVESTIGATOR, _F.SUBJECT, _F.VISIT, _F.KIT),
        *(_F.DIRECTIONS, _F.TRIAL_USE, _F.STORAGE, _F.USE_BEFORE),
    }
)
REQUIRED: Mapping[RuleSet, frozenset[Field]] = {
    RuleSet.EU_A1: _OF_EU_A1,
    RuleSet.EU_A2_2: frozenset(
        {*(_F.SPONSOR, _F.ROUTE, _F.LOT, _F.TRIAL, _F.SUBJECT, _F.VISIT, _F.KIT, _F.USE_BEFORE)}
    ),
    RuleSet.CHINA: frozenset(
        {
            *(_F.SPONSOR, _F.PRODUCT, _F.ROUTE, _F.QUANTITY, _F.LOT, _F.TRIAL, _F.SITE),
            *(_F.DIRECTIONS, _F.TRIAL_USE, _F.STORAGE, _F.USE_BEFORE),
        }
    ),
    RuleSet.US_312_6: frozenset({_F.US_CAUTION}),
    RuleSet.FACT_JACIE: frozenset(
        {
            *(_F.PRODUCT, _F.ROUTE, _F.UNIQUE_ID, _F.SUBJECT, _F.VISIT, _F.KIT),
            *(_F.STORAGE, _F.USE_BEFORE, _F.STATEMENTS),
        }
    ),
}
"""The fields of each rule set. "Keep out of reach of children" (A.1) is left out of all: the dose is
given on the ward. What A.1 asks for may be in the directions' own reference."""

ASKED_OF: Mapping[LabelKind, frozenset[RuleSet]] = {
    LabelKind.BAG: frozenset(RuleSet),
    LabelKind.OUTER: frozenset(RuleSet),
    LabelKind.SMALL: frozenset({RuleSet.EU_A2_2}),
    LabelKind.KIT: frozenset(),
    LabelKind.OVER: frozenset(),
}
"""Which rule sets bind a kind. A small label stands where there is no room for more: beside the bag's."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that a rule set asks for and a label does not show, or shows empty."""

    rule_set: RuleSet
    field: Field


def missing_fields(
    kind: LabelKind, rule_sets: Collection[RuleSet], shown: Collection[Field]
) -> tuple[Missing, ...]:
    """Return what the rule sets ask of a label of a kind and is not shown, in the order of both."""
    return tuple(
        Missing(rule_set, field)
        for rule_set in RuleSet
        if rule_set in rule_sets and rule_set in ASKED_OF[kind]
        for field in Field
        if field in REQUIRED[rule_set] and field not in shown
    )
