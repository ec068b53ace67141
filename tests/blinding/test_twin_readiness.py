"""Worlds that differ in arms, and so in the stock that is left, tell the ward the same of readiness.

Everything goes through the workflows; after every act the ward's paper is made. The pairs differ in
which subject is in which arm, in how many kits of each kind were there, and in kits that failed at the
bench and were replaced, which happens to one arm more than to the other.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.blinding import BlindedReadiness, BlindedVisit
from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.domain.ids import KitTypeCode, SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import blinded_readiness, dosing, promise, stock
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, WANG, MadeSite
from tests.small_trials import CELLS, SHAM

SUBJECTS = tuple(SubjectId(f"01-{number:03d}") for number in (1, 2, 3))
EACH = 7
Before = Callable[[MadeSite, Pharmacy], None]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    folder = tmp_path_factory.mktemp("twins") / "site"
    made = pharmacies.make_site(folder, kits_of_each=EACH)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
    return made


def nothing(_made: MadeSite, _pharmacy: Pharmacy) -> None:
    """Leave the shelf as it is."""


def fewer(kind: str) -> Before:
    """Hold a kit of a kind back."""

    def act(made: MadeSite, pharmacy: Pharmacy) -> None:
        number = made.kits[CELLS if kind == "cells" else SHAM][0]
        stock.quarantine(pharmacy, Scanned(number), "frost")

    return act


def world(
    shelf: MadeSite, folder: Path, arms: Sequence[str], *, before: Before, failing: bool = False
) -> tuple[list[Paper], dict[KitTypeCode, int]]:
    """Live three weeks; return every paper for the ward, and the stock that is left by kind."""
    made = pharmacies.copied(shelf, folder, "twins")
    seen: list[Paper] = []
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        before(made, pharmacy)
        until = promise.week_ends(pharmacy)[3]
        promise.make(pharmacy, until, [Cover(pool="", doses=5)], CREDENTIALS[WANG])
        for subject, arm in zip(SUBJECTS, arms, strict=True):
            pharmacies.enrolled(made, pharmacy, subject, arm)
            seen.append(promise.paper(pharmacy))
            if failing and arm == "A":
                failed = pharmacies.thawed(made, pharmacy, subject)
                dosing.stop(pharmacy, failed, "too few alive")
            else:
                made.clock.advance(timedelta(minutes=3))
            seen.append(promise.paper(pharmacy))
            pharmacies.handed_over(made, pharmacy, subject)
            seen.append(promise.paper(pharmacy))
        made.clock.advance(timedelta(days=7))
        pharmacies.handed_over(made, pharmacy, SUBJECTS[0], "W1")
        seen.append(promise.paper(pharmacy))
        promise.withdraw(pharmacy, "a regular day", CREDENTIALS[WANG])
        seen.append(promise.paper(pharmacy))
        left = {
            code: kit_queries.count(
                pharmacy.reader, kit_queries.KitFilter(KitState.AVAILABLE, code)
            )
            for code in made.kits
        }
    return seen, left


PAIRS = {
    "all in one arm": (("AAA", nothing, False), ("BBB", nothing, False)),
    "arms swapped": (("ABA", nothing, False), ("BAB", nothing, False)),
    "last in the other arm": (("AAB", nothing, False), ("AAA", nothing, False)),
    "another stock": (("AAA", fewer("cells"), False), ("AAA", fewer("sham"), False)),
    "other arms and stock": (("ABB", fewer("cells"), False), ("BAA", nothing, False)),
    "a kit failed in one arm": (("AAA", nothing, True), ("BBB", nothing, True)),
}


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS)
def test_ward_is_told_the_same_byte_for_byte_whatever_was_taken_from_the_shelf(
    pair: str, shelf: MadeSite, tmp_path: Path
) -> None:
    (arms, before, failing), (others, otherwise, also) = PAIRS[pair]
    one, left = world(shelf, tmp_path / "one", arms, before=before, failing=failing)
    other, left_there = world(shelf, tmp_path / "other", others, before=otherwise, failing=also)
    assert left != left_there
    assert one == other
    assert len({paper.sha256 for paper in one}) > 3


def _from_real_stock(patch: pytest.MonkeyPatch) -> None:
    """Take away a dose promised for each kit that the scarcest kind is short of seven."""
    made = blinded_readiness.blinded_readiness

    def leaking(*args: object, **facts: object) -> object:
        fewest = min(promise.fewest(LEAKING[-1], LEAKING[-1].today()).values())
        facts["given"] = {"": EACH - fewest}
        return made(*args, **facts)  # type: ignore[arg-type] # passed through

    patch.setattr(promise, "blinded_readiness", leaking)


def _with_replaced_kits(patch: pytest.MonkeyPatch) -> None:
    """Count the kits that left the shelf instead of the doses that were handed over."""
    made = blinded_readiness.blinded_readiness

    def leaking(*args: object, **facts: object) -> object:
        facts["given"] = {"": len(LEAKING[-1].reader.rows("SELECT 1 FROM dose"))}
        return made(*args, **facts)  # type: ignore[arg-type] # passed through

    patch.setattr(promise, "blinded_readiness", leaking)


LEAKING: list[Pharmacy] = []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("leak", "pair"),
    [
        (_from_real_stock, "last in the other arm"),
        (_with_replaced_kits, "a kit failed in one arm"),
    ],
)
def test_paper_that_asked_the_stock_would_be_noticed(
    leak: Callable[[pytest.MonkeyPatch], None],
    pair: str,
    shelf: MadeSite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell = promise.blinded

    def noting(pharmacy: Pharmacy) -> object:
        LEAKING.append(pharmacy)
        return tell(pharmacy)

    monkeypatch.setattr(promise, "blinded", noting)
    leak(monkeypatch)
    (arms, before, failing), (others, otherwise, also) = PAIRS[pair]
    one, _ = world(shelf, tmp_path / "one", arms, before=before, failing=failing)
    other, _ = world(shelf, tmp_path / "other", others, before=otherwise, failing=also)
    assert one != other


def test_what_the_ward_is_told_names_no_subject_and_no_number_of_kits() -> None:
    named = {field.name for field in msgspec.structs.fields(BlindedReadiness)}
    inner = {field.name for field in msgspec.structs.fields(BlindedVisit)}
    assert not (named | inner) & {
        "subject",
        "subjects",
        "arm",
        "kit_type",
        "doses",
        "covers",
        "stock",
    }
