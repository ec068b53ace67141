"""The ways out, from the empty bag to the certificate: what is lawful, and what is refused."""

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from pharmacy_app.domain.events.disposal import DisposalListed, KitsDestroyed, Remains, Way
from pharmacy_app.domain.ids import DisposalId, DoseId, KitNumber, PersonId, SiteCode
from pharmacy_app.domain.kits import Disposal, Kit, KitState
from pharmacy_app.domain.trial import Accounting
from pharmacy_app.exchange.notices import (
    DisposalAuthorised,
    Notice,
    Sender,
    UnblindingAuthorised,
    write_notice,
)
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import custody, deviations, disposal, dosing, stock
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, opened_dose, refused
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite
from tests.small_trials import CELLS, SITE, STAGE

MINE, HERS = CREDENTIALS[WANG], CREDENTIALS[LI]
BOTH = (MINE, HERS)


def kit(desk: Desk, number: str) -> Kit:
    found = kit_queries.kit(desk.pharmacy.reader, number)
    assert found is not None
    return found


def numbers(desk: Desk) -> list[KitNumber]:
    return desk.made.kits[CELLS]


def rejected(desk: Desk, *kits: str) -> None:
    for number in kits:
        stock.quarantine(desk.pharmacy, Scanned(number), "frost")
    stock.decide_quarantine(
        desk.pharmacy, list(kits), usable=False, authorisation="QA-1", credential=MINE
    )


def given(desk: Desk, subject: str = "01-001", left: str = "0") -> DoseId:
    pharmacies.enrolled(desk.made, desk.pharmacy, subject, "A")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    desk.made.clock.advance(timedelta(hours=1))
    now = desk.pharmacy.now()
    custody.report_infusion(
        desk.pharmacy,
        dose_id,
        started_at=now - timedelta(minutes=50),
        ended_at=now,
        not_infused_ml=Decimal(left),
        reported_by="Nurse Qian",
    )
    return dose_id


def notice(made: MadeSite, told: Notice) -> bytes:
    sender = Sender(made.sponsor_key, made.site_public_key, "TEST-1", SITE, 7)
    now = made.clock.now()
    return write_notice(told, sender, now, now + timedelta(days=30))


def authorised(desk: Desk, way: Way, *kits: str, to_site: str = "") -> DisposalId:
    list_id = disposal.open_list(desk.pharmacy, way, kits, "end of trial", to_site=to_site)
    disposal.authorise(desk.pharmacy, list_id, "S-1 of 2026-11-22", MINE)
    return list_id


# What comes back from the ward


def test_an_empty_bag_waits_to_be_destroyed_and_never_re_enters_the_balance(desk: Desk) -> None:
    dose_id = given(desk)
    before = accountability.on_shelf(desk.pharmacy.reader, CELLS)
    custody.take_back(
        desk.pharmacy, dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Nurse Qian"
    )
    used = kit(desk, str(dosing.dose(desk.pharmacy, dose_id).kit))
    assert (used.state, used.disposal) == (KitState.INFUSED, Disposal.HELD)
    log = accountability.movements(desk.pharmacy.reader, CELLS)
    assert (log[-1].kind, log[-1].quantity, log[-1].balance) == ("returned", 0, before)
    assert [one.kit.kit_number for one in queries.given(desk.pharmacy.reader)] == []


def test_a_bag_that_the_ward_destroyed_is_gone_without_a_list(desk: Desk) -> None:
    dose_id = given(desk, left="20")
    assert [one.dose_id for one in queries.given(desk.pharmacy.reader)] == [dose_id]
    custody.take_back(
        *(desk.pharmacy, dose_id, Remains.DESTROYED_ON_WARD),
        left_ml=Decimal(0),
        brought_by="Nurse Qian",
        remarks="autoclaved",
    )
    used = kit(desk, str(dosing.dose(desk.pharmacy, dose_id).kit))
    assert (used.state, used.disposal) == (KitState.PARTLY_INFUSED, Disposal.DESTROYED)
    with refused("disposal.gone"):
        disposal.open_list(desk.pharmacy, Way.DESTROYED, [used.kit_number], "again")


