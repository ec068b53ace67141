"""Lots: certificates and late results filed, a recall carried out, an expiry extended with its labels."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain import lots as rules
from pharmacy_app.domain.blinding import BlindedOverLabels
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.lots import (
    CertificateFiled,
    ExpiryExtended,
    ExtensionDropped,
    LotRecalled,
    OverlabelsApplied,
    RecallWithdrawn,
    ResultReported,
)
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import Kit, KitState, last_minute
from pharmacy_app.domain.people import Task, same_person
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import lots as queries
from pharmacy_app.records.queries.unblinded.lots import Extension
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import dose, stopping
from pharmacy_app.workflows.pharmacy import Pharmacy

LARGEST_PAPER_BYTES = 16 * 1024 * 1024
RECALLED = "lot.recalled"
RESULT_FAILED = "lot.result_failed"


def file_certificate(
    pharmacy: Pharmacy, lot: str, title: str, reference: str, paper: bytes, *, op_id: str = ""
) -> Appended:
    """Keep a lot's certificate of analysis. Raises Refused for an unknown lot, no title, no paper."""
    refuse(
        *_unknown(pharmacy, lot),
        None if title.strip() else violation("lot.no_title", lot),
        None if paper else violation("lot.no_paper", lot),
        _too_large(lot, paper),
    )
    kept = Attachment("application/octet-stream", paper)
    event = CertificateFiled(
        lot=lot, title=title.strip(), reference=reference.strip(), file=kept.sha256.hex()
    )
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id, attachments=[kept])


def report_result(
    pharmacy: Pharmacy,
    lot: str,
    test: str,
    reference: str,
    paper: bytes = b"",
    *,
    passed: bool,
    op_id: str = "",
) -> Appended:
    """Record a result that came after the lot's release; a failed one is a deviation of the lot.

    Nothing else follows by itself: the look-back shows who was touched, a recall takes the rest out
    of use. Raises Refused for an unknown lot, without the test's name or the report's reference.
    """
    refuse(
        *_unknown(pharmacy, lot),
        None if test.strip() else violation("lot.no_title", lot),
        None if reference.strip() else violation("lot.no_reference", lot),
        _too_large(lot, paper),
    )
    kept = [Attachment("application/octet-stream", paper)] if paper else []
    told = ResultReported(
        lot=lot,
        test=test.strip(),
        passed=passed,
        reference=reference.strip(),
        file=kept[0].sha256.hex() if kept else "",
    )
    events: list[Event] = [told]
    if not passed:
        events.append(pharmacy.deviation(f"lot/{lot}", RESULT_FAILED))
    return pharmacy.record(Task.RECEIVE, *events, op_id=op_id, attachments=kept)


