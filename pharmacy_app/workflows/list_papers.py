"""The papers of a list that was done: the certificate, or what lies in the parcel. UNBLINDED."""

from collections.abc import Sequence

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.destruction_certificate import DestructionCertificate
from pharmacy_app.documents.reports.leaving import LeavingKit
from pharmacy_app.documents.reports.return_list import ReturnList
from pharmacy_app.domain.events.disposal import DisposalPermitted, KitsDestroyed, KitsSent, Way
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.ids import DisposalId, KitNumber
from pharmacy_app.domain.kits import Disposal
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.trial import Text
from pharmacy_app.records.queries.unblinded import accountability as queries
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.workflows import disposal, papers
from pharmacy_app.workflows.account_papers import signed, term_of
from pharmacy_app.workflows.pharmacy import Pharmacy


def destruction_certificate(pharmacy: Pharmacy, list_id: DisposalId) -> Paper:
    """Return the certificate of a list that was destroyed. Raises Refused before it was."""
    done = _done(pharmacy, list_id, KitsDestroyed)
    event, permitted = done.told(KitsDestroyed), _permitted(pharmacy, list_id)
    paper = DestructionCertificate(
        standing=papers.standing(pharmacy),
        list_id=list_id,
        because=disposal.one_list(pharmacy, list_id).because,
        reference=permitted.reference,
        by_notice=permitted.by_notice,
        method=event.method,
        place=event.place,
        destroyed_at=done.occurred_at,
        kits=_leaving(pharmacy, list_id, event.kits),
        signed=signed(done),
    )
    return catalogue.render(catalogue.DESTRUCTION_CERTIFICATE, paper)


def return_list(pharmacy: Pharmacy, list_id: DisposalId) -> Paper:
    """Return what lies in the parcel of a list that was sent. Raises Refused before it was."""
    done = _done(pharmacy, list_id, KitsSent)
    event, sponsor = done.told(KitsSent), pharmacy.trial.sponsor
    transfer = event.way is Way.TRANSFERRED
    to = Text(
        zh=f"{sponsor.name.zh}，{sponsor.address.zh}", en=f"{sponsor.name.en}, {sponsor.address.en}"
    )
    paper = ReturnList(
        standing=papers.standing(pharmacy),
        list_id=list_id,
        transfer=transfer,
        to=_site(pharmacy, event.to_site) if transfer else to,
        because=disposal.one_list(pharmacy, list_id).because,
        reference=_permitted(pharmacy, list_id).reference,
        carrier=event.carrier,
        shipper=event.shipper,
        sent_at=done.occurred_at,
        kits=_leaving(pharmacy, list_id, event.kits),
        signed=signed(done),
    )
    return catalogue.render(catalogue.RETURN_LIST, paper)


def of_list(pharmacy: Pharmacy, list_id: DisposalId) -> Paper:
    """Return the paper of a list that was done: its certificate, or what lies in the parcel."""
    if disposal.one_list(pharmacy, list_id).way is Way.DESTROYED:
        return destruction_certificate(pharmacy, list_id)
    return return_list(pharmacy, list_id)


def _leaving(
    pharmacy: Pharmacy, list_id: DisposalId, kits: Sequence[KitNumber]
) -> tuple[LeavingKit, ...]:
    accounts = {kit.kit_number: kit for kit in queries.kit_accounts(pharmacy.reader)}
    listed = {one.kit.kit_number: one for one in disposal_queries.kits_of(pharmacy.reader, list_id)}
    made = []
    for number in kits:
        one, account = listed[number], accounts[number]
        used = one.before is Disposal.HELD
        made.append(
            LeavingKit(
                kit=number,
                kit_type=one.kit.kit_type,
                kit_type_name=pharmacy.trial.kit_type(one.kit.kit_type).name,
                lot=one.kit.lot,
                expiry=one.kit.expiry,
                what=term_of(f"kit_state.{one.kit.state}" if used else "whole_kit"),
                subject=account.subject,
                dose=account.dose_id,
            )
        )
    return tuple(made)


def _done(pharmacy: Pharmacy, list_id: DisposalId, kind: type[Event]) -> Recorded:
    found = [r for r in _history(pharmacy, list_id) if isinstance(r.event, kind)]
    if not found:
        state = disposal.one_list(pharmacy, list_id).state
        raise Refused([violation("disposal.not_done", list_id, state=f"disposal_list.{state}")])
    return found[-1]


def _permitted(pharmacy: Pharmacy, list_id: DisposalId) -> DisposalPermitted:
    told = [r.event for r in _history(pharmacy, list_id)]
    return next(event for event in reversed(told) if isinstance(event, DisposalPermitted))


def _history(pharmacy: Pharmacy, list_id: DisposalId) -> list[Recorded]:
    return pharmacy.ledger.history(f"disposal/{list_id}")


def _site(pharmacy: Pharmacy, code: str) -> Text:
    """Return the other site in words; a package that knows this one alone knows its code."""
    named = next((one.name for one in pharmacy.trial.sites if one.code == code), None)
    if named is None:
        return Text(zh=f"中心 {code}", en=f"site {code}")
    return Text(zh=f"中心 {code} {named.zh}", en=f"site {code} {named.en}")
