"""Recovery by the printed code: a new way in, on record, however the power behaves meanwhile."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.events.site import PersonAdded, PersonRecovered, SignedIn
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.ledger import Ledger
from pharmacy_app.vault import slots
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import accounts, sessions, site
from pharmacy_app.workflows.recovery import recover
from pharmacy_app.workflows.sessions import OpenSite
from tests import pharmacies
from tests.desks import refused
from tests.pharmacies import LI, PASSWORDS, WANG, MadeSite

NEW = "moss ladder copper plum eleven"
REASON = "nobody knew a password; opened by Wang and Li"


@pytest.fixture
def made(tmp_path: Path) -> MadeSite:
    return pharmacies.make_site(tmp_path / "site")


def recovered(
    made: MadeSite, *, code: str = "", person: PersonId = WANG, new: str = NEW, reason: str = REASON
) -> None:
    recover(made.machine, made.folder, code or made.recovery_code, person, new, reason)


def signed_in(made: MadeSite, person: PersonId = WANG, password: str = NEW) -> OpenSite:
    return sessions.sign_in(made.machine, made.folder, person, password)


def stands_proven(opened: OpenSite) -> bool:
    return site.verify_records(opened.pharmacy, opened.vault, replay=True).intact


def test_recovered_person_signs_with_a_new_key_and_the_old_signatures_still_hold(
    made: MadeSite,
) -> None:
    recovered(made)
    with signed_in(made) as opened:
        assert stands_proven(opened)
        history = opened.pharmacy.ledger.history("person/wang")
        told = [one for one in history if isinstance(one.event, PersonRecovered)]
        assert [one.reason for one in told] == [REASON]
        assert told[0].told(PersonRecovered).public_key == opened.pharmacy.person.public_key
        newcomer = accounts.Account(
            PersonId("zhou"), "周药师 Zhou", frozenset({Role.PHARMACIST}), PASSWORDS[LI] + " x"
        )
        credential = Credential(WANG, NEW)
        accounts.add_person(opened.pharmacy, opened.vault, newcomer, credential)
        assert stands_proven(opened)
    with refused("vault.wrong_password"):
        signed_in(made, password=PASSWORDS[WANG])


def test_others_keep_their_passwords_and_the_code_stays_valid(made: MadeSite) -> None:
    recovered(made)
    recovered(made, new=NEW + " twice")
    with signed_in(made, LI, PASSWORDS[LI]) as opened:
        assert stands_proven(opened)


def test_locked_account_is_free_again_and_its_wrong_tries_are_still_told(made: MadeSite) -> None:
    for _ in range(10):
        made.clock.advance(timedelta(hours=1))
        with pytest.raises(Refused):
            signed_in(made, password="not the password")
    recovered(made)
    with signed_in(made) as opened:
        last = opened.pharmacy.ledger.history("person/wang")[-1]
        assert last.told(SignedIn).failed_tries == 10


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda code: ("2" if code[0] != "2" else "3") + code[1:], "vault.recovery_mistyped"),
        (lambda code: code[:-1], "vault.recovery_length"),
    ],
)
def test_mistyped_code_is_told_by_its_group(
    made: MadeSite, change: Callable[[str], str], rule: str
) -> None:
    with refused(rule):
        recovered(made, code=change(made.recovery_code))


def test_code_of_another_site_opens_nothing(made: MadeSite, tmp_path: Path) -> None:
    other = pharmacies.make_site(tmp_path / "other", seed="other")
    before = (made.folder / slots.NAME).read_bytes()
    with refused("vault.recovery_wrong"):
        recovered(made, code=other.recovery_code)
    assert (made.folder / slots.NAME).read_bytes() == before
    recovered(made)


def test_refused_recovery_changes_nothing(made: MadeSite) -> None:
    before = (made.folder / slots.NAME).read_bytes()
    with refused("people.unknown"):
        recovered(made, person=PersonId("nobody"))
    with refused("recovery.no_reason"):
        recovered(made, reason="  ")
    with refused("vault.password_short"):
        recovered(made, new="qx9 vbz7 klm")
    made.clock.set(made.clock.now() - timedelta(days=1))
    with refused("clock.set_back", "recovery.no_reason"):
        recovered(made, reason="")
    assert (made.folder / slots.NAME).read_bytes() == before


def test_second_instance_recovers_nothing(made: MadeSite) -> None:
    with made.signed_in(), refused("vault.second_instance"):
        recovered(made)


@pytest.mark.parametrize("first_in", [WANG, LI])
def test_recovery_cut_short_is_recorded_at_the_next_sign_in(
    made: MadeSite, monkeypatch: pytest.MonkeyPatch, first_in: PersonId
) -> None:
    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(Ledger, "append", power_cut)
        with pytest.raises(KeyboardInterrupt):
            recovered(made)
    with signed_in(made, first_in, {WANG: NEW, LI: PASSWORDS[LI]}[first_in]) as opened:
        assert stands_proven(opened)
        tail = [type(one.event) for one in opened.pharmacy.ledger.of_kinds(["person.recovered.1"])]
        assert tail == [PersonRecovered]
    with signed_in(made) as opened:
        assert stands_proven(opened)


def test_older_slot_file_does_not_bring_the_old_key_back(made: MadeSite) -> None:
    before = (made.folder / slots.NAME).read_bytes()
    recovered(made)
    (made.folder / slots.NAME).write_bytes(before)
    with refused("recovery.older_slots"):
        signed_in(made, password=PASSWORDS[WANG])
    recovered(made)
    with signed_in(made) as opened:
        assert stands_proven(opened)


def test_recovery_gives_a_lost_slot_back(made: MadeSite) -> None:
    with closing(made.machine.vault(made.folder).open(WANG, PASSWORDS[WANG])) as vault:
        listed = slots.read_slots(made.folder / slots.NAME)
        alone = tuple(one for one in listed.people if one.person_id == WANG)
        without = msgspec.structs.replace(listed, people=alone)
        slots.write_slots(made.folder / slots.NAME, without, bytes(vault.database_key))
    recovered(made, person=LI)
    with signed_in(made, LI) as opened:
        added = opened.pharmacy.ledger.history("person/li")[0]
        assert isinstance(added.event, PersonAdded)
        assert stands_proven(opened)


def test_wrong_tries_are_told_by_the_sign_in_that_is_recorded(made: MadeSite) -> None:
    with pytest.raises(Refused):
        signed_in(made, password="not the password")
    right = made.clock.now()
    made.clock.set(right - timedelta(days=1))
    with refused("clock.set_back"):
        signed_in(made, password=PASSWORDS[WANG])
    made.clock.set(right)
    for told in (1, 0):
        with signed_in(made, password=PASSWORDS[WANG]) as opened:
            newest = [
                one
                for one in opened.pharmacy.ledger.history("person/wang")
                if isinstance(one.event, SignedIn)
            ][-1]
            assert newest.told(SignedIn).failed_tries == told