def recall(
    pharmacy: Pharmacy,
    lot: str,
    reference: str,
    because: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Take a whole lot out of use, signed: on the shelf, at the bench, and what is still to come.

    The doses that are being prepared from it are stopped in the same act; those that left the
    pharmacy are told by the look-back. Raises Refused for an unknown lot, one recalled before, and
    without reference and reason.
    """
    before = queries.recall(pharmacy.reader, lot)
    kits = queries.kits_of_lot(pharmacy.reader, lot)
    refuse(
        *_unknown(pharmacy, lot),
        violation("lot.recalled_before", lot, reference=before.reference)
        if before is not None and before.withdrawn_at is None
        else None,
        None if reference.strip() else violation("lot.no_reference", lot),
        None if because.strip() else violation("lot.no_reason", lot),
    )
    taken = rules.to_recall(kits)
    event = LotRecalled(
        lot=lot,
        reference=reference.strip(),
        because=because.strip(),
        kits=tuple(kit.kit_number for kit in taken),
    )
    stopped = [
        stop
        for dose_id in _under_way(pharmacy, kits)
        for stop in stopping(dose(pharmacy, dose_id), because.strip(), (RECALLED,))
    ]
    return pharmacy.record(Task.RECALL_LOT, event, *stopped, credentials=[credential], op_id=op_id)


def _under_way(pharmacy: Pharmacy, kits: Sequence[Kit]) -> list[DoseId]:
    """Return the doses that are begun with one of the kits and have not left the pharmacy."""
    numbers = {kit.kit_number for kit in kits}
    return [
        line.dose_id
        for line in dose_queries.open_doses(pharmacy.reader)
        if line.kit_number in numbers and line.step not in {Step.REPORT, Step.CLOSED}
    ]


def withdraw_recall(
    pharmacy: Pharmacy, lot: str, reference: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Take a recall back, signed; its kits wait in quarantine until the sponsor decides on them.

    Raises Refused where none stands, or without a reference.
    """
    standing = queries.recall(pharmacy.reader, lot)
    refuse(
        violation("lot.not_recalled", lot)
        if standing is None or standing.withdrawn_at is not None
        else None,
        None if reference.strip() else violation("lot.no_reference", lot),
    )
    kits = queries.kits_of_lot(pharmacy.reader, lot)
    held = tuple(kit.kit_number for kit in kits if kit.state is KitState.RECALLED)
    event = RecallWithdrawn(lot=lot, reference=reference.strip(), kits=held)
    return pharmacy.record(Task.RECALL_LOT, event, credentials=[credential], op_id=op_id)


def extend_expiry(
    pharmacy: Pharmacy,
    blinded_lot: str,
    expiry: datetime,
    reference: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record that the sponsor gave a blinded lot a later expiry (UTC), signed; labels come next.

    Until `apply_overlabels` the old expiry holds. Raises Refused for an unknown lot or one without a
    kit that can be given, an expiry that is not later, one that is open already, no reference.
    """
    kits = queries.kits_of_blinded_lot(pharmacy.reader, blinded_lot)
    known = queries.extensions(pharmacy.reader, blinded_lot)
    refuse(
        *rules.unlawful_extension(blinded_lot, kits, expiry, reference, pharmacy.now()),
        *(
            violation("lot.extension_open", blinded_lot, extension=found.extension_id)
            for found in known
            if found.state == "open"
        ),
    )
    event = ExpiryExtended(
        extension_id=f"X-{pharmacy.chance.code(6)}",
        blinded_lot=blinded_lot,
        expiry=expiry,
        reference=reference.strip(),
        kits=tuple(kit.kit_number for kit in rules.to_overlabel(kits)),
    )
    return pharmacy.record(Task.EXTEND_EXPIRY, event, credentials=[credential], op_id=op_id)


def kits_to_overlabel(pharmacy: Pharmacy, extension_id: str) -> tuple[Extension, list[Kit]]:
    """Return an open extension and the kits that need its label now, by position.

    Raises Refused ``lot.no_extension``.
    """
    found = queries.extension(pharmacy.reader, extension_id)
    if found is None or found.state != "open":
        raise Refused([violation("lot.no_extension", extension_id)])
    kits = rules.to_overlabel(queries.kits_of_blinded_lot(pharmacy.reader, found.blinded_lot))
    return found, sorted(kits, key=lambda kit: (kit.position or "", kit.kit_number))


def over_labels(
    pharmacy: Pharmacy, extension_id: str, sheet: str = "roll", first: int = 1
) -> Paper:
    """Return the labels that an open extension's kits need, by number. BLINDED.

    Not by place: a pharmacy may keep the kit types apart, and the order would tell which kit is which.

    ``sheet`` is a name of `documents.labels.sheet.SHEETS`, ``first`` the first free place on it. Raises
    Refused ``lot.no_extension``, ``lot.none_to_overlabel``, ``label.…``.
    """
    found, kits = kits_to_overlabel(pharmacy, extension_id)
    refuse(None if kits else violation("lot.none_to_overlabel", found.blinded_lot))
    trial = pharmacy.trial
    labels = BlindedOverLabels(
        extension_id=found.extension_id,
        reference=found.reference,
        trial_code=trial.code,
        protocol=trial.protocol,
        sponsor=trial.sponsor,
        trial_use=trial.label.trial_use,
        blinded_lot=found.blinded_lot,
        last_day=last_minute(found.expiry).astimezone(pharmacy.zone).date(),
        kits=tuple(sorted(kit.kit_number for kit in kits)),
        training=trial.training,
        labelling=trial.labelling,
        sheet=sheet,
        first=first,
    )
    return catalogue.render(catalogue.OVER_LABELS, labels)


def apply_overlabels(
    pharmacy: Pharmacy,
    extension_id: str,
    labelled: Sequence[KitNumber],
    *,
    printed: int,
    spoiled: int,
    remaining: int,
    credentials: Sequence[Credential],
    op_id: str = "",
) -> Appended:
    """Record that every kit of the lot has its over-label, signed by two; the new expiry holds.

    ``labelled`` are the kits scanned with their labels on. Raises Refused while one is left, for one
    that is none of them, where the labels do not add up, or where one person would sign twice.
    """
    found, kits = kits_to_overlabel(pharmacy, extension_id)
    wanted, seen = {kit.kit_number for kit in kits}, set(labelled)
    left = sorted(wanted - seen)
    refuse(
        violation(
            "lot.not_labelled",
            found.blinded_lot,
            number=len(left),
            left=", ".join(left[:10]),
        )
        if left
        else None,
        *(
            violation("lot.other_kit", number, lot=found.blinded_lot)
            for number in sorted(seen - wanted)
        ),
        rules.labels_unequal(
            found.blinded_lot,
            len(seen),
            printed=printed,
            spoiled=spoiled,
            remaining=remaining,
        ),
        *_one_person(pharmacy, credentials),
    )
    event = OverlabelsApplied(
        extension_id=extension_id,
        blinded_lot=found.blinded_lot,
        expiry=found.expiry,
        kits=tuple(sorted(seen)),
        printed=printed,
        spoiled=spoiled,
        remaining=remaining,
    )
    return pharmacy.record(Task.APPLY_OVERLABELS, event, credentials=list(credentials), op_id=op_id)


def drop_extension(
    pharmacy: Pharmacy, extension_id: str, because: str, *, op_id: str = ""
) -> Appended:
    """Record that an open extension is not carried out. Raises Refused without a reason."""
    found, _ = kits_to_overlabel(pharmacy, extension_id)
    refuse(None if because.strip() else violation("lot.no_reason", found.blinded_lot))
    event = ExtensionDropped(
        extension_id=extension_id, blinded_lot=found.blinded_lot, because=because.strip()
    )
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id)


def _one_person(
    pharmacy: Pharmacy, credentials: Sequence[Credential]
) -> Iterator[Violation | None]:
    """Yield the violation of somebody who would check their own labels."""
    for first, second in pairwise(credentials):
        name = pharmacy.person_named(second.person_id).printed_name
        yield same_person(first.person_id, second.person_id, name)


def _unknown(pharmacy: Pharmacy, lot: str) -> Iterator[Violation]:
    if not queries.kits_of_lot(pharmacy.reader, lot):
        yield violation("lot.unknown", lot)


def _too_large(lot: str, paper: bytes) -> Violation | None:
    if len(paper) > LARGEST_PAPER_BYTES:
        return violation("lot.paper_too_large", lot, found=len(paper), most=LARGEST_PAPER_BYTES)
    return None
