"""Storage at the desk: places, blocked ones, moves with one signature, time out of storage."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.storage import BlockReason, MovesSigned
from pharmacy_app.domain.ids import KitNumber, PositionId
from pharmacy_app.domain.kits import Kit, KitState, unusable
from pharmacy_app.domain.locations import (
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    UnitDetails,
)
from pharmacy_app.domain.out_of_storage import Spell, TimeOut, times_out
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.workflows import dosing, moving, preparation, site, stock, storing
from pharmacy_app.workflows.kit_story import kit_story
from pharmacy_app.workflows.moving import Staged
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, opened_dose, refused, scan
from tests.pharmacies import CREDENTIALS, WANG, MadeSite
from tests.small_trials import CELLS

TRAY = "T1-R2-B01"


def kit(desk: Desk, number: str) -> Kit:
    found = kit_queries.kit(desk.pharmacy.reader, number)
    assert found is not None
    return found


def place(desk: Desk, number: str) -> str:
    return str(kit(desk, number).position)


def numbers(desk: Desk) -> list[KitNumber]:
    return desk.made.kits[CELLS]


def taken_out(desk: Desk) -> tuple[str, KitNumber]:
    dose_id, number = opened_dose(desk)
    scan(desk, dose_id, number)
    dosing.take_out(desk.pharmacy, dose_id)  # type: ignore[arg-type] # plain str
    return dose_id, number


def test_a_kit_is_put_where_its_unit_writes_the_place(desk: Desk) -> None:
    labels = Labelling(PlaceLabels.BY_ROW, False, GroupLabels.LETTERS, GroupLabels.LETTERS)
    size = Capacity("T2", racks=2, boxes=2, rows=3, columns=3)
    site.add_storage_unit(
        desk.pharmacy, size, "Tank 2", Decimal(-150), UnitDetails(labelling=labels)
    )
    storing.stow(desk.pharmacy, Scanned(numbers(desk)[0]), "t2-b-a-6")
    assert place(desk, numbers(desk)[0]) == "T2-R2-B01-B3"


def test_a_frozen_kit_is_refused_by_a_refrigerator_and_never_proposed_one(desk: Desk) -> None:
    number = numbers(desk)[0]
    size = Capacity("A1", racks=1, boxes=1, rows=3, columns=3)
    site.add_storage_unit(desk.pharmacy, size, "Refrigerator", Decimal(8))
    with refused("position.too_warm"):
        storing.stow(desk.pharmacy, Scanned(number), "A1-R1-B01-A1")
    assert storing.next_free_position(desk.pharmacy) == "A1-R1-B01-A1"
    proposed = storing.next_free_position(desk.pharmacy, kit(desk, number))
    assert str(proposed).startswith("T1-")


def test_a_blocked_place_takes_no_kit_until_it_is_free_again(desk: Desk) -> None:
    number, spot = numbers(desk)[0], f"{TRAY}-A1"
    storing.block(desk.pharmacy, spot, BlockReason.BROKEN, "cracked divider")
    assert spot not in storing.free_positions(desk.pharmacy, TRAY)
    with refused("position.blocked"):
        storing.stow(desk.pharmacy, Scanned(number), spot)
    with refused("position.blocked"):
        storing.block(desk.pharmacy, spot, BlockReason.BROKEN, "again")
    with refused("position.block_reason"):
        storing.unblock(desk.pharmacy, spot, " ")
    storing.unblock(desk.pharmacy, spot, "divider replaced")
    with refused("position.not_blocked"):
        storing.unblock(desk.pharmacy, spot, "divider replaced")
    storing.stow(desk.pharmacy, Scanned(number), spot)
    assert place(desk, number) == spot


def test_a_place_with_a_kit_is_not_blocked_and_a_reason_is_asked_for(desk: Desk) -> None:
    held = place(desk, numbers(desk)[0])
    with refused("position.holds_kit", "position.block_reason"):
        storing.block(desk.pharmacy, held, BlockReason.BROKEN, "")


def test_a_box_is_blocked_by_its_free_places_and_freed_whole(desk: Desk) -> None:
    number = numbers(desk)[0]
    storing.stow(desk.pharmacy, Scanned(number), f"{TRAY}-B2")
    storing.block(desk.pharmacy, TRAY, BlockReason.RESERVED, "for the second stage")
    assert storing.free_positions(desk.pharmacy, TRAY) == []
    assert len(queries.blocked(desk.pharmacy.reader, TRAY)) == 80
    with refused("position.nothing_free"):
        storing.block(desk.pharmacy, TRAY, BlockReason.RESERVED, "again")
    storing.unblock(desk.pharmacy, TRAY, "stage 2 is over")
    assert len(storing.free_positions(desk.pharmacy, TRAY)) == 80


def test_two_kits_change_places_and_a_third_follows_with_one_signature(desk: Desk) -> None:
    first, second, third = numbers(desk)[:3]
    was = [place(desk, number) for number in (first, second, third)]
    staged = [
        *moving.swapped(desk.pharmacy, first, second),
        moving.to_place(desk.pharmacy, third, f"{TRAY}-A1"),
    ]
    assert [one.conflicts for one in moving.preview(desk.pharmacy, staged)] == [(), (), ()]
    appended = moving.book(desk.pharmacy, staged, CREDENTIALS[WANG])
    assert [place(desk, number) for number in (first, second, third)] == [
        was[1],
        was[0],
        f"{TRAY}-A1",
    ]
    signed = appended[0]
    told = signed.told(MovesSigned)
    assert {(move.kit_number, move.source) for move in told.moves} == set(
        zip((first, second, third), was, strict=True)
    )
    assert [signature.meaning for signature in signed.signatures] == [Meaning.REPORTED]


def test_a_list_with_one_conflict_books_nothing(desk: Desk) -> None:
    first, second = numbers(desk)[:2]
    before = [place(desk, number) for number in (first, second)]
    staged = [
        moving.to_place(desk.pharmacy, first, f"{TRAY}-A1"),
        moving.to_place(desk.pharmacy, second, f"{TRAY}-A1"),
    ]
    with refused("move.same_place", "move.same_place"):
        moving.book(desk.pharmacy, staged, CREDENTIALS[WANG])
    assert [place(desk, number) for number in (first, second)] == before


def test_an_empty_list_and_one_too_long_to_look_through_are_refused(desk: Desk) -> None:
    with refused("move.none"):
        moving.book(desk.pharmacy, [], CREDENTIALS[WANG])
    one = moving.to_place(desk.pharmacy, numbers(desk)[0], f"{TRAY}-A1")
    many = [one] * (moving.MOST_MOVES + 1)
    rules = ["move.too_many", *["move.same_kit", "move.same_place"] * len(many)]
    with refused(*rules):
        moving.book(desk.pharmacy, many, CREDENTIALS[WANG])


def test_a_box_is_filled_in_order_past_what_is_taken_blocked_or_promised(desk: Desk) -> None:
    first, second, third = numbers(desk)[:3]
    storing.stow(desk.pharmacy, Scanned(first), f"{TRAY}-A1")
    storing.block(desk.pharmacy, f"{TRAY}-A2", BlockReason.BROKEN, "ice")
    promised = [Staged(second, PositionId(f"{TRAY}-A3"))]
    found = moving.filling(desk.pharmacy, TRAY, [third], promised)
    assert found == [Staged(third, PositionId(f"{TRAY}-A4"))]
    with refused("move.box_full"):
        moving.filling(desk.pharmacy, TRAY, [third] * 80)


def test_a_whole_box_goes_to_the_same_places_of_another(desk: Desk) -> None:
    box = place(desk, numbers(desk)[0]).rpartition("-")[0]
    before = {one.kit_number: str(one.position) for one in lying(desk, box)}
    moving.book(desk.pharmacy, moving.whole_box(desk.pharmacy, box, TRAY), CREDENTIALS[WANG])
    assert lying(desk, box) == []
    assert {one.kit_number: str(one.position) for one in lying(desk, TRAY)} == {
        number: spot.replace(box, TRAY) for number, spot in before.items()
    }
    with refused("move.box_empty"):
        moving.whole_box(desk.pharmacy, box, TRAY)


def lying(desk: Desk, box: str) -> list[Kit]:
    return kit_queries.in_box(desk.pharmacy.reader, box)


def test_a_swap_needs_two_places_and_known_kits(made_unstowed: MadeSite) -> None:
    with made_unstowed.signed_in() as opened:
        kits = made_unstowed.kits[CELLS]
        with refused("move.no_place", "move.no_place"):
            moving.swapped(opened.pharmacy, kits[0], kits[1])
        with refused("kit.unknown"):
            moving.swapped(opened.pharmacy, kits[0], KitNumber("KZZZZZZZ"))


@pytest.fixture
def made_unstowed(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    return pharmacies.make_site(tmp_path_factory.mktemp("bare") / "site", kits_of_each=2)


# Time out of storage, contribution by contribution


def test_a_received_kit_counts_until_it_is_put_away(made_unstowed: MadeSite) -> None:
    made = made_unstowed
    with made.signed_in() as opened:
        desk = Desk(made, opened.pharmacy)
        pharmacies.receive_all(made, opened.pharmacy)
        number = made.kits[CELLS][0]
        made.clock.advance(timedelta(minutes=7))
        waiting = kit(desk, number)
        assert waiting.seconds_out_until(made.clock.now()) == 7 * 60
        storing.stow(opened.pharmacy, Scanned(number), "T1-R1-B01-A1")
        made.clock.advance(timedelta(hours=1))
        lies = kit(desk, number)
        assert (lies.out_since, lies.seconds_out_until(made.clock.now())) == (None, 7 * 60)
        assert [(t.spell, t.seconds) for t in spells(desk, number)] == [(Spell.RECEIPT, 420)]


def spells(desk: Desk, number: KitNumber) -> list[TimeOut]:
    return times_out(kit_story(desk.pharmacy, number))


def test_a_kit_that_waits_too_long_for_its_place_is_spent(made_unstowed: MadeSite) -> None:
    made = made_unstowed
    with made.signed_in() as opened:
        pharmacies.receive_all(made, opened.pharmacy)
        desk = Desk(made, opened.pharmacy)
        waiting = kit(desk, made.kits[CELLS][0])
        now = made.clock.now()
        edge = now + timedelta(minutes=120)
        assert unusable(waiting, now=edge, max_seconds_out=120 * 60) == ()
        spent = unusable(waiting, now=edge + timedelta(seconds=1), max_seconds_out=120 * 60)
        assert [found.rule for found in spent] == ["kit.too_long_out"]


def test_a_move_counts_as_long_as_it_took_measured_or_entered(desk: Desk) -> None:
    first, second, third = numbers(desk)[:3]
    began = [kit(desk, number).seconds_out for number in (first, second, third)]
    since = desk.made.clock.now()
    desk.made.clock.advance(timedelta(seconds=95))
    storing.stow(desk.pharmacy, Scanned(first), f"{TRAY}-A1", out_since=since)
    staged = [
        Staged(second, PositionId(f"{TRAY}-A2"), minutes_out=4),
        Staged(third, PositionId(f"{TRAY}-A3"), out_since=since),
    ]
    moving.book(desk.pharmacy, staged, CREDENTIALS[WANG])
    after = [kit(desk, number).seconds_out for number in (first, second, third)]
    assert [a - b for a, b in zip(after, began, strict=True)] == [95, 240, 95]
    assert spells(desk, second)[-1].spell is Spell.MOVE


def test_a_kit_moved_too_often_is_spent_and_never_proposed(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    staged = [
        Staged(number, place, minutes_out=121)
        for number, place in zip(
            numbers(desk), storing.free_positions(desk.pharmacy, TRAY), strict=False
        )
    ]
    moving.book(desk.pharmacy, staged, CREDENTIALS[WANG])
    with refused("kit.none_usable"):
        dosing.propose(desk.pharmacy, dose_id)


def test_an_abandoned_pick_goes_back_where_it_came_from_and_counts(desk: Desk) -> None:
    dose_id, number = taken_out(desk)
    before, balance = kit(desk, number), shelf(desk)
    came = storing.came_from(desk.pharmacy, before)
    desk.made.clock.advance(timedelta(minutes=6))
    assert kit(desk, number).seconds_out_until(desk.made.clock.now()) == before.seconds_out + 360
    storing.put_back(desk.pharmacy, Scanned(number), "the subject has a fever")
    after = kit(desk, number)
    assert (after.state, after.position, after.dose_id) == (KitState.AVAILABLE, came, None)
    assert after.seconds_out == before.seconds_out + 360
    assert spells(desk, number)[-1].spell is Spell.ABANDONED_PICK
    assert dosing.dose(desk.pharmacy, dose_id).stopped is not None  # type: ignore[arg-type] # plain str
    assert shelf(desk) == (balance[0] + 1, balance[1] + 1)
    again = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    assert dosing.propose(desk.pharmacy, again).kit.state is KitState.AVAILABLE


def shelf(desk: Desk) -> tuple[int, int]:
    """The balance of the log and what lies on the shelf."""
    lines = accountability.movements(desk.pharmacy.reader, CELLS)
    return lines[-1].balance, accountability.on_shelf(desk.pharmacy.reader, CELLS)


def test_only_an_unopened_kit_is_put_back_and_only_with_a_reason(desk: Desk) -> None:
    dose_id, number = taken_out(desk)
    with refused("bench.stop_reason"):
        storing.put_back(desk.pharmacy, Scanned(number), " ")
    with refused("position.taken"):
        storing.put_back(desk.pharmacy, Scanned(number), "fever", place(desk, numbers(desk)[-1]))
    with refused("kit.not_for_shelf"):
        storing.stow(desk.pharmacy, Scanned(number), f"{TRAY}-A1")
    other = next(one for one in numbers(desk) if one != number)
    with refused("kit.not_taken_out"):
        storing.put_back(desk.pharmacy, Scanned(other), "fever")
    preparation.start_thaw(desk.pharmacy, dose_id, "WB-1", Decimal(37))  # type: ignore[arg-type] # plain str
    with refused("kit.not_taken_out"):
        storing.put_back(desk.pharmacy, Scanned(number), "fever")


def test_a_kit_quarantined_in_its_place_is_moved_like_any_other(desk: Desk) -> None:
    number = numbers(desk)[0]
    stock.quarantine(desk.pharmacy, Scanned(number), "frost")
    staged = [moving.to_place(desk.pharmacy, number, f"{TRAY}-A1")]
    moving.book(desk.pharmacy, staged, CREDENTIALS[WANG])
    moved = kit(desk, number)
    assert (moved.state, moved.position) == (KitState.QUARANTINED, f"{TRAY}-A1")
