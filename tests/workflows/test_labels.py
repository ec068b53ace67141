"""Labels to the last one: spoiled, beside the bag's, void with their dose, and the rolls they came from."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.events.label import RollLoaded
from pharmacy_app.domain.ids import DoseId, SubjectId
from pharmacy_app.domain.label_account import Fate, LabelAccount
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Labelling
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import labels as queries
from pharmacy_app.workflows import custody, dosing, label_account, labelling, today
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.today import AlarmKind
from tests import pharmacies
from tests.desks import refused
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite, MemoryPrinter
from tests.small_trials import small_trial

AGAIN = Reprint("smeared", CREDENTIALS[LI])
OUTER, SMALL = LabelKind.OUTER, LabelKind.SMALL


@pytest.fixture(scope="module")
def with_outer(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    trial = msgspec.structs.replace(small_trial(), labelling=Labelling(outer="outer-100x70"))
    made = pharmacies.make_site(tmp_path_factory.mktemp("labels") / "site", trial=trial)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
        pharmacies.checked(made, opened.pharmacy, "01-001")
    return made


@pytest.fixture
def made(with_outer: MadeSite, tmp_path: Path) -> MadeSite:
    return pharmacies.copied(with_outer, tmp_path / "site", tmp_path.name)


@pytest.fixture
def pharmacy(made: MadeSite) -> Iterator[Pharmacy]:
    with made.signed_in() as opened:
        yield opened.pharmacy


@pytest.fixture
def dose_id(pharmacy: Pharmacy) -> DoseId:
    (line,) = dose_queries.open_doses(pharmacy.reader)
    return line.dose_id


def printed(pharmacy: Pharmacy, dose_id: DoseId, again: Reprint | None = None) -> str:
    copy = labelling.reserve(pharmacy, dose_id, again)
    labelling.print_label(pharmacy, copy, dose_id, MemoryPrinter())
    return copy.symbol


def on_the_bag(pharmacy: Pharmacy, dose_id: DoseId) -> None:
    labelling.scan_back(pharmacy, dose_id, Scanned(printed(pharmacy, dose_id)))


def test_a_spoiled_label_is_destroyed_and_the_next_one_needs_a_second_person(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    spoiled = printed(pharmacy, dose_id)
    with refused("label.failure_reason"):
        labelling.spoil(pharmacy, dose_id, " ")
    labelling.spoil(pharmacy, dose_id, "smeared")
    with refused("label.none_printed"):
        labelling.spoil(pharmacy, dose_id, "smeared")
    with refused("label.reprint_reason"):
        labelling.reserve(pharmacy, dose_id)
    symbol = printed(pharmacy, dose_id, AGAIN)
    with refused("label.other_copy", "label.other_symbol"):
        labelling.scan_back(pharmacy, dose_id, Scanned(spoiled))
    labelling.scan_back(pharmacy, dose_id, Scanned(symbol))
    fates = [line.fate for line in queries.lines(pharmacy.reader, dose_id)]
    assert fates == [Fate.SPOILED, Fate.APPLIED]
    assert label_account.account(pharmacy) == LabelAccount(applied=1, spoiled=1)


def test_where_nothing_came_out_the_next_copy_needs_nobody(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    printed(pharmacy, dose_id)
    labelling.no_label_came(pharmacy, dose_id, "jam")
    on_the_bag(pharmacy, dose_id)
    assert label_account.account(pharmacy) == LabelAccount(applied=1, not_printed=1)


def test_a_label_beside_the_bags_has_a_number_of_its_own_and_passes_for_no_other(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    with refused("bench.out_of_order"):
        labelling.reserve_extra(pharmacy, dose_id, OUTER)
    on_the_bag(pharmacy, dose_id)
    with refused("label.no_such_kind"):
        labelling.reserve_extra(pharmacy, dose_id, SMALL)
    outer = labelling.reserve_extra(pharmacy, dose_id, OUTER)
    assert (outer.copy, outer.kind) == (2, OUTER)
    printer = MemoryPrinter()
    labelling.print_label(pharmacy, outer, dose_id, printer)
    assert [name for name, _ in printer.printed] == [f"label_{dose_id}_2_outer.pdf"]
    bag = dosing.dose(pharmacy, dose_id).current_label()
    assert bag is not None
    with refused("label.other_copy", "label.other_symbol"):
        labelling.scan_extra(pharmacy, dose_id, OUTER, Scanned(bag.symbol))
    with refused("label.unsettled"):
        custody.hand_over(pharmacy, dose_id, "Qian", "nurse", CREDENTIALS[WANG])
    labelling.scan_extra(pharmacy, dose_id, OUTER, Scanned(outer.symbol))
    custody.hand_over(pharmacy, dose_id, "Qian", "nurse", CREDENTIALS[WANG])
    assert label_account.account(pharmacy) == LabelAccount(applied=2)


def test_a_further_copy_of_an_outer_label_makes_the_first_one_void(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    on_the_bag(pharmacy, dose_id)
    first = labelling.reserve_extra(pharmacy, dose_id, OUTER)
    labelling.print_label(pharmacy, first, dose_id, MemoryPrinter())
    labelling.scan_extra(pharmacy, dose_id, OUTER, Scanned(first.symbol))
    with refused("label.reprint_reason"):
        labelling.reserve_extra(pharmacy, dose_id, OUTER)
    second = labelling.reserve_extra(pharmacy, dose_id, OUTER, AGAIN)
    labelling.print_label(pharmacy, second, dose_id, MemoryPrinter())
    with refused("label.other_copy", "label.other_symbol"):
        labelling.scan_extra(pharmacy, dose_id, OUTER, Scanned(first.symbol))
    labelling.scan_extra(pharmacy, dose_id, OUTER, Scanned(second.symbol))
    assert label_account.account(pharmacy) == LabelAccount(applied=2, void=1)


def test_labels_of_a_stopped_dose_are_void_or_still_to_be_settled(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    on_the_bag(pharmacy, dose_id)
    outer = labelling.reserve_extra(pharmacy, dose_id, OUTER)
    labelling.print_label(pharmacy, outer, dose_id, MemoryPrinter())
    dosing.stop(pharmacy, dose_id, "the subject is too ill")
    states = [copy.state for copy in dosing.dose(pharmacy, dose_id).labels]
    assert states == [LabelState.VOID, LabelState.SPOOLED]
    assert [one.label_id for one in queries.unsettled(pharmacy.reader)] == [outer.label_id]
    labelling.spoil(pharmacy, dose_id, "destroyed with its dose", outer.label_id)
    assert queries.unsettled(pharmacy.reader) == []
    assert label_account.account(pharmacy) == LabelAccount(void=1, spoiled=1)
    assert dosing.dose(pharmacy, dose_id).step is Step.STOPPED
    (line,) = dose_queries.of_subject(pharmacy.reader, SubjectId("01-001"))
    assert line.step is Step.STOPPED


def test_nobody_prints_another_while_one_may_lie_in_the_printer(
    pharmacy: Pharmacy, dose_id: DoseId
) -> None:
    printed(pharmacy, dose_id)
    for again in (None, AGAIN):
        with refused("label.unsettled", *(() if again else ("label.reprint_reason",))):
            labelling.reserve(pharmacy, dose_id, again)


def test_a_copy_that_nobody_settles_is_an_alarm(
    pharmacy: Pharmacy, dose_id: DoseId, made: MadeSite, tmp_path: Path
) -> None:
    printed(pharmacy, dose_id)

    def alarms() -> list[str]:
        found = today.alarms(pharmacy, tmp_path)
        return [alarm.record for alarm in found if alarm.kind is AlarmKind.LABELS]

    assert alarms() == []
    made.clock.advance(timedelta(minutes=31))
    assert alarms() == [f"{dose_id}/1"]
    labelling.no_label_came(pharmacy, dose_id, "jam")
    assert alarms() == []


def test_a_roll_is_accounted_for_or_a_deviation(
    pharmacy: Pharmacy, dose_id: DoseId, made: MadeSite
) -> None:
    name = MemoryPrinter().name
    with refused("label.empty_roll"):
        label_account.load_roll(pharmacy, name, 0)
    roll = label_account.load_roll(pharmacy, name, 100)[0].told(RollLoaded).roll_id
    with refused("label.roll_loaded"):
        label_account.load_roll(pharmacy, name, 100)
    printed(pharmacy, dose_id)
    labelling.no_label_came(pharmacy, dose_id, "jam")
    on_the_bag(pharmacy, dose_id)
    assert [one.printed for one in queries.rolls(pharmacy.reader)] == [1]
    with refused("label.roll_differs"):
        label_account.close_roll(pharmacy, roll, remaining=97, lost=1)
    before = len(dose_queries.deviations(pharmacy.reader))
    label_account.close_roll(pharmacy, roll, remaining=98, lost=1)
    assert len(dose_queries.deviations(pharmacy.reader)) == before
    with refused("label.no_roll"):
        label_account.close_roll(pharmacy, roll, remaining=98, lost=1)
    made.clock.advance(timedelta(minutes=1))
    other = label_account.load_roll(pharmacy, name, 50)[0].told(RollLoaded).roll_id
    label_account.close_roll(pharmacy, other, remaining=49, lost=0, because="one was torn off")
    raised = dose_queries.deviations(pharmacy.reader)
    assert [one.rule for one in raised[before:]] == ["label.roll_differs"]
    assert [(r.roll_id, r.remaining) for r in queries.rolls(pharmacy.reader)] == [
        (other, 49),
        (roll, 98),
    ]


def test_the_roll_in_another_printer_is_not_used_up(pharmacy: Pharmacy, dose_id: DoseId) -> None:
    label_account.load_roll(pharmacy, "another", 10)
    on_the_bag(pharmacy, dose_id)
    assert [one.printed for one in queries.rolls(pharmacy.reader)] == [0]