@pytest.mark.parametrize(
    ("remains", "left", "who", "rules"),
    [
        (Remains.PARTLY_USED, "0", "Qian", ["custody.left_volume"]),
        (Remains.PARTLY_USED, "100.1", "Qian", ["custody.left_volume"]),
        (Remains.EMPTY, "3", " ", ["custody.nothing_left", "custody.no_returner"]),
    ],
)
def test_what_cannot_be_right_about_a_bag_is_refused(
    desk: Desk, remains: Remains, left: str, who: str, rules: list[str]
) -> None:
    dose_id = given(desk)
    with refused(*rules):
        custody.take_back(desk.pharmacy, dose_id, remains, left_ml=Decimal(left), brought_by=who)


def test_what_is_left_is_told_once_and_after_the_report(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, "01-001")
    back = (desk.pharmacy, dose_id, Remains.EMPTY)
    with refused("custody.not_infused"):
        custody.take_back(*back, left_ml=Decimal(0), brought_by="Qian")
    pharmacies.reported(desk.made, desk.pharmacy, dose_id)
    custody.take_back(*back, left_ml=Decimal(0), brought_by="Qian")
    with refused("custody.remains_before"):
        custody.take_back(*back, left_ml=Decimal(0), brought_by="Qian")


# Waste and reserve samples


def test_a_thawed_box_is_wasted_before_a_witness_and_leaves_the_balance(desk: Desk) -> None:
    box = numbers(desk)[:3]
    with refused("disposal.no_witness"):
        disposal.waste(desk.pharmacy, box, "box fell", [MINE])
    with refused("people.same_person"):
        disposal.waste(desk.pharmacy, box, "box fell", [MINE, MINE])
    appended = disposal.waste(desk.pharmacy, box, "box fell", BOTH)
    assert [s.meaning for s in appended[0].signatures] == ["authorised", "witnessed"]
    assert {(kit(desk, n).state, kit(desk, n).disposal) for n in box} == {
        (KitState.WASTED, Disposal.HELD)
    }
    log = accountability.movements(desk.pharmacy.reader, CELLS)
    assert log[-1].balance == accountability.on_shelf(desk.pharmacy.reader, CELLS) == 3


def test_a_kit_that_a_dose_waits_for_is_not_wasted_nor_listed_nor_kept(desk: Desk) -> None:
    _, number = opened_dose(desk)
    with refused("disposal.dose_waits"):
        disposal.waste(desk.pharmacy, [number], "fell", BOTH)
    with refused("disposal.dose_waits"):
        disposal.open_list(desk.pharmacy, Way.SENT_BACK, [number], "asked for")
    with refused("disposal.dose_waits"):
        disposal.keep_reserve(desk.pharmacy, [number], "retain", "P-9", MINE)


def test_nothing_is_wasted_without_kits_and_a_reason(desk: Desk) -> None:
    with refused("kit.none_chosen", "disposal.no_reason"):
        disposal.waste(desk.pharmacy, [], " ", BOTH)


def test_a_reserve_sample_comes_back_only_through_quarantine_and_a_decision(desk: Desk) -> None:
    number = numbers(desk)[0]
    with refused("disposal.no_reason", "disposal.no_reference"):
        disposal.keep_reserve(desk.pharmacy, [number], "", "", MINE)
    disposal.keep_reserve(desk.pharmacy, [number], "retain sample", "P-9", MINE)
    assert kit(desk, number).state is KitState.RESERVE
    with refused("kit.no_way"):
        disposal.keep_reserve(desk.pharmacy, [number], "again", "P-9", MINE)
    with refused("kit.no_way", "kit.not_in_quarantine"):
        stock.decide_quarantine(
            desk.pharmacy, [number], usable=True, authorisation="Q", credential=MINE
        )
    stock.quarantine(desk.pharmacy, Scanned(number), "taken back")
    stock.decide_quarantine(
        desk.pharmacy, [number], usable=True, authorisation="Q", credential=MINE
    )
    assert kit(desk, number).state is KitState.AVAILABLE


# Destruction


