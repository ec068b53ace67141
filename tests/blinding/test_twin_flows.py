"""The same work done through the real acts where a kit holds cells, and where it does not.

Two sites are made alike down to every drawn number; only what the kits of a type hold is exchanged.
Kinds, order, times, signatures and attachments of what is recorded, the number of rows, the words of
every refusal and every blinded byte must then be the same. So they must be, but for the numbers on
the kits, for a subject of the other arm at the same site.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.doses import LabelCopy
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.trial import Contents, Trial
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded.accountability import Scope
from pharmacy_app.wording import term
from pharmacy_app.workflows import counting, custody, dosing, labelling, papers
from pharmacy_app.workflows.account_papers import account_log
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock_count import stock_count
from tests import pharmacies, small_trials
from tests.blinding.outlets import EveryOutlet
from tests.blinding.twins import Outside, refused, rows, told
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite, MemoryPrinter
from tests.small_trials import CELLS

SUBJECT = "01-001"
BOX = "T1-R1-B01"


Flow = Callable[[MadeSite, Pharmacy, Outside], None]
Worked = Callable[..., Outside]


def _given(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """Everything goes well."""
    dose = _label(made, pharmacy, seen)
    custody.hand_over(pharmacy, dose, "Nurse Qian", "nurse", CREDENTIALS[WANG])
    _form(pharmacy, dose, seen)
    start = made.clock.now() + timedelta(minutes=5)
    made.clock.advance(timedelta(minutes=45))
    custody.report_infusion(
        pharmacy,
        dose,
        started_at=start,
        ended_at=start + timedelta(minutes=30),
        not_infused_ml=Decimal(3),
        reported_by="Nurse Qian",
    )


def _reprinted(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """The printer fails, a label is lost, the bag comes back."""
    dose = _label(made, pharmacy, seen)
    again = labelling.reserve(pharmacy, dose, Reprint("torn", CREDENTIALS[LI]))
    _print(pharmacy, dose, again, seen)
    labelling.scan_back(pharmacy, dose, Scanned(again.symbol))
    custody.hand_over(pharmacy, dose, "Nurse Qian", "nurse", CREDENTIALS[WANG])
    _form(pharmacy, dose, seen)
    custody.return_bag(pharmacy, dose, "Nurse Qian", "fever")


def _replaced(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """A wrong kit is scanned and a step taken too early; the dose stops and is made anew."""
    dose = dosing.open_dose(pharmacy, SUBJECT, "W0")
    proposal = dosing.assign(pharmacy, dose)
    other = next(
        number for number in made.kits[proposal.kit.kit_type] if number != proposal.kit.kit_number
    )
    for wrong in (other, "K0000000", "", "PLACEBO"):
        refused(partial(dosing.scan_kit, pharmacy, dose, Scanned(wrong)), seen)
    refused(lambda: labelling.reserve(pharmacy, dose), seen)
    refused(lambda: dosing.take_out(pharmacy, dose), seen)
    dosing.stop(pharmacy, dose, "dropped")
    _given(made, pharmacy, seen)


def _counted(_: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """A count finds the kit of a dose missing and a strange one in its box; it is not finished."""
    missing = dosing.assign(pharmacy, dosing.open_dose(pharmacy, SUBJECT, "W0")).kit.kit_number
    count = counting.open_count(pharmacy, BOX).count_id
    refused(partial(counting.scan, pharmacy, count, Scanned(missing)), seen)
    counting.begin_box(pharmacy, count, BOX)
    lying = [kit.kit_number for kit in kit_queries.in_box(pharmacy.reader, BOX)]
    for number in (*(one for one in lying if one != missing), "K0000000"):
        answer = counting.scan(pharmacy, count, Scanned(number))
        seen.words += [term(f"count_answer.{answer.said}", language) for language in ("en", "zh")]
    counting.finish_box(pharmacy, count)
    counting.close(pharmacy, count, CREDENTIALS[WANG])
    refused(partial(counting.begin_box, pharmacy, count, BOX), seen)
    refused(partial(stock_count, pharmacy, count), seen)
    counting.abandon(pharmacy, count, "the tank alarm", CREDENTIALS[WANG])


def _label(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> DoseId:
    dose = pharmacies.checked(made, pharmacy, SUBJECT)
    copy = labelling.reserve(pharmacy, dose)
    _print(pharmacy, dose, copy, seen)
    labelling.scan_back(pharmacy, dose, Scanned(copy.symbol))
    return dose


def _print(pharmacy: Pharmacy, dose: DoseId, copy: LabelCopy, seen: Outside) -> None:
    printer = EveryOutlet()
    labelling.print_label(pharmacy, copy, dose, printer)
    seen.papers += [*printer.seen, ("picture", labelling.picture_of(pharmacy, copy))]


def _form(pharmacy: Pharmacy, dose: DoseId, seen: Outside) -> None:
    printer = EveryOutlet()
    papers.print_paper(pharmacy, papers.hand_over_form(pharmacy, dose), f"dose/{dose}", printer)
    seen.papers += printer.seen


def _trial(*, exchanged: bool) -> Trial:
    trial = small_trials.small_trial()
    if not exchanged:
        return trial
    first, second = trial.kit_types
    types = (
        msgspec.structs.replace(first, contents=second.contents),
        msgspec.structs.replace(second, contents=first.contents),
    )
    return msgspec.structs.replace(trial, kit_types=types)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, MadeSite]:
    """A stocked site and the one whose kits hold the opposite; each test gets copies."""
    made = {}
    for exchanged in (False, True):
        folder = tmp_path_factory.mktemp("twins") / "site"
        made[exchanged] = pharmacies.make_site(
            folder, seed="twins", trial=_trial(exchanged=exchanged)
        )
        with made[exchanged].signed_in() as opened:
            pharmacies.stock_shelf(made[exchanged], opened.pharmacy)
    return made


@pytest.fixture
def worked(shelves: dict[bool, MadeSite], tmp_path: Path) -> Worked:
    """Let a flow be worked at a copy of a shelf, told by arm and by what its kits hold."""

    def work(flow: Flow, *, arm: str = "A", exchanged: bool = False) -> Outside:
        folder = tmp_path / f"{arm}-{exchanged}"
        return _worked(pharmacies.copied(shelves[exchanged], folder, "work"), flow, arm)

    return work


def _worked(made: MadeSite, flow: Flow, arm: str) -> Outside:
    seen = Outside([], [], {}, [])
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        before, _ = pharmacy.ledger.head()
        pharmacies.enrolled(made, pharmacy, SUBJECT, arm)
        flow(made, pharmacy, seen)
        seen.events = [told(one) for one in pharmacy.ledger.page(before, 1000)]
        seen.tables = rows(pharmacy)
    return seen


@pytest.mark.parametrize("flow", [_given, _reprinted, _replaced, _counted])
def test_nothing_outside_tells_what_the_kit_held(flow: Flow, worked: Worked) -> None:
    cells = worked(flow)
    sham = worked(flow, exchanged=True)
    assert len(cells.events) > 20
    assert cells.events == sham.events
    assert cells.tables == sham.tables
    assert cells.words == sham.words
    assert cells.papers == sham.papers


@pytest.mark.parametrize("flow", [_given, _reprinted, _replaced, _counted])
def test_nothing_but_the_kits_number_tells_the_arm(flow: Flow, worked: Worked) -> None:
    first, second = (worked(flow, arm=arm) for arm in "AB")
    assert first.events == second.events
    assert first.tables == second.tables
    assert [said.split()[0] for said in first.words] == [said.split()[0] for said in second.words]
    assert [name for name, _ in first.papers] == [name for name, _ in second.papers]


def test_an_act_more_in_one_arm_is_noticed(worked: Worked) -> None:
    def leaking(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
        _given(made, pharmacy, seen)
        if pharmacy.trial.kit_type(CELLS).contents is Contents.CELLS:
            papers.print_paper(
                pharmacy, account_log(pharmacy, Scope(kit_type=CELLS)), "site", MemoryPrinter()
            )

    cells = worked(leaking)
    sham = worked(leaking, exchanged=True)
    assert cells.events != sham.events
    assert cells.tables != sham.tables
