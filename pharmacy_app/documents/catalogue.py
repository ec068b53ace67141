"""Every document: its class, what it is made from, how its file is named.

A BLINDED document is made from a type of `domain.blinding`, which has no arm; its file and its
metadata have neutral names. An UNBLINDED one carries banner and frame, and ``UNBLINDED_`` in front
of its file's name.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pharmacy_app.documents.labels import dose as dose_label
from pharmacy_app.documents.labels import kits as kit_labels
from pharmacy_app.documents.labels.kits import KitLabel
from pharmacy_app.documents.reports import (
    accountability_log,
    blinded_readiness,
    box_map,
    code_break_notice,
    destruction_certificate,
    hand_over,
    look_back,
    move_sheet,
    pick_list,
    pick_sheet,
    preparation_record,
    readiness,
    reconciliation,
    recovery_sheet,
    return_list,
    safety_notice,
    shipment_receipt,
    stock_count,
    temperature_report,
    unblinding_letter,
)
from pharmacy_app.documents.reports.accountability_log import AccountabilityLog
from pharmacy_app.documents.reports.box_map import BoxMap
from pharmacy_app.documents.reports.destruction_certificate import DestructionCertificate
from pharmacy_app.documents.reports.look_back import LookBackReport
from pharmacy_app.documents.reports.move_sheet import MoveSheet
from pharmacy_app.documents.reports.pick_list import PickList
from pharmacy_app.documents.reports.pick_sheet import PickSheet
from pharmacy_app.documents.reports.preparation_record import PreparationRecord
from pharmacy_app.documents.reports.readiness import ReadinessReport
from pharmacy_app.documents.reports.reconciliation import ReconciliationPaper
from pharmacy_app.documents.reports.recovery_sheet import RecoverySheet
from pharmacy_app.documents.reports.return_list import ReturnList
from pharmacy_app.documents.reports.shipment_receipt import ShipmentReceipt
from pharmacy_app.documents.reports.stock_count import StockCount
from pharmacy_app.documents.reports.temperature_report import TemperatureReport
from pharmacy_app.documents.reports.unblinding_letter import UnblindingLetter
from pharmacy_app.domain.blinding import (
    BlindedHandOver,
    BlindedLabel,
    BlindedNotice,
    BlindedOverLabels,
    BlindedReadiness,
    BlindedSafetyNotice,
)
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.label_rules import LabelKind

_Input = TypeVar("_Input")
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class DocumentClass(StrEnum):
    """Who may see a document."""

    BLINDED = "BLINDED"
    UNBLINDED = "UNBLINDED"


@dataclass(frozen=True, slots=True)
class Document(Generic[_Input]):
    """A kind of paper. ``stem`` gives the file's name without prefix and suffix.

    ``job_title`` is what a print queue shows, to anybody: it says neither record nor class.
    """

    key: str
    secrecy: DocumentClass
    made_from: type[_Input]
    draw: Callable[[_Input], bytes]
    stem: Callable[[_Input], str]
    job_title: str
    keep: bool = True
    """False for a paper of which no copy may be stored."""

    def file_name(self, made_from: _Input) -> str:
        """Return the file's name: ASCII letters, digits, dot, hyphen and underscore."""
        prefix = "UNBLINDED_" if self.secrecy is DocumentClass.UNBLINDED else ""
        parts = (_UNSAFE.sub("-", part) for part in self.stem(made_from).split("_"))
        return f"{prefix}{'_'.join(parts)}.pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished document. ``sha256`` is hexadecimal, over ``pdf``."""

    document: str
    secrecy: DocumentClass
    file_name: str
    job_title: str
    pdf: bytes
    sha256: str


def _label_stem(dose_id: DoseId, copy: int, kind: LabelKind) -> str:
    return f"label_{dose_id}_{copy}" + ("" if kind is LabelKind.BAG else f"_{kind}")


def label_file_name(dose_id: DoseId, copy: int, kind: LabelKind) -> str:
    """Return how the file of a label's copy is named."""
    return _safe(_label_stem(dose_id, copy, kind)) + ".pdf"