def test_a_list_is_authorised_and_destroyed_before_a_witness(desk: Desk) -> None:
    shelf, used = numbers(desk)[5], given(desk)
    rejected(desk, shelf)
    custody.take_back(
        desk.pharmacy, used, Remains.PARTLY_USED, left_ml=Decimal(3), brought_by="Qian"
    )
    remains = str(dosing.dose(desk.pharmacy, used).kit)
    assert {
        k.kit_number for k in queries.to_dispose(desk.pharmacy.reader, desk.pharmacy.now())
    } == {
        shelf,
        remains,
    }
    list_id = disposal.open_list(desk.pharmacy, Way.DESTROYED, [shelf, remains], "end of trial")
    with refused("disposal.not_authorised"):
        disposal.destroy(desk.pharmacy, list_id, "incinerated", "hospital", BOTH)
    disposal.authorise(desk.pharmacy, list_id, "S-1", MINE)
    with refused("disposal.not_pending"):
        disposal.authorise(desk.pharmacy, list_id, "S-1", MINE)
    with refused("people.same_person", "disposal.how_and_where"):
        disposal.destroy(desk.pharmacy, list_id, "incinerated", " ", (MINE, MINE))
    with refused("disposal.wrong_way"):
        disposal.send(desk.pharmacy, list_id, "SF", "CASE-1", MINE)
    disposal.destroy(desk.pharmacy, list_id, "incinerated", "hospital", BOTH)
    assert kit(desk, shelf).state is KitState.DESTROYED
    assert kit(desk, remains).state is KitState.INFUSED
    assert {kit(desk, n).disposal for n in (shelf, remains)} == {Disposal.DESTROYED}
    log = accountability.movements(desk.pharmacy.reader, CELLS)
    assert sorted((m.kind, m.quantity) for m in log[-2:]) == [("destroyed", -1), ("destroyed", 0)]
    assert log[-1].balance == accountability.on_shelf(desk.pharmacy.reader, CELLS)
    with refused("disposal.closed"):
        disposal.destroy(desk.pharmacy, list_id, "incinerated", "hospital", BOTH)
    with refused("disposal.gone", "disposal.gone"):
        disposal.open_list(desk.pharmacy, Way.DESTROYED, [shelf, remains], "twice")


def test_usable_kits_are_sent_back_but_never_destroyed(desk: Desk) -> None:
    number = numbers(desk)[0]
    with refused("disposal.too_good"):
        disposal.open_list(desk.pharmacy, Way.DESTROYED, [number], "end of trial")
    list_id = authorised(desk, Way.SENT_BACK, number)
    with refused("disposal.no_carrier"):
        disposal.send(desk.pharmacy, list_id, "SF", "", MINE)
    disposal.send(desk.pharmacy, list_id, "SF Express", "CASE-1", MINE)
    gone = kit(desk, number)
    assert (gone.state, gone.disposal, gone.position) == (
        KitState.SENT_BACK,
        Disposal.SENT_BACK,
        None,
    )


