"""Labels: a number taken once, the exact bytes kept, printed, and scanned back from the bag.

A label's number is recorded before anything goes to a printer, so that no crash can give it twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.barcodes import parse_scan
from pharmacy_app.domain.doses import LIVE, Dose, LabelCopy, LabelState, Step
from pharmacy_app.domain.events.label import (
    ExtraLabelReserved,
    LabelFailed,
    LabelReserved,
    LabelScannedBack,
    LabelSpoiled,
    LabelSpooled,
)
from pharmacy_app.domain.ids import DoseId, LabelId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.label_symbol import read_symbol, read_typed, symbol_of, symbol_text
from pharmacy_app.domain.people import Task, missing_right, same_person
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, refuse, violation
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.blinded import blinded_dose, blinded_label
from pharmacy_app.workflows.dosing import dose, protocol_of, voiding
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned

PDF = "application/pdf"
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Reprint:
    """Why another copy is printed, and the second person who agrees."""

    reason: str
    credential: Credential


def reserve(
    pharmacy: Pharmacy, dose_id: DoseId, reprint: Reprint | None = None, *, op_id: str = ""
) -> LabelCopy:
    """Take the next copy's number and fix its bytes; an earlier copy becomes void.

    Raises Refused while the label is locked (no check, too soon, past use-before, a missing glyph),
    while nobody has said what became of a copy that was sent to a printer, and for a further copy, once
    one came out, without a reason and a second person.
    """
    asked = dose(pharmacy, dose_id)
    locked = rules.label_locked(asked, protocol_of(pharmacy, asked).release, pharmacy.now())
    return _reserve(pharmacy, asked, LabelKind.BAG, (reprint, op_id), locked)


def reserve_extra(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    kind: LabelKind,
    reprint: Reprint | None = None,
    *,
    op_id: str = "",
) -> LabelCopy:
    """Take a number for a label beside the bag's, once the bag's was scanned back.

    Raises Refused as `reserve`, and ``label.no_such_kind`` where the trial has no such label.
    """
    asked = dose(pharmacy, dose_id)
    has = kind is not LabelKind.BAG and protocol_of(pharmacy, asked).labelling.template(kind)
    refused = (
        None if has else violation("label.no_such_kind", dose_id, kind=f"label_kind.{kind}"),
        rules.out_of_order(asked, Step.HAND_OVER),
    )
    return _reserve(pharmacy, asked, kind, (reprint, op_id), refused)


def _reserve(
    pharmacy: Pharmacy,
    asked: Dose,
    kind: LabelKind,
    how: tuple[Reprint | None, str],
    refused: Iterable[Violation | None],
) -> LabelCopy:
    reprint, op_id = how
    pharmacy.require(Task.LABEL)
    before = [copy for copy in asked.labels if copy.kind is kind]
    live = [copy for copy in before if copy.state in LIVE]
    again = bool(live) or any(copy.printed for copy in before)
    refuse(
        *refused,
        rules.too_late(asked, asked.use_before, pharmacy.now()),
        *(
            # Whether one came out is known only now, by whoever stands at the printer.
            violation("label.unsettled", copy.label_id, kind=f"label_kind.{kind}")
            for copy in live
            if copy.state is LabelState.SPOOLED
        ),
        violation("label.reprint_reason", asked.dose_id)
        if again and (reprint is None or not reprint.reason.strip())
        else None,
    )
    event, attachments = _drawn(pharmacy, asked, kind)
    if not again or reprint is None:
        pharmacy.record(Task.LABEL, event, op_id=op_id, attachments=attachments)
        return _copy(pharmacy, asked.dose_id, event.label_id)
    second = pharmacy.person_named(reprint.credential.person_id)
    refuse(
        same_person(pharmacy.person.person_id, second.person_id, second.printed_name),
        missing_right(second, Task.CHECK),
    )
    because = reprint.reason.strip()
    pharmacy.record(
        Task.REPRINT,
        *voiding(live, asked.dose_id, because),
        event,
        credentials=[reprint.credential],
        op_id=op_id,
        reason=because,
        attachments=attachments,
    )
    return _copy(pharmacy, asked.dose_id, event.label_id)


def _drawn(
    pharmacy: Pharmacy, asked: Dose, kind: LabelKind
) -> tuple[LabelReserved | ExtraLabelReserved, list[Attachment]]:
    copy = len(asked.labels) + 1
    label_id = LabelId(f"{asked.dose_id}/{copy}")
    trial = protocol_of(pharmacy, asked)
    seen = blinded_dose(pharmacy.reader, trial, pharmacy.site, asked.dose_id)
    label = blinded_label(seen, trial, label_id, copy, kind)
    pdf = catalogue.render(catalogue.LABEL, label).pdf
    paper = Attachment(PDF, pdf)
    picture = Attachment(PNG, label_picture(pdf).png())
    fixed: dict[str, Any] = {
        "dose_id": asked.dose_id,
        "label_id": label_id,
        "copy": copy,
        "symbol": symbol_text(symbol_of(label, seen.use_before.astimezone(pharmacy.zone))),
        "paper": paper.sha256.hex(),
        "picture": picture.sha256.hex(),
    }
    event = (
        LabelReserved(**fixed)
        if kind is LabelKind.BAG
        else ExtraLabelReserved(**fixed, label_kind=kind)
    )
    return event, [paper, picture]


def print_label(
    pharmacy: Pharmacy, copy: LabelCopy, dose_id: DoseId, printer: Printer, *, op_id: str = ""
) -> Appended:
    """Record that a reserved copy goes to a printer, and send its exact bytes there.

    Raises EnvironmentProblem ``print.…`` after recording that the printer did not take them; the
    next copy has a new number.
    """
    pharmacy.require(Task.LABEL)
    asked = dose(pharmacy, dose_id)
    refuse(
        rules.out_of_order(asked, Step.LABEL if copy.kind is LabelKind.BAG else Step.HAND_OVER),
        rules.too_late(asked, asked.use_before, pharmacy.now()),
    )
    # What the caller holds may be older than the last act: only the dose's own copy is printed.
    live = _live(asked, copy.label_id)
    if live is None or live.state is not LabelState.RESERVED:
        raise Refused([violation("label.printed_before", copy.label_id)])
    # On record before it goes out: whatever happens in between, no copy is printed twice.
    spooled = LabelSpooled(dose_id=dose_id, label_id=copy.label_id, printer=printer.name)
    recorded = pharmacy.record(Task.LABEL, spooled, op_id=op_id)
    try:
        printer.submit(kept_paper(pharmacy, live, dose_id), catalogue.LABEL.job_title)
    except EnvironmentProblem as problem:
        failed = LabelFailed(dose_id=dose_id, label_id=copy.label_id, because=problem.problem.rule)
        pharmacy.record(Task.LABEL, failed)
        raise
    return recorded


def no_label_came(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    because: str,
    label_id: LabelId | None = None,
    *,
    op_id: str = "",
) -> Appended:
    """Record that the printer took the bytes but no label came out; of the bag's copy, or one named."""
    copy = _printed(pharmacy, dose_id, because, label_id)
    event = LabelFailed(dose_id=dose_id, label_id=copy.label_id, because=because.strip())
    return pharmacy.record(Task.LABEL, event, op_id=op_id)


