"""The account: the closing of the site, with every kit explained."""

from pharmacy_app.domain import accountability as rules
from pharmacy_app.domain.accountability import Reconciliation
from pharmacy_app.domain.events.accountability import FateCount, SiteReconciled
from pharmacy_app.domain.events.disposal import KitExplained
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.records.chain import kind_of
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import accountability as queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit


def reconcile(pharmacy: Pharmacy) -> Reconciliation:
    """Return the account of every kit of every package as it stands."""
    listed = {line.number for package in pharmacy.packages for line in package.kits}
    return rules.reconcile(queries.kit_accounts(pharmacy.reader), listed)


def explain(
    pharmacy: Pharmacy, scanned: Scanned, because: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Record why a kit that a package lists never came, on whose word, signed. Raises Refused."""
    kit = known_kit(pharmacy, scanned)
    refuse(
        None
        if kit.state is KitState.EXPECTED
        else violation("account.came", kit.kit_number, state=f"kit_state.{kit.state}"),
        None if because.strip() else violation("disposal.no_reason"),
    )
    event = KitExplained(kit_number=kit.kit_number, because=because.strip())
    return pharmacy.record(Task.CLOSE_ACCOUNT, event, credentials=[credential], op_id=op_id)


def close(pharmacy: Pharmacy, remarks: str, credential: Credential, *, op_id: str = "") -> Appended:
    """Record that every kit of the site is accounted for, signed.

    Raises Refused with every kit that is not, and what to do about it.
    """
    pharmacy.require(Task.CLOSE_ACCOUNT)
    account = reconcile(pharmacy)
    refuse(*account.unexplained)
    event = SiteReconciled(
        listed=account.listed,
        received=account.received,
        fates=tuple(FateCount(fate=fate, kits=n) for fate, n in account.fates.items()),
        remarks=remarks.strip(),
    )
    return pharmacy.record(Task.CLOSE_ACCOUNT, event, credentials=[credential], op_id=op_id)


def closings(pharmacy: Pharmacy) -> list[Recorded]:
    """Return every closing of the account, oldest first."""
    return pharmacy.ledger.of_kinds([kind_of(SiteReconciled)])
