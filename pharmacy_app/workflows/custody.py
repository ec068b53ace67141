"""The bag leaves the pharmacy, and what comes back: the report, or the bag."""

from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain import disposal
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.events.disposal import Remains, RemainsReturned
from pharmacy_app.domain.events.dose import BagReturned, HandedOver, InfusionReported
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.label_account import unsettled
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import dose, protocol_of
from pharmacy_app.workflows.pharmacy import Pharmacy


def hand_over(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    receiver: str,
    receiver_role: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record who took the bag. Its label must have been scanned back, its clock must still run."""
    pharmacy.require(Task.HAND_OVER)
    asked = dose(pharmacy, dose_id)
    label = asked.current_label()
    refuse(
        rules.out_of_order(asked, Step.HAND_OVER),
        None
        if label is not None and label.state is LabelState.VERIFIED
        else violation("label.not_scanned_back", dose_id),
        *(
            violation("label.unsettled", copy.label_id, kind=f"label_kind.{copy.kind}")
            for copy in unsettled(asked.labels)
            if copy.kind is not LabelKind.BAG
        ),
        rules.too_late(asked, asked.use_before, pharmacy.now()),
        None if receiver.strip() else violation("custody.no_receiver", dose_id),
    )
    event = HandedOver(
        dose_id=dose_id, receiver=receiver.strip(), receiver_role=receiver_role.strip()
    )
    return pharmacy.record(Task.HAND_OVER, event, credentials=[credential], op_id=op_id)


def report_infusion(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    *,
    started_at: datetime,
    ended_at: datetime,
    not_infused_ml: Decimal,
    reported_by: str,
    op_id: str = "",
) -> Appended:
    """Record the ward's report (times UTC, volume in mL) and close the dose."""
    asked = dose(pharmacy, dose_id)
    event = InfusionReported(
        dose_id=dose_id,
        started_at=started_at,
        ended_at=ended_at,
        not_infused_ml=not_infused_ml,
        reported_by=reported_by.strip(),
    )
    final_volume = protocol_of(pharmacy, asked).dose.final_volume_ml
    refuse(
        rules.out_of_order(asked, Step.REPORT),
        *rules.infusion_mistakes(asked, event, final_volume, pharmacy.now()),
        None if event.reported_by else violation("infusion.no_reporter", dose_id),
    )
    return pharmacy.record(Task.REPORT_INFUSION, event, op_id=op_id)


def return_bag(
    pharmacy: Pharmacy, dose_id: DoseId, returned_by: str, because: str, *, op_id: str = ""
) -> Appended:
    """Record that the bag came back without having been given; it never returns to stock."""
    asked = dose(pharmacy, dose_id)
    refuse(
        rules.out_of_order(asked, Step.REPORT),
        None if returned_by.strip() else violation("custody.no_returner", dose_id),
        None if because.strip() else violation("custody.return_reason", dose_id),
    )
    event = BagReturned(dose_id=dose_id, returned_by=returned_by.strip(), because=because.strip())
    return pharmacy.record(Task.REPORT_INFUSION, event, op_id=op_id)


def take_back(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    remains: Remains,
    *,
    left_ml: Decimal,
    brought_by: str,
    remarks: str = "",
    op_id: str = "",
) -> Appended:
    """Record what is left of an infused bag, as the ward brought or told it; it never returns to stock.

    ``left_ml`` is estimated by eye, in mL: 0 unless something is left. What came back waits to be
    destroyed; a bag that the ward destroyed is gone. Raises Refused before the ward's report, for
    what was told before, or without who brought or told it.
    """
    asked = dose(pharmacy, dose_id)
    kit = disposal_queries.given_for(pharmacy.reader, dose_id)
    most = protocol_of(pharmacy, asked).dose.final_volume_ml
    refuse(
        *disposal.remains_mistakes(dose_id, kit, remains, left_ml, most),
        None if brought_by.strip() else violation("custody.no_returner", dose_id),
    )
    if kit is None:
        raise LookupError(dose_id)
    event = RemainsReturned(
        kit_number=kit.kit_number,
        dose_id=dose_id,
        remains=remains,
        left_ml=left_ml,
        brought_by=brought_by.strip(),
        remarks=remarks.strip(),
    )
    return pharmacy.record(Task.REPORT_INFUSION, event, op_id=op_id)