def _safe(stem: str) -> str:
    return "_".join(_UNSAFE.sub("-", part) for part in stem.split("_"))


LABEL = Document(
    key="label",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedLabel,
    draw=dose_label.render,
    stem=lambda label: _label_stem(label.dose.dose_id, label.copy, label.kind),
    job_title="Label",
)
OVER_LABELS = Document(
    key="over-labels",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedOverLabels,
    draw=kit_labels.render_over_labels,
    stem=lambda labels: f"over-labels_{labels.extension_id}",
    job_title="Label",
)
KIT_LABEL = Document(
    key="kit-label",
    secrecy=DocumentClass.UNBLINDED,
    made_from=KitLabel,
    draw=kit_labels.render_kit_label,
    stem=lambda label: f"kit-label_{label.kit}",
    job_title="Label",
)
HAND_OVER = Document(
    key="hand-over",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedHandOver,
    draw=hand_over.render,
    stem=lambda form: f"hand-over_{form.dose.dose_id}",
    job_title="Form",
)
PICK_SHEET = Document(
    key="pick-sheet",
    secrecy=DocumentClass.UNBLINDED,
    made_from=PickSheet,
    draw=pick_sheet.render,
    stem=lambda paper: f"pick-sheet_{paper.dose_id}",
    job_title="Sheet",
)
PREPARATION_RECORD = Document(
    key="preparation-record",
    secrecy=DocumentClass.UNBLINDED,
    made_from=PreparationRecord,
    draw=preparation_record.render,
    stem=lambda paper: f"preparation-record_{paper.dose.dose_id}",
    job_title="Record",
)
ACCOUNTABILITY_LOG = Document(
    key="accountability-log",
    secrecy=DocumentClass.UNBLINDED,
    made_from=AccountabilityLog,
    draw=accountability_log.render,
    stem=lambda paper: f"accountability_{paper.standing.site}_{paper.key}",
    job_title="Log",
)
STOCK_COUNT = Document(
    key="stock-count",
    secrecy=DocumentClass.UNBLINDED,
    made_from=StockCount,
    draw=stock_count.render,
    stem=lambda paper: f"stock-count_{paper.standing.site}_{paper.count_id}",
    job_title="Sheet",
)
RECOVERY_SHEET = Document(
    key="recovery-sheet",
    secrecy=DocumentClass.UNBLINDED,
    made_from=RecoverySheet,
    draw=recovery_sheet.render,
    stem=lambda paper: f"recovery_{paper.standing.site}",
    job_title="Sheet",
    keep=False,
)
UNBLINDING_LETTER = Document(
    key="unblinding-letter",
    secrecy=DocumentClass.UNBLINDED,
    made_from=UnblindingLetter,
    draw=unblinding_letter.render,
    stem=lambda paper: f"letter_{paper.subject}_{paper.nth}",
    job_title="Letter",
)
CODE_BREAK_NOTICE = Document(
    key="code-break-notice",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedNotice,
    draw=code_break_notice.render,
    stem=lambda notice: f"notice_{notice.subject}_{notice.nth}",
    job_title="Form",
)
LOOK_BACK = Document(
    key="look-back",
    secrecy=DocumentClass.UNBLINDED,
    made_from=LookBackReport,
    draw=look_back.render,
    stem=lambda paper: f"look-back_{paper.standing.site}_{paper.standing.ledger_seq}",
    job_title="Sheet",
)
SAFETY_NOTICE = Document(
    key="safety-notice",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedSafetyNotice,
    draw=safety_notice.render,
    stem=lambda notice: f"safety-notice_{notice.site}_{notice.issued_at:%Y%m%dT%H%MZ}",
    job_title="Form",
)
SHIPMENT_RECEIPT = Document(
    key="shipment-receipt",
    secrecy=DocumentClass.UNBLINDED,
    made_from=ShipmentReceipt,
    draw=shipment_receipt.render,
    stem=lambda paper: f"receipt_{paper.shipment_id}",
    job_title="Form",
)
TEMPERATURE_REPORT = Document(
    key="temperature-report",
    secrecy=DocumentClass.UNBLINDED,
    made_from=TemperatureReport,
    draw=temperature_report.render,
    stem=lambda paper: f"temperature_{paper.record}",
    job_title="Sheet",
)
BOX_MAP = Document(
    key="box-map",
    secrecy=DocumentClass.UNBLINDED,
    made_from=BoxMap,
    draw=box_map.render,
    stem=lambda paper: f"box-map_{paper.standing.site}_{paper.unit}",
    job_title="Sheet",
)
MOVE_SHEET = Document(
    key="move-sheet",
    secrecy=DocumentClass.UNBLINDED,
    made_from=MoveSheet,
    draw=move_sheet.render,
    stem=lambda paper: f"move-sheet_{paper.standing.site}",
    job_title="Sheet",
)
PICK_LIST = Document(
    key="pick-list",
    secrecy=DocumentClass.UNBLINDED,
    made_from=PickList,
    draw=pick_list.render,
    stem=lambda paper: f"pick-list_{paper.standing.site}",
    job_title="Sheet",
)
BLINDED_READINESS = Document(
    key="blinded-readiness",
    secrecy=DocumentClass.BLINDED,
    made_from=BlindedReadiness,
    draw=blinded_readiness.render,
    stem=lambda told: f"readiness_{told.site}_{told.made_on.isoformat()}",
    job_title="Form",
)
DESTRUCTION_CERTIFICATE = Document(
    key="destruction-certificate",
    secrecy=DocumentClass.UNBLINDED,
    made_from=DestructionCertificate,
    draw=destruction_certificate.render,
    stem=lambda paper: f"destruction_{paper.standing.site}_{paper.list_id}",
    job_title="Record",
)
RETURN_LIST = Document(
    key="return-list",
    secrecy=DocumentClass.UNBLINDED,
    made_from=ReturnList,
    draw=return_list.render,
    stem=lambda paper: f"sent_{paper.standing.site}_{paper.list_id}",
    job_title="Sheet",
)
RECONCILIATION = Document(
    key="reconciliation",
    secrecy=DocumentClass.UNBLINDED,
    made_from=ReconciliationPaper,
    draw=reconciliation.render,
    stem=lambda paper: f"reconciliation_{paper.standing.site}",
    job_title="Log",
)
READINESS = Document(
    key="readiness",
    secrecy=DocumentClass.UNBLINDED,
    made_from=ReadinessReport,
    draw=readiness.render,
    stem=lambda paper: f"readiness_{paper.standing.site}_{paper.standing.ledger_seq}",
    job_title="Sheet",
)
DOCUMENTS: tuple[Document[Any], ...] = (
    LABEL,
    OVER_LABELS,
    KIT_LABEL,
    HAND_OVER,
    PICK_SHEET,
    PREPARATION_RECORD,
    ACCOUNTABILITY_LOG,
    STOCK_COUNT,
    RECOVERY_SHEET,
    UNBLINDING_LETTER,
    CODE_BREAK_NOTICE,
    LOOK_BACK,
    SAFETY_NOTICE,
    SHIPMENT_RECEIPT,
    TEMPERATURE_REPORT,
    BOX_MAP,
    MOVE_SHEET,
    PICK_LIST,
    BLINDED_READINESS,
    DESTRUCTION_CERTIFICATE,
    RETURN_LIST,
    RECONCILIATION,
    READINESS,
)


def render(document: Document[_Input], made_from: _Input) -> Paper:
    """Return the finished paper; equal input gives equal bytes.

    Raises Refused ``print.missing_glyph``, ``print.text_too_long``, and for a label ``label.no_room``,
    ``symbol.…``.
    """
    pdf = document.draw(made_from)
    return Paper(
        document=document.key,
        secrecy=document.secrecy,
        file_name=document.file_name(made_from),
        job_title=document.job_title,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
