from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui.dialogs.signature import Given
from pharmacy_app.ui.signing import opened_keys, signing_with
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import receiving
from pharmacy_app.workflows.sessions import OpenSite
from tests.desks import refused
from tests.pharmacies import LI, PASSWORDS, SHIPMENT, WANG, make_site


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenSite]:
    made = make_site(tmp_path / "vault", kits_of_each=1)
    with made.signed_in() as site:
        receiving.open_receipt(site.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        receiving.mark_missing(site.pharmacy, SHIPMENT)
        yield site


def test_act_is_signed_with_the_keys_opened_for_it_and_they_are_wiped(opened: OpenSite) -> None:
    pharmacy = opened.pharmacy
    port = pharmacy.session.signing
    keys = opened_keys(opened.vault, [Given(WANG, PASSWORDS[WANG])])
    with signing_with(pharmacy, keys) as credentials:
        appended = receiving.sign_receipt(pharmacy, SHIPMENT, credentials[0])
    assert [one.signer for one in appended[0].signatures] == [WANG]
    assert pharmacy.session.signing is port
    with pytest.raises(RuntimeError):
        keys[0].sign(b"again")


def test_one_wrong_password_of_two_leaves_no_key_open(opened: OpenSite) -> None:
    with pytest.raises(Refused, match="wrong_password"):
        opened_keys(opened.vault, [Given(WANG, PASSWORDS[WANG]), Given(LI, "not the password")])


def test_nobody_else_can_sign_with_the_keys_of_an_act(opened: OpenSite) -> None:
    keys = opened_keys(opened.vault, [Given(WANG, PASSWORDS[WANG])])
    checker = Credential(LI, "")
    with signing_with(opened.pharmacy, keys):
        with pytest.raises(LookupError), opened.pharmacy.signers(Task.REPRINT, [checker]):
            pass
        with refused("people.no_right"):
            receiving.sign_receipt(opened.pharmacy, SHIPMENT, checker)
    assert receiving.receipt(opened.pharmacy, SHIPMENT).shipment.state == "open"