def spoil(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    because: str,
    label_id: LabelId | None = None,
    *,
    op_id: str = "",
) -> Appended:
    """Record that a label came out but cannot be used, and was destroyed; another copy comes next.

    Raises Refused without a reason, or if no such copy waits for its scan.
    """
    copy = _printed(pharmacy, dose_id, because, label_id)
    event = LabelSpoiled(dose_id=dose_id, label_id=copy.label_id, because=because.strip())
    return pharmacy.record(Task.LABEL, event, op_id=op_id)


def _printed(
    pharmacy: Pharmacy, dose_id: DoseId, because: str, label_id: LabelId | None
) -> LabelCopy:
    pharmacy.require(Task.LABEL)
    asked = dose(pharmacy, dose_id)
    copy = asked.current_label() if label_id is None else _live(asked, label_id)
    if copy is None or copy.state is not LabelState.SPOOLED:
        raise Refused([violation("label.none_printed", dose_id)])
    refuse(None if because.strip() else violation("label.failure_reason", dose_id))
    return copy


def scan_back(
    pharmacy: Pharmacy, dose_id: DoseId, scanned: Scanned, *, op_id: str = ""
) -> Appended:
    """Prove that the label on the bag is the one reserved: dose, kit, copy, use-before.

    Anything else is refused and noted: a label of another dose, a void copy, an altered symbol.
    Where no scanner reads the symbol any more, dose code and copy are typed (``D-4KX9MT3/1``).
    """
    pharmacy.require(Task.LABEL)
    asked = dose(pharmacy, dose_id)
    refuse(rules.out_of_order(asked, Step.SCAN_BACK))
    copy = asked.current_label()
    if copy is None:
        raise Refused([violation("label.none_printed", dose_id)])
    return _scan_back(pharmacy, asked, copy, scanned, op_id)


