"""Every paper of the pharmacy: made from what is recorded, printed or saved, and noted as printed.

Blinded papers are made from blinded reads alone (`pharmacy_app.workflows.blinded`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.folder import FolderPrinter
from pharmacy_app.documents.printers.port import Printer, PrintOutcome
from pharmacy_app.documents.reports.pick_sheet import PickSheet
from pharmacy_app.documents.reports.preparation_record import PreparationRecord
from pharmacy_app.documents.reports.recovery_sheet import RecoverySheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.blinding import BlindedHandOver
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.events.dose import HandedOver, KitAssigned
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.site import PaperPrinted
from pharmacy_app.domain.ids import DoseId, PersonId
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.system.files import write_replacing
from pharmacy_app.vault.keys import fingerprint
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.wording import term
from pharmacy_app.workflows.blinded import blinded_dose, blinded_hand_over
from pharmacy_app.workflows.dosing import current_kit, dose, prescription, protocol_of
from pharmacy_app.workflows.pharmacy import Pharmacy


def standing(pharmacy: Pharmacy) -> Standing:
    """Return what every unblinded paper says of itself: site, printer's name, ledger position."""
    seq, head = pharmacy.ledger.head()
    trial, site = pharmacy.trial, pharmacy.site
    return Standing(
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        zone=site.zone,
        training=trial.training,
        printed_by=pharmacy.person.printed_name,
        printed_at=pharmacy.now(),
        ledger_seq=seq,
        ledger_head=head.hex(),
    )


def pick_sheet(pharmacy: Pharmacy, dose_id: DoseId) -> Paper:
    """Return the sheet that says which kit to take, from where and why.

    Raises Refused ``paper.no_kit`` before one is assigned.
    """
    asked = dose(pharmacy, dose_id)
    told = _told(asked, KitAssigned)
    if told is None or asked.assigned is None:
        raise Refused([violation("paper.no_kit", dose_id)])
    kit = current_kit(pharmacy, asked)
    trial = protocol_of(pharmacy, asked)
    kit_type = trial.kit_type(kit.kit_type)
    _, visit = trial.visit(asked.visit)
    sheet = PickSheet(
        standing=standing(pharmacy),
        dose_id=dose_id,
        subject=asked.subject,
        visit=asked.visit,
        visit_name=visit.name,
        planned_at=asked.opened.planned_at,
        opens_at=asked.opened.opens_at,
        closes_at=asked.opened.closes_at,
        outside=asked.opened.outside,
        kit=kit.kit_number,
        kit_type=kit_type.code,
        kit_type_name=kit_type.name,
        lot=kit.lot,
        expiry=kit.expiry,
        position=asked.assigned.position,
        storage_limit_c=kit_type.storage_limit_c,
        minutes_out=kit.seconds_out // 60,
        max_minutes_out=kit_type.max_out_of_storage_minutes,
        usable=asked.assigned.usable,
        same_expiry=asked.assigned.same_expiry,
        proposed_by=names(pharmacy).get(told.actor, told.actor),
        proposed_at=told.recorded_at,
    )
    return catalogue.render(catalogue.PICK_SHEET, sheet)


def preparation_record(pharmacy: Pharmacy, dose_id: DoseId) -> Paper:
    """Return the record of one dose as far as it has come. Raises Refused for an unknown dose."""
    asked = dose(pharmacy, dose_id)
    record = PreparationRecord(
        standing=standing(pharmacy),
        dose=asked,
        trial=protocol_of(pharmacy, asked),
        target_cells=prescription(pharmacy, asked)[1],
        kit=None if asked.kit is None else current_kit(pharmacy, asked),
        names=names(pharmacy),
        deviations=_deviations(pharmacy, dose_id),
    )
    return catalogue.render(catalogue.PREPARATION_RECORD, record)


def hand_over_form(pharmacy: Pharmacy, dose_id: DoseId) -> Paper:
    """Return the form that goes with the bag; BLINDED. Raises Refused before the dose is released."""
    return catalogue.render(catalogue.HAND_OVER, hand_over_facts(pharmacy, dose_id))


