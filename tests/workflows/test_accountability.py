"""The account: equal to the shelf at every past moment, and closed with every kit explained."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.accountability import FATES, Fate
from pharmacy_app.domain.events.accountability import SiteReconciled
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber, SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import accountability as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded.accountability import Scope
from pharmacy_app.workflows import (
    account_papers,
    accountability,
    custody,
    disposal,
    dosing,
    receiving,
    stock,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.documents.test_catalogue import text_of
from tests.pharmacies import CREDENTIALS, LI, SHIPMENT, WANG, MadeSite
from tests.replays import shelf_then
from tests.small_trials import CELLS, SHAM

MINE, HERS = CREDENTIALS[WANG], CREDENTIALS[LI]


def lived(desk: Desk) -> list[datetime]:
    """Let kits be given, wasted, kept, destroyed, sent back and transferred; return moments between."""
    made, pharmacy = desk.made, desk.pharmacy
    kits, moments = made.kits[CELLS], [pharmacy.now()]

    def later() -> None:
        moments.append(pharmacy.now())
        made.clock.advance(timedelta(hours=1))

    later()
    pharmacies.enrolled(made, pharmacy, "01-001", "A")
    dose_id = pharmacies.handed_over(made, pharmacy, "01-001")
    later()
    pharmacies.reported(made, pharmacy, dose_id)
    later()
    custody.take_back(pharmacy, dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Nurse Qian")
    later()
    disposal.waste(pharmacy, [kits[4]], "box fell", (MINE, HERS))
    later()
    disposal.keep_reserve(pharmacy, [kits[3]], "retain", "P-9", MINE)
    later()
    used = str(dosing.dose(pharmacy, dose_id).kit)
    for way, kits_, to_site in (
        (Way.DESTROYED, [kits[4], used, kits[3]], ""),
        (Way.TRANSFERRED, [kits[5]], "02"),
        (Way.SENT_BACK, [kits[1], *made.kits[SHAM]], ""),
    ):
        list_id = disposal.open_list(pharmacy, way, kits_, "end of trial", to_site=to_site)
        disposal.authorise(pharmacy, list_id, "S-1", MINE)
        later()
        if way is Way.DESTROYED:
            disposal.destroy(pharmacy, list_id, "incinerated", "hospital", (MINE, HERS))
        else:
            disposal.send(pharmacy, list_id, "SF", "CASE-1", MINE)
        later()
    return moments


def test_the_balance_is_the_shelf_at_every_past_moment(desk: Desk) -> None:
    moments = lived(desk)
    reader = desk.pharmacy.reader
    moments += [moment - timedelta(minutes=1) for moment in moments]
    told = set()
    for then in moments:
        shelf = shelf_then(desk.pharmacy, then)
        for kit_type in (CELLS, SHAM):
            balance = queries.balance(reader, Scope(kit_type=kit_type, until=then))
            assert balance == shelf[kit_type]
            log = queries.movements_of(reader, Scope(kit_type=kit_type, until=then))
            assert (log[-1].balance if log else 0) == balance
            told.add((kit_type, balance))
    assert len(told) > 8
    now = desk.pharmacy.now()
    for scope in (Scope(until=now), Scope(lot="L-MSC", until=now)):
        assert queries.balance(reader, scope) == queries.shelf_of(reader, scope)


def test_a_subjects_log_holds_their_kits_alone(desk: Desk) -> None:
    lived(desk)
    log = queries.movements_of(desk.pharmacy.reader, Scope(subject=SubjectId("01-001")))
    assert [line.kind for line in log] == ["dispensed", "returned", "destroyed"]
    assert len({line.kit_number for line in log}) == 1
    assert queries.stowed(desk.pharmacy.reader, Scope(subject=SubjectId("01-001"))) == []


def test_a_lots_log_holds_its_kits_and_when_they_were_put_away(desk: Desk) -> None:
    scope = Scope(lot="L-MSC")
    log = queries.movements_of(desk.pharmacy.reader, scope)
    assert {line.kit_number for line in log} == set(desk.made.kits[CELLS])
    stowed = queries.stowed(desk.pharmacy.reader, scope)
    assert [line.kit_number for line in stowed] == desk.made.kits[CELLS]
    assert {(line.kind, line.actor_name) for line in stowed} == {("stowed", "王药师 Wang")}


def test_each_kit_that_keeps_the_account_open_is_named_with_what_to_do(desk: Desk) -> None:
    made, pharmacy = desk.made, desk.pharmacy
    pharmacies.enrolled(made, pharmacy, "01-001", "A")
    pharmacies.enrolled(made, pharmacy, "01-002", "B")
    given = pharmacies.handed_over(made, pharmacy, "01-001")
    bench = pharmacies.thawed(made, pharmacy, "01-002")
    rules = {reason.rule for reason in accountability.reconcile(pharmacy).unexplained}
    assert rules == {"account.on_ward", "account.on_bench", "account.on_shelf"}
    pharmacies.reported(made, pharmacy, given)
    dosing.stop(pharmacy, bench, "fell")
    left = sorted({*made.kits[CELLS], *made.kits[SHAM]})
    free = [n for n in left if _state(desk, n) is KitState.AVAILABLE]
    list_id = disposal.open_list(pharmacy, Way.SENT_BACK, free, "end")
    account = accountability.reconcile(pharmacy)
    found = {reason.record: reason.rule for reason in account.unexplained}
    assert set(found.values()) == {
        "account.list_open",
        "account.remains_untold",
        "account.remains_held",
    }
    assert set(found) == set(left)
    with refused(*(reason.rule for reason in account.unexplained)):
        accountability.close(pharmacy, "", MINE)
    disposal.authorise(pharmacy, list_id, "S-1", MINE)
    disposal.send(pharmacy, list_id, "SF", "CASE-1", MINE)
    custody.take_back(pharmacy, given, Remains.EMPTY, left_ml=Decimal(0), brought_by="Qian")
    held = [n for n in left if n not in free]
    last = disposal.open_list(pharmacy, Way.DESTROYED, held, "end")
    disposal.authorise(pharmacy, last, "S-2", MINE)
    disposal.destroy(pharmacy, last, "incinerated", "hospital", (MINE, HERS))
    account = accountability.reconcile(pharmacy)
    assert (account.unexplained, account.adds_up, account.received) == ((), True, 12)
    told = {fate: n for fate, n in account.fates.items() if n}
    assert told == {Fate.GIVEN: 1, Fate.WASTED: 1, Fate.SENT_BACK: 10}
    closed = accountability.close(pharmacy, "site closed", MINE)[0]
    assert isinstance(closed.event, SiteReconciled)
    assert [s.meaning for s in closed.signatures] == ["reviewed"]
    assert [one.seq for one in accountability.closings(pharmacy)] == [closed.seq]
    assert "Closing statement" in text_of(account_papers.reconciliation(pharmacy).pdf)


def test_a_closing_stands_on_no_paper_once_a_kit_has_come_since(unstocked: MadeSite) -> None:
    with unstocked.signed_in() as opened:
        pharmacy = opened.pharmacy
        for number in [n for kits in unstocked.kits.values() for n in kits]:
            accountability.explain(pharmacy, Scanned(number), "cancelled, S-4", MINE)
        accountability.close(pharmacy, "", MINE)
        assert "Closing statement" in text_of(account_papers.reconciliation(pharmacy).pdf)
        pharmacies.stock_shelf(unstocked, pharmacy)
        assert "Closing statement" not in text_of(account_papers.reconciliation(pharmacy).pdf)


def _state(desk: Desk, number: KitNumber) -> KitState:
    found = kit_queries.kit(desk.pharmacy.reader, number)
    assert found is not None
    return found.state


def test_a_kit_that_came_is_not_explained_away(desk: Desk) -> None:
    with refused("account.came"):
        accountability.explain(
            desk.pharmacy, Scanned(desk.made.kits[CELLS][0]), "lost in transit", MINE
        )


@pytest.fixture
def unstocked(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    return pharmacies.make_site(tmp_path_factory.mktemp("bare") / "site", kits_of_each=2)


def test_what_never_arrived_or_was_missing_is_not_received(unstocked: MadeSite) -> None:
    with unstocked.signed_in() as opened:
        pharmacy = opened.pharmacy
        account = accountability.reconcile(pharmacy)
        assert {r.rule for r in account.unexplained} == {"account.never_arrived"}
        assert (account.listed, account.received) == (4, 0)
        numbers = [n for kits in unstocked.kits.values() for n in kits]
        with refused("disposal.no_reason"):
            accountability.explain(pharmacy, Scanned(numbers[0]), " ", MINE)
        for number in numbers:
            accountability.explain(pharmacy, Scanned(number), "cancelled, S-4", MINE)
        account = accountability.reconcile(pharmacy)
        assert (account.unexplained, account.fates[Fate.NEVER_ARRIVED]) == ((), 4)
        accountability.close(pharmacy, "", MINE)
        receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        for number in numbers:
            found = Condition.MISSING if number == numbers[0] else Condition.INTACT
            receiving.examine(pharmacy, SHIPMENT, Scanned(number), found)
        receiving.sign_receipt(pharmacy, SHIPMENT, MINE)
        account = accountability.reconcile(pharmacy)
        assert (account.received, account.fates[Fate.MISSING]) == (3, 1)
        assert {r.rule for r in account.unexplained} == {"account.on_shelf"}


def test_a_quarantined_kit_is_on_the_shelf_and_every_state_has_a_fate(desk: Desk) -> None:
    assert set(FATES) == set(KitState)
    number = desk.made.kits[CELLS][0]
    stock.quarantine(desk.pharmacy, Scanned(number), "frost")
    account = accountability.reconcile(desk.pharmacy)
    assert account.fates[Fate.ON_SHELF] == account.received == 12
