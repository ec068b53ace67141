"""The papers of the account: the log in both layouts, what left the site, the closing. UNBLINDED."""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.accountability_log import AccountabilityLog, Layout, LogLine
from pharmacy_app.documents.reports.reconciliation import KitLine, OpenLine, ReconciliationPaper
from pharmacy_app.documents.standing import Signed
from pharmacy_app.domain.accountability import (
    NOT_RECEIVED,
    Fate,
    KitAccount,
    Reconciliation,
    not_to_come,
)
from pharmacy_app.domain.events.accountability import SiteReconciled
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.kits import ON_SHELF, Disposal
from pharmacy_app.domain.refusal import Violation, refuse
from pharmacy_app.domain.trial import Text
from pharmacy_app.records.queries.unblinded import accountability as queries
from pharmacy_app.records.queries.unblinded.accountability import Movement, Scope
from pharmacy_app.wording import term, worded
from pharmacy_app.workflows import accountability, papers
from pharmacy_app.workflows.pharmacy import Pharmacy


def account_log(pharmacy: Pharmacy, scope: Scope, layout: Layout = Layout.DARF) -> Paper:
    """Return the log of what is in scope, with the balance against the shelf.

    The Chinese layout tells when each kit was put away, too. Raises Refused for a time to come.
    """
    reader = pharmacy.reader
    lines = movements(pharmacy, scope)
    if layout is Layout.CHINA:
        lines = _with_stowed(lines, queries.stowed(reader, scope))
    compared = scope.subject is None and scope.until is None
    log = AccountabilityLog(
        standing=papers.standing(pharmacy),
        investigator=pharmacy.site.investigator,
        sponsor=pharmacy.trial.sponsor.name,
        scope=_scope(pharmacy, scope),
        key=_key(scope),
        lines=tuple(_line(line, scope) for line in lines),
        on_shelf=queries.shelf_of(reader, scope) if compared else None,
        layout=layout,
        as_of=scope.until,
    )
    return catalogue.render(catalogue.ACCOUNTABILITY_LOG, log)


def movements(pharmacy: Pharmacy, scope: Scope) -> list[Movement]:
    """Return the movements in scope. Raises Refused ``account.to_come`` for a time to come."""
    refuse(None if scope.until is None else not_to_come(scope.until, pharmacy.now()))
    return queries.movements_of(pharmacy.reader, scope)


def _with_stowed(lines: list[Movement], stowed: list[Movement]) -> list[Movement]:
    """Return both in the order they were recorded; putting away leaves the balance as it was."""
    found, balance = [], 0
    for line in sorted((*lines, *stowed), key=lambda one: (one.seq, one.kit_number)):
        balance += line.quantity
        found.append(
            Movement(
                *(line.seq, line.kit_number, line.kit_type, line.lot, line.kind, line.quantity),
                *(line.subject_id, line.dose_id, line.actor_name, line.at, balance),
            )
        )
    return found


def _line(line: Movement, scope: Scope) -> LogLine:
    several = scope.kit_type is None and scope.lot is None
    return LogLine(
        at=line.at,
        kind=line.kind,
        kit=f"{line.kit_number} {line.kit_type}" if several else line.kit_number,
        quantity=line.quantity,
        balance=None if scope.subject is not None else line.balance,
        lot=line.lot,
        recorder=line.actor_name,
        subject=line.subject_id,
        dose=line.dose_id,
    )


def _scope(pharmacy: Pharmacy, scope: Scope) -> Text:
    if scope.kit_type is not None:
        return pharmacy.trial.kit_type(scope.kit_type).name
    if scope.lot is not None:
        return Text(zh=f"生产批号 {scope.lot}", en=f"lot {scope.lot}")
    if scope.subject is not None:
        return Text(zh=f"受试者 {scope.subject}", en=f"subject {scope.subject}")
    return Text(zh="全部药盒", en="all kits of the site")


def _key(scope: Scope) -> str:
    return str(scope.kit_type or scope.lot or scope.subject or "site")


def reconciliation(pharmacy: Pharmacy) -> Paper:
    """Return the account of the site as it stands, with the closing statement once it was signed.

    A statement stands on the paper only if nothing moved since: the counts are those signed for.
    """
    account = accountability.reconcile(pharmacy)
    fates = account.fates
    types = sorted({kit.kit_type for kit in account.kits})
    order = [*(f for f in Fate if f in NOT_RECEIVED), *(f for f in Fate if f not in NOT_RECEIVED)]
    closing = _closing(pharmacy, account)
    paper = ReconciliationPaper(
        standing=papers.standing(pharmacy),
        listed=account.listed,
        received=account.received,
        ended=tuple((term_of(f"fate.{f}"), fates[f]) for f in order if f not in NOT_RECEIVED),
        not_received=tuple((term_of(f"fate.{f}"), fates[f]) for f in order if f in NOT_RECEIVED),
        by_type=tuple(
            (code, tuple(_count(account, code, fate) for fate in order)) for code in types
        ),
        kits=tuple(_kit(kit) for kit in account.kits),
        unexplained=tuple(_open(reason) for reason in account.unexplained),
        remarks="" if closing is None else closing.told(SiteReconciled).remarks,
        signed=() if closing is None else signed(closing),
    )
    return catalogue.render(catalogue.RECONCILIATION, paper)


def _closing(pharmacy: Pharmacy, account: Reconciliation) -> Recorded | None:
    closings = accountability.closings(pharmacy)
    if not closings or account.unexplained:
        return None
    told = closings[-1].told(SiteReconciled)
    now = {fate.value: kits for fate, kits in account.fates.items()}
    same = {one.fate: one.kits for one in told.fates} == now and told.listed == account.listed
    return closings[-1] if same else None


def _count(account: Reconciliation, kit_type: str, fate: Fate) -> int:
    return sum(kit.kit_type == kit_type and kit.fate is fate for kit in account.kits)


def _kit(kit: KitAccount) -> KitLine:
    on_shelf = kit.state in ON_SHELF
    fate = term_of(f"kit_state.{kit.state}") if on_shelf else term_of(f"fate.{kit.fate}")
    used = kit.disposal is not Disposal.NONE and kit.fate.value != kit.disposal.value
    return KitLine(
        kit=kit.kit_number,
        kit_type=kit.kit_type,
        lot=kit.lot,
        shipment=kit.shipment_id,
        fate=fate,
        subject=kit.subject,
        dose=kit.dose_id,
        remains=term_of(f"disposal.{kit.disposal}") if used else None,
        remarks=kit.explained,
    )


def _open(reason: Violation) -> OpenLine:
    zh, en = worded(reason, "zh"), worded(reason, "en")
    return OpenLine(
        kit=reason.record,
        found=Text(zh=zh.found, en=en.found),
        remedy=Text(zh=zh.remedy, en=en.remedy),
    )


def signed(recorded: Recorded) -> tuple[Signed, ...]:
    """Return the signatures on an event as they are printed."""
    return tuple(
        Signed(printed_name=one.printed_name, meaning=one.meaning, signed_at=one.signed_at)
        for one in recorded.signatures
    )


def term_of(name: str) -> Text:
    """Return the words for a value in both languages."""
    return Text(zh=term(name, "zh"), en=term(name, "en"))