def test_an_expired_kit_is_destroyed_and_one_at_the_bench_is_not(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.thawed(desk.made, desk.pharmacy, "01-001")
    bench = str(dosing.dose(desk.pharmacy, dose_id).kit)
    with refused("disposal.not_here"):
        disposal.open_list(desk.pharmacy, Way.DESTROYED, [bench], "end")
    desk.made.clock.advance(timedelta(days=400))
    expired = numbers(desk)[-1]
    disposal.open_list(desk.pharmacy, Way.DESTROYED, [expired], "expired")
    with refused("disposal.listed_before"):
        disposal.open_list(desk.pharmacy, Way.DESTROYED, [expired], "expired")


def test_a_kit_on_a_list_is_given_to_nobody_until_it_is_struck(desk: Desk) -> None:
    numbers_ = numbers(desk)
    list_id = disposal.open_list(desk.pharmacy, Way.SENT_BACK, numbers_, "recalled by letter")
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    with refused("kit.none_usable"):
        dosing.assign(desk.pharmacy, dose_id)
    with refused("disposal.not_on_list", "disposal.no_reason"):
        disposal.strike(desk.pharmacy, list_id, Scanned(desk.made.kits["PLA"][0]), "")  # type: ignore[index] # plain str
    disposal.strike(desk.pharmacy, list_id, Scanned(numbers_[2]), "needed")
    assert kit(desk, numbers_[2]).disposal is Disposal.NONE
    assert dosing.assign(desk.pharmacy, dose_id).kit.kit_number == numbers_[2]


def test_the_last_kit_is_not_struck_but_the_list_dropped(desk: Desk) -> None:
    rejected(desk, numbers(desk)[0])
    dose_id = given(desk)
    custody.take_back(desk.pharmacy, dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Qian")
    used = str(dosing.dose(desk.pharmacy, dose_id).kit)
    list_id = disposal.open_list(desk.pharmacy, Way.DESTROYED, [numbers(desk)[0], used], "x")
    disposal.strike(desk.pharmacy, list_id, Scanned(numbers(desk)[0]), "sponsor asked")
    with refused("disposal.last_kit"):
        disposal.strike(desk.pharmacy, list_id, Scanned(used), "sponsor asked")
    disposal.drop(desk.pharmacy, list_id, "sponsor asked")
    assert kit(desk, used).disposal is Disposal.HELD
    with refused("disposal.closed"):
        disposal.drop(desk.pharmacy, list_id, "again")
    with refused("disposal.unknown"):
        disposal.drop(desk.pharmacy, DisposalId("DL-NONE"), "again")


def test_a_kit_that_is_quarantined_meanwhile_may_still_be_sent_back(desk: Desk) -> None:
    first, second = numbers(desk)[:2]
    list_id = authorised(desk, Way.SENT_BACK, first, second)
    stock.quarantine(desk.pharmacy, Scanned(first), "frost")
    disposal.send(desk.pharmacy, list_id, "SF", "CASE-1", MINE)
    assert kit(desk, first).state is KitState.SENT_BACK


def test_a_transfer_whose_kits_were_quarantined_meanwhile_names_each(desk: Desk) -> None:
    first, second, third = numbers(desk)[:3]
    list_id = authorised(desk, Way.TRANSFERRED, first, second, third, to_site="02")
    for number in (first, second):
        stock.quarantine(desk.pharmacy, Scanned(number), "alarm of the tank")
    with refused("disposal.not_for_transfer", "disposal.not_for_transfer"):
        disposal.send(desk.pharmacy, list_id, "SF", "CASE-1", MINE)
    for number in (first, second):
        disposal.strike(desk.pharmacy, list_id, Scanned(number), "in quarantine")
    disposal.send(desk.pharmacy, list_id, "SF", "CASE-1", MINE)
    assert kit(desk, third).state is KitState.TRANSFERRED
    assert kit(desk, first).state is KitState.QUARANTINED
    assert kit(desk, first).disposal is Disposal.NONE


@pytest.mark.parametrize(
    ("way", "to_site", "rule"),
    [
        (Way.TRANSFERRED, "", "disposal.no_other_site"),
        (Way.TRANSFERRED, "01", "disposal.no_other_site"),
        (Way.SENT_BACK, "02", "disposal.no_transfer"),
    ],
)
def test_only_a_transfer_names_another_site(desk: Desk, way: Way, to_site: str, rule: str) -> None:
    with refused(rule):
        disposal.open_list(desk.pharmacy, way, numbers(desk)[:1], "x", to_site=to_site)


# The sponsor's notice


def test_a_notice_authorises_the_very_kits_and_the_way_it_names(desk: Desk) -> None:
    first, second, third = numbers(desk)[:3]
    list_id = disposal.open_list(desk.pharmacy, Way.SENT_BACK, [first, second], "asked for")
    told = DisposalAuthorised(kits=(first, third), way=Way.DESTROYED, reference="N-1")
    with refused("disposal.other_kits", "disposal.other_way"):
        disposal.authorise_by_notice(desk.pharmacy, list_id, notice(desk.made, told), MINE)
    told = DisposalAuthorised(kits=(second, first), way=Way.SENT_BACK, reference="N-1")
    disposal.authorise_by_notice(desk.pharmacy, list_id, notice(desk.made, told), MINE)
    assert disposal.one_list(desk.pharmacy, list_id).reference == "N-1"


def test_a_notice_about_something_else_or_another_site_authorises_nothing(desk: Desk) -> None:
    list_id = disposal.open_list(
        desk.pharmacy, Way.TRANSFERRED, numbers(desk)[:1], "asked for", to_site="02"
    )
    other = UnblindingAuthorised(subject_id="01-001", stage=STAGE, reference="N-1")  # type: ignore[arg-type] # plain str
    with refused("notice.another_kind"):
        disposal.authorise_by_notice(desk.pharmacy, list_id, notice(desk.made, other), MINE)
    told = DisposalAuthorised(
        kits=tuple(numbers(desk)[:1]), way=Way.TRANSFERRED, to_site=SiteCode("03"), reference="N-2"
    )
    with refused("disposal.other_way"):
        disposal.authorise_by_notice(desk.pharmacy, list_id, notice(desk.made, told), MINE)


def test_where_the_protocol_asks_for_a_notice_a_reference_is_not_enough(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = msgspec.structs.replace(
        desk.pharmacy.trial, accounting=Accounting(notice_required=True)
    )
    list_id = disposal.open_list(desk.pharmacy, Way.SENT_BACK, numbers(desk)[:1], "asked for")
    monkeypatch.setattr(type(desk.pharmacy), "trial", strict)
    with refused("disposal.notice_required"):
        disposal.authorise(desk.pharmacy, list_id, "S-1", MINE)
    told = DisposalAuthorised(kits=tuple(numbers(desk)[:1]), way=Way.SENT_BACK, reference="N-1")
    appended = disposal.authorise_by_notice(desk.pharmacy, list_id, notice(desk.made, told), MINE)
    assert appended.changed == {"disposal"}


# What crosses other acts


def test_a_kit_given_from_the_shelf_by_mistake_is_off_its_list(desk: Desk) -> None:
    dose_id = given(desk)
    listed = [n for n in numbers(desk) if kit(desk, n).state is KitState.AVAILABLE][:1]
    list_id = authorised(desk, Way.SENT_BACK, *listed)
    deviations.report_wrong_kit(
        desk.pharmacy, dose_id, Scanned(listed[0]), "trays were changed", MINE
    )
    assert kit(desk, listed[0]).disposal is Disposal.NONE
    with refused("disposal.empty"):
        disposal.send(desk.pharmacy, list_id, "SF", "CASE-1", MINE)
    disposal.drop(desk.pharmacy, list_id, "the kit was given")
    custody.take_back(desk.pharmacy, dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Qian")
    assert kit(desk, listed[0]).disposal is Disposal.HELD


def test_a_bag_destroyed_before_the_mistake_was_known_is_not_held_again(desk: Desk) -> None:
    dose_id = given(desk)
    custody.take_back(desk.pharmacy, dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Qian")
    used = str(dosing.dose(desk.pharmacy, dose_id).kit)
    list_id = authorised(desk, Way.DESTROYED, used)
    disposal.destroy(desk.pharmacy, list_id, "incinerated", "hospital", BOTH)
    other = next(n for n in numbers(desk) if kit(desk, n).state is KitState.AVAILABLE)
    deviations.report_wrong_kit(desk.pharmacy, dose_id, Scanned(other), "trays", MINE)
    assert (kit(desk, used).state, kit(desk, used).disposal) == (
        KitState.WASTED,
        Disposal.DESTROYED,
    )


def test_the_ledger_tells_who_destroyed_what_and_who_saw_it(desk: Desk) -> None:
    rejected(desk, numbers(desk)[0])
    list_id = authorised(desk, Way.DESTROYED, numbers(desk)[0])
    disposal.destroy(desk.pharmacy, list_id, "incinerated", "hospital", BOTH)
    history = desk.pharmacy.ledger.history(f"disposal/{list_id}")
    assert isinstance(history[0].event, DisposalListed)
    last = history[-1]
    assert isinstance(last.event, KitsDestroyed)
    assert [(s.signer, s.meaning.value) for s in last.signatures] == [
        (WANG, "authorised"),
        (LI, "witnessed"),
    ]


def test_one_without_the_right_cannot_witness(desk: Desk) -> None:
    stranger = Credential(PersonId("nobody"), "x")
    with refused("people.unknown"):
        disposal.waste(desk.pharmacy, numbers(desk)[:1], "fell", (MINE, stranger))