def scan_extra(
    pharmacy: Pharmacy, dose_id: DoseId, kind: LabelKind, scanned: Scanned, *, op_id: str = ""
) -> Appended:
    """Prove that a label beside the bag's is the one reserved. Raises Refused as `scan_back`."""
    pharmacy.require(Task.LABEL)
    asked = dose(pharmacy, dose_id)
    copy = asked.extra_label(kind)
    if copy is None or copy.state is not LabelState.SPOOLED:
        raise Refused([violation("label.none_printed", dose_id)])
    return _scan_back(pharmacy, asked, copy, scanned, op_id)


def _scan_back(
    pharmacy: Pharmacy, asked: Dose, copy: LabelCopy, scanned: Scanned, op_id: str
) -> Appended:
    _require_own_label(pharmacy, asked, copy, scanned)
    event = LabelScannedBack(
        dose_id=asked.dose_id, label_id=copy.label_id, scanned=scanned.raw, typed=scanned.typed
    )
    return pharmacy.record(Task.LABEL, event, op_id=op_id)


def _live(asked: Dose, label_id: LabelId) -> LabelCopy | None:
    return next((copy for copy in asked.live_labels if copy.label_id == label_id), None)


def _require_own_label(pharmacy: Pharmacy, asked: Dose, copy: LabelCopy, scanned: Scanned) -> None:
    record = f"dose/{asked.dose_id}"
    typed = read_typed(scanned.raw) if scanned.typed else None
    if typed is not None:
        others = rules.other_typed_label(asked, *typed, copy.copy)
        pharmacy.refuse_and_note(record, scanned, *others)
        return
    try:
        symbol = read_symbol(parse_scan(scanned.raw).text)
    except Refused as refused:
        pharmacy.refuse_and_note(record, scanned, *refused.violations)
        raise
    pharmacy.refuse_and_note(
        record,
        scanned,
        *rules.other_label(asked, symbol, copy.copy),
        None
        if symbol_text(symbol) == copy.symbol
        else violation("label.other_symbol", copy.label_id),
    )


def kept_paper(pharmacy: Pharmacy, copy: LabelCopy, dose_id: DoseId) -> Paper:
    """Return a copy's paper exactly as it was fixed when its number was taken."""
    _, pdf = pharmacy.ledger.attachment(bytes.fromhex(copy.paper))
    return Paper(
        document=catalogue.LABEL.key,
        secrecy=catalogue.LABEL.secrecy,
        file_name=catalogue.label_file_name(dose_id, copy.copy, copy.kind),
        job_title=catalogue.LABEL.job_title,
        pdf=pdf,
        sha256=copy.paper,
    )


def picture_of(pharmacy: Pharmacy, copy: LabelCopy) -> bytes:
    """Return the PNG of a copy exactly as it was fixed."""
    return pharmacy.ledger.attachment(bytes.fromhex(copy.picture))[1]


def _copy(pharmacy: Pharmacy, dose_id: DoseId, label_id: LabelId) -> LabelCopy:
    found = [c for c in dose(pharmacy, dose_id).labels if c.label_id == label_id]
    return found[0]
