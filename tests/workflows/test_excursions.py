"""From a time outside the limits to the kits that were there, and to a decision on each of them."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.events.excursion import Cause
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import KitState
from pharmacy_app.exchange.notices import (
    DisposalAuthorised,
    Notice,
    QuarantineDecision,
    Sender,
    write_notice,
)
from pharmacy_app.records.queries.unblinded import excursions as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import dosing, excursions, stock, storing
from pharmacy_app.workflows.excursions import Stretch
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, WANG
from tests.small_trials import CELLS, SHAM

NIGHT = timedelta(hours=8)


def around_now(desk: Desk) -> Stretch:
    now = desk.pharmacy.now()
    return now - timedelta(minutes=1), now


def state(desk: Desk, number: str) -> KitState:
    kit = kit_queries.kit(desk.pharmacy.reader, number)
    assert kit is not None
    return kit.state


def everything(desk: Desk) -> list[KitNumber]:
    return [number for kits in desk.made.kits.values() for number in kits]


def opened(desk: Desk, within: str = "") -> str:
    excursions.open_for_unit(
        desk.pharmacy, "T1", around_now(desk), "level alarm in the night", within=within
    )
    return excursions.cases(desk.pharmacy)[0].case_id


def test_every_kit_of_the_unit_waits_and_the_case_closes_with_the_last_decision(desk: Desk) -> None:
    case_id = opened(desk)
    kits = everything(desk)
    assert {state(desk, number) for number in kits} == {KitState.QUARANTINED}
    found, inside = excursions.case(desk.pharmacy, case_id)
    assert (found.cause, found.record, found.kits, found.waiting) == (Cause.UNIT, "T1", 12, 12)
    assert [kit.kit.kit_number for kit in inside] == sorted(kits)
    assert {kit.then for kit in inside} == {KitState.AVAILABLE}
    excursions.decide(
        desk.pharmacy,
        case_id,
        usable=kits[:5],
        rejected=kits[5:6],
        authorisation="QA 7",
        credential=CREDENTIALS[WANG],
    )
    assert [state(desk, number) for number in kits[4:7]] == [
        KitState.AVAILABLE,
        KitState.REJECTED,
        KitState.QUARANTINED,
    ]
    assert excursions.case(desk.pharmacy, case_id)[0].waiting == 6
    stock.decide_quarantine(
        desk.pharmacy,
        list(kits[6:]),
        usable=True,
        authorisation="QA 8",
        credential=CREDENTIALS[WANG],
    )
    closed, inside = excursions.case(desk.pharmacy, case_id)
    assert closed.closed_at == desk.pharmacy.now()
    assert sorted(kit.verdict for kit in inside) == ["rejected"] + ["usable"] * 11


def test_only_those_who_were_there_at_the_time_are_concerned(desk: Desk) -> None:
    first, *others = everything(desk)
    moved = desk.pharmacy.now() + timedelta(hours=1)
    desk.made.clock.advance(timedelta(hours=1))
    storing.stow(desk.pharmacy, Scanned(first), "T1-R2-B02-A1")
    desk.made.clock.advance(timedelta(hours=1))

    def there(began: datetime, ended: datetime, within: str) -> set[KitNumber]:
        found = excursions.stays(desk.pharmacy, "T1", began, ended, within)
        return {stay.kit.kit_number for stay in found}

    before, after = moved - timedelta(minutes=2), moved + timedelta(minutes=2)
    assert there(before, before, "T1-R1") == {first, *others}
    assert there(after, after, "T1-R1") == set(others)
    assert there(before, before, "T1-R2") == set()
    assert there(before, after, "T1-R2-B02") == {first}
    assert there(before, after, "T1-R2-B0") == set()
    early = moved - timedelta(days=30)
    assert there(early, early, "") == set()


def test_a_kit_used_since_is_told_and_not_held_back_while_an_assigned_one_waits(desk: Desk) -> None:
    times = around_now(desk)
    for subject, step in (("01-001", dosing.take_out), ("01-002", None)):
        pharmacies.enrolled(desk.made, desk.pharmacy, subject, "A")
        dose_id = dosing.open_dose(desk.pharmacy, subject, "W0")
        number = dosing.assign(desk.pharmacy, dose_id).kit.kit_number
        dosing.scan_kit(desk.pharmacy, dose_id, Scanned(number))
        if step is not None:
            used = number
            desk.made.clock.advance(timedelta(minutes=1))
            step(desk.pharmacy, dose_id)
    excursions.open_for_unit(desk.pharmacy, "T1", times, "lid stood open")
    assert (state(desk, used), state(desk, number)) == (
        KitState.OUT_OF_STORAGE,
        KitState.QUARANTINED,
    )
    case_id = excursions.cases(desk.pharmacy)[0].case_id
    verdicts = {
        kit.kit.kit_number: (kit.then, kit.verdict)
        for kit in queries.kits_of(desk.pharmacy.reader, case_id)
    }
    assert verdicts[used] == (KitState.OUT_OF_STORAGE, "touched")
    assert verdicts[number] == (KitState.ASSIGNED, "waiting")
    excursions.decide(
        desk.pharmacy,
        case_id,
        usable=[number],
        rejected=[],
        authorisation="QA 9",
        credential=CREDENTIALS[WANG],
    )
    assert state(desk, number) is KitState.ASSIGNED


def test_kits_left_on_the_bench_are_named_one_by_one(desk: Desk) -> None:
    numbers = [desk.made.kits[CELLS][0], desk.made.kits[SHAM][0]]
    excursions.open_for_kits(
        desk.pharmacy, [Scanned(n) for n in numbers], around_now(desk), "box left out, 20 min"
    )
    found = excursions.cases(desk.pharmacy)[0]
    assert (found.cause, found.kits, found.waiting) == (Cause.HANDLING, 2, 2)
    assert queries.cases_of(desk.pharmacy.reader, numbers[0]) == [found.case_id]
    assert state(desk, desk.made.kits[CELLS][1]) is KitState.AVAILABLE


def test_what_no_case_is_opened_for(desk: Desk) -> None:
    began, ended = around_now(desk)
    with refused("excursion.no_reason"):
        excursions.open_for_unit(desk.pharmacy, "T1", (began, ended), " ")
    with refused("excursion.times"):
        excursions.open_for_unit(desk.pharmacy, "T1", (ended, began), "alarm")
    with refused("excursion.no_kits"):
        excursions.open_for_unit(desk.pharmacy, "T1", (began, ended), "alarm", within="T1-R2")
    to_come = ended + timedelta(hours=1)
    with refused("excursion.to_come"):
        excursions.open_for_unit(desk.pharmacy, "T1", (to_come, to_come), "alarm")
    assert excursions.cases(desk.pharmacy) == []


def test_what_is_no_decision(desk: Desk) -> None:
    case_id = opened(desk)
    first, second, *_ = everything(desk)
    outside = KitNumber("NOTHERE")
    with refused("excursion.not_waiting", "excursion.both_ways", "kit.no_authorisation"):
        excursions.decide(
            desk.pharmacy,
            case_id,
            usable=[first, second, outside],
            rejected=[second],
            authorisation=" ",
            credential=CREDENTIALS[WANG],
        )
    with refused("kit.none_chosen"):
        excursions.decide(
            desk.pharmacy,
            case_id,
            usable=[],
            rejected=[],
            authorisation="QA",
            credential=CREDENTIALS[WANG],
        )
    with refused("excursion.unknown"):
        excursions.case(desk.pharmacy, "E-NONE")
    assert {state(desk, number) for number in everything(desk)} == {KitState.QUARANTINED}


def test_a_kit_in_two_cases_waits_in_both_until_it_is_decided_on(desk: Desk) -> None:
    first = opened(desk, "T1-R1-B01-A1")
    desk.made.clock.advance(timedelta(minutes=1))
    second = opened(desk)
    number = queries.kits_of(desk.pharmacy.reader, first)[0].kit.kit_number
    excursions.decide(
        desk.pharmacy,
        second,
        usable=[number],
        rejected=[],
        authorisation="QA",
        credential=CREDENTIALS[WANG],
    )
    told = [excursions.case(desk.pharmacy, case)[0] for case in (first, second)]
    assert [(case.waiting, case.closed_at is None) for case in told] == [(0, False), (11, True)]


@pytest.mark.parametrize("within", ["T1-R1-B01", "T1-R1", ""])
def test_every_way_of_narrowing_finds_the_same_kits_in_one_box(desk: Desk, within: str) -> None:
    began, ended = around_now(desk)
    found = excursions.stays(desk.pharmacy, "T1", began, ended, within)
    assert len({stay.kit.kit_number for stay in found}) == 12


def notice(desk: Desk, told: Notice, *, key: bytes = b"") -> bytes:
    sender = Sender(
        signing_key=key or desk.made.sponsor_key,
        recipient=desk.made.site_public_key,
        trial=desk.pharmacy.trial.code,
        site=desk.pharmacy.site.code,
        number=77,
    )
    now = desk.pharmacy.now()
    return write_notice(told, sender, now, now + timedelta(days=30))


def test_the_sponsors_signed_notice_decides_and_is_kept(desk: Desk) -> None:
    case_id = opened(desk)
    kits = everything(desk)
    told = QuarantineDecision(usable=tuple(kits[1:]), rejected=(kits[0],), reference="QA 7")
    raw = notice(desk, told)
    excursions.decide_by_notice(desk.pharmacy, case_id, raw, CREDENTIALS[WANG])
    assert [state(desk, number) for number in kits[:2]] == [
        KitState.REJECTED,
        KitState.AVAILABLE,
    ]
    assert excursions.case(desk.pharmacy, case_id)[0].closed_at is not None
    _, kept = desk.pharmacy.ledger.attachment(sha256(raw).digest())
    assert kept == raw


def test_a_notice_that_is_altered_foreign_or_about_something_else_decides_nothing(
    desk: Desk,
) -> None:
    case_id = opened(desk)
    kits = everything(desk)
    told = QuarantineDecision(usable=tuple(kits), reference="QA 7")
    raw = notice(desk, told)
    stranger = Ed25519PrivateKey.generate().private_bytes_raw()
    another = DisposalAuthorised(kits=tuple(kits), way=Way.DESTROYED, reference="D 1")
    for wrong, rule in (
        (raw[:-1] + bytes([raw[-1] ^ 1]), "bundle.altered"),
        (notice(desk, told, key=stranger), "bundle.foreign_sender"),
        (notice(desk, another), "notice.another_kind"),
    ):
        with refused(rule):
            excursions.decide_by_notice(desk.pharmacy, case_id, wrong, CREDENTIALS[WANG])
    assert len(excursions.waiting(desk.pharmacy, case_id)) == 12
