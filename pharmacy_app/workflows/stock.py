"""Kits on the shelf: taken out of use, decisions on those that were, and their storage labels."""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.labels.kits import KitLabel
from pharmacy_app.domain.counting import turned_up
from pharmacy_app.domain.events.stock import KitQuarantined, QuarantineDecided
from pharmacy_app.domain.kits import Kit, KitState, last_minute, unlawful
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned

WAITING = frozenset({KitState.PRE_QUARANTINED, KitState.QUARANTINED, KitState.DAMAGED})
"""States that end with the sponsor's decision; a damaged kit can only be rejected."""


def quarantine(pharmacy: Pharmacy, scanned: Scanned, because: str, *, op_id: str = "") -> Appended:
    """Take a kit out of use until somebody decides.

    Raises Refused without a reason, and ``count.find_first`` for one that is missing or lost: what
    turned up comes back into the balance by `pharmacy_app.workflows.counting.found`.
    """
    kit = known_kit(pharmacy, scanned)
    refuse(
        # A receipt decides on expected kits; a decision on quarantine must not stand in for it.
        violation(
            "kit.not_received", kit.kit_number, state=f"kit_state.{kit.state}", because=kit.because
        )
        if kit.state is KitState.EXPECTED
        else turned_up(kit) or unlawful(kit, KitState.QUARANTINED),
        None if because.strip() else violation("kit.quarantine_reason", kit.kit_number),
    )
    event = KitQuarantined(kit_number=kit.kit_number, because=because.strip())
    return pharmacy.record(Task.STOW, event, op_id=op_id)


def decide_quarantine(
    pharmacy: Pharmacy,
    kit_numbers: list[str],
    *,
    usable: bool,
    authorisation: str,
    credential: Credential,
    op_id: str = "",
) -> Appended:
    """Record the sponsor's decision on quarantined kits, with its reference, signed.

    Raises Refused for kits that are not in quarantine, all of them named.
    """
    target = KitState.AVAILABLE if usable else KitState.REJECTED
    kits = [known_kit(pharmacy, Scanned(number)) for number in kit_numbers]
    refuse(
        None if kits else violation("kit.none_chosen"),
        None if authorisation.strip() else violation("kit.no_authorisation"),
        *(unlawful(kit, target) for kit in kits),
        *(
            violation("kit.not_in_quarantine", kit.kit_number, state=f"kit_state.{kit.state}")
            for kit in kits
            if kit.state not in WAITING
        ),
    )
    events = [
        QuarantineDecided(
            kit_number=kit.kit_number, usable=usable, authorisation=authorisation.strip()
        )
        for kit in kits
    ]
    return pharmacy.record(Task.DECIDE_QUARANTINE, *events, credentials=[credential], op_id=op_id)


def kit_label(pharmacy: Pharmacy, scanned: Scanned) -> Paper:
    """Return the storage label of a kit, for the pharmacy alone. UNBLINDED.

    Raises Refused ``kit.unknown``, ``label.…``.
    """
    kit, trial = known_kit(pharmacy, scanned), pharmacy.trial
    kit_type = trial.kit_type(kit.kit_type)
    label = KitLabel(
        trial_code=trial.code,
        sponsor=trial.sponsor,
        kit=kit.kit_number,
        contents=kit_type.name,
        lot=kit.lot,
        blinded_lot=kit.blinded_lot,
        last_day=last_minute(kit.expiry).astimezone(pharmacy.zone).date(),
        storage_limit_c=kit_type.storage_limit_c,
        training=trial.training,
        labelling=trial.labelling,
    )
    return catalogue.render(catalogue.KIT_LABEL, label)


def known_kit(pharmacy: Pharmacy, scanned: Scanned) -> Kit:
    """Return the scanned kit. Raises Refused ``kit.unknown`` or what the scan itself lacks."""
    number = pharmacy.scanned_kit_number("stock", scanned)
    kit = kit_queries.kit(pharmacy.reader, number)
    if kit is None:
        pharmacy.refuse_and_note("stock", scanned, violation("kit.unknown", number, assigned=""))
        raise LookupError(number)
    return kit