def hand_over_facts(pharmacy: Pharmacy, dose_id: DoseId) -> BlindedHandOver:
    """Return what the hand-over form says. Raises Refused as `blinded_dose`."""
    asked = dose(pharmacy, dose_id)
    trial = protocol_of(pharmacy, asked)
    seen = blinded_dose(pharmacy.reader, trial, pharmacy.site, dose_id)
    handed = _told(asked, HandedOver)
    return blinded_hand_over(
        seen,
        trial,
        seal_number="" if asked.covered is None else asked.covered.seal_number,
        released_by="" if handed is None else names(pharmacy).get(handed.actor, ""),
        receiver="" if asked.handed_over is None else asked.handed_over.receiver,
        handed_over_at=asked.handed_over_at,
        now=(asked.handed_over_at or pharmacy.now()).astimezone(pharmacy.zone),
    )


def recovery_sheet(
    pharmacy: Pharmacy, vault: OpenVault, code: str, witness: str | None = None
) -> Paper:
    """Return the sheet with the recovery code. SECRET: printed once, no copy of it is kept."""
    sheet = RecoverySheet(
        standing=standing(pharmacy),
        recovery_code=code,
        vault_id=fingerprint(vault.station_key.public_key),
        made_by=pharmacy.person.printed_name,
        made_at=pharmacy.now(),
        witness=witness,
    )
    return catalogue.render(catalogue.RECOVERY_SHEET, sheet)


DOSE_PAPERS: Mapping[str, Callable[[Pharmacy, DoseId], Paper]] = {
    catalogue.PICK_SHEET.key: pick_sheet,
    catalogue.PREPARATION_RECORD.key: preparation_record,
    catalogue.HAND_OVER.key: hand_over_form,
}
"""The papers of one dose by the key of their document; a label is `labelling.kept_paper`."""

BEFORE_RELEASE = frozenset({catalogue.PICK_SHEET.key, catalogue.PREPARATION_RECORD.key})
"""Those of them that can be made before the dose is released."""


def print_paper(
    pharmacy: Pharmacy, paper: Paper, record: str, printer: Printer, *, op_id: str = ""
) -> PrintOutcome:
    """Hand a paper to a printer and record that it was taken, with the hash of its bytes.

    ``record`` is what it is about, such as ``dose/<id>``. Raises EnvironmentProblem
    ``print.…``; then nothing is recorded.
    """
    pharmacy.require(Task.READ)
    outcome = printer.submit(paper, paper.job_title)
    event = PaperPrinted(
        document=paper.document, record=record, sha256=paper.sha256, printer=outcome.printer
    )
    pharmacy.record(Task.READ, event, op_id=op_id)
    return outcome


def save_paper(
    pharmacy: Pharmacy, paper: Paper, record: str, path: Path, *, op_id: str = ""
) -> PrintOutcome:
    """Write a paper to a file of the user's choice and record it as printed to that folder.

    The record names the folder without its path. Raises EnvironmentProblem if it cannot be written.
    """
    return print_paper(pharmacy, paper, record, _OneFile(path), op_id=op_id)


@dataclass(frozen=True, slots=True)
class _OneFile:
    path: Path

    @property
    def name(self) -> str:
        return self.path.parent.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:  # noqa: ARG002 - no queue here
        write_replacing(self.path, paper.pdf)
        return PrintOutcome(self.name, str(self.path))


def folder_printer(folder: Path) -> FolderPrinter:
    """Return a printer that writes each paper whole into a folder, under its own neutral name."""
    return FolderPrinter(folder, write_replacing)


def _told(asked: Dose, kind: type[KitAssigned | HandedOver]) -> Recorded | None:
    found = [recorded for recorded in asked.record if isinstance(recorded.event, kind)]
    return found[-1] if found else None


def names(pharmacy: Pharmacy) -> dict[PersonId, str]:
    """Return the printed name of everybody with an account."""
    return {p.person_id: p.printed_name for p in site_queries.people(pharmacy.reader)}


def _deviations(pharmacy: Pharmacy, dose_id: DoseId) -> tuple[str, ...]:
    return tuple(
        f"{found.deviation_id}  {term(found.rule, 'zh')} {term(found.rule, 'en')}"
        for found in dose_queries.deviations(pharmacy.reader, only_open=False)
        if found.record == f"dose/{dose_id}"
    )
