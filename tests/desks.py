"""What tests of refusals share: the desk of a stocked site, and what a refusal has to say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest

from pharmacy_app.domain.dose import HaemocytometerReading
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.wording import refusal_in_words
from pharmacy_app.workflows import (
    dosing,
    preparation,
)
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import MadeSite

CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Desk:
    made: MadeSite
    pharmacy: Pharmacy

    def near_misses(self) -> int:
        return len(dose_queries.near_misses(self.pharmacy.reader))


@contextmanager
def refused(*rules: str) -> Iterator[None]:
    """Expect exactly these rules, each a whole sentence in both languages with a way out."""
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        yield
    problem = caught.value
    assert isinstance(problem, (Refused, EnvironmentProblem))
    english, chinese = refusal_in_words(problem, "en"), refusal_in_words(problem, "zh")
    assert sorted(w.code for w in english) == sorted(rules)
    for en, zh in zip(english, chinese, strict=True):
        assert en.rule
        assert en.remedy
        assert CJK.search(zh.rule)
        assert CJK.search(zh.remedy)
        assert "{" not in f"{en}{zh}"


def opened_dose(desk: Desk, arm: str = "A", subject: str = "01-001") -> tuple[str, KitNumber]:
    pharmacies.enrolled(desk.made, desk.pharmacy, subject, arm)
    dose_id = dosing.open_dose(desk.pharmacy, subject, "W0")
    proposal = dosing.assign(desk.pharmacy, dose_id)
    return dose_id, proposal.kit.kit_number


def other_kit(desk: Desk, kit_type: str, but: KitNumber) -> KitNumber:
    return next(n for n in desk.made.kits[kit_type] if n != but)  # type: ignore[index] # plain str


def scan(desk: Desk, dose_id: str, number: str) -> None:
    dosing.scan_kit(desk.pharmacy, dose_id, Scanned(number))  # type: ignore[arg-type] # plain str


def counted(desk: Desk, live: int, dead: int, dilution: int = 40, sample: str = "0.5") -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.thawed(desk.made, desk.pharmacy, subject)
    reading = HaemocytometerReading(
        live=live, dead=dead, squares=4, dilution_factor=Decimal(dilution)
    )
    preparation.record_count(
        desk.pharmacy,
        dose_id,
        [reading, reading],
        suspension_ml=Decimal(20),
        sample_ml=Decimal(sample),
    )
