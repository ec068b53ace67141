"""A paper on the screen: looked at, printed or saved, and recorded as printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.printers import PrintedAlready, for_screen
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.workflows import papers
from pharmacy_app.workflows.pharmacy import Pharmacy

NAMES = {
    catalogue.LABEL.key: QT_TRANSLATE_NOOP("Paper", "Label"),
    catalogue.OVER_LABELS.key: QT_TRANSLATE_NOOP("Paper", "Over-labels"),
    catalogue.KIT_LABEL.key: QT_TRANSLATE_NOOP("Paper", "Kit's storage label"),
    catalogue.HAND_OVER.key: QT_TRANSLATE_NOOP("Paper", "Hand-over form"),
    catalogue.PICK_SHEET.key: QT_TRANSLATE_NOOP("Paper", "Pick sheet"),
    catalogue.PREPARATION_RECORD.key: QT_TRANSLATE_NOOP("Paper", "Preparation record"),
    catalogue.ACCOUNTABILITY_LOG.key: QT_TRANSLATE_NOOP("Paper", "Accountability log"),
    catalogue.STOCK_COUNT.key: QT_TRANSLATE_NOOP("Paper", "Stock-count sheet"),
    catalogue.DESTRUCTION_CERTIFICATE.key: QT_TRANSLATE_NOOP("Paper", "Destruction certificate"),
    catalogue.RETURN_LIST.key: QT_TRANSLATE_NOOP("Paper", "Kits sent"),
    catalogue.RECONCILIATION.key: QT_TRANSLATE_NOOP("Paper", "Reconciliation of the site"),
    catalogue.UNBLINDING_LETTER.key: QT_TRANSLATE_NOOP("Paper", "Unblinding letter"),
    catalogue.CODE_BREAK_NOTICE.key: QT_TRANSLATE_NOOP("Paper", "Notice of a code break"),
    catalogue.LOOK_BACK.key: QT_TRANSLATE_NOOP("Paper", "Look-back report"),
    catalogue.SAFETY_NOTICE.key: QT_TRANSLATE_NOOP("Paper", "Safety notice for the ward"),
    catalogue.SHIPMENT_RECEIPT.key: QT_TRANSLATE_NOOP("Paper", "Shipment receipt"),
    catalogue.TEMPERATURE_REPORT.key: QT_TRANSLATE_NOOP("Paper", "Temperature report"),
    catalogue.BOX_MAP.key: QT_TRANSLATE_NOOP("Paper", "Box map"),
    catalogue.MOVE_SHEET.key: QT_TRANSLATE_NOOP("Paper", "Move sheet"),
    catalogue.PICK_LIST.key: QT_TRANSLATE_NOOP("Paper", "Pick list"),
    catalogue.READINESS.key: QT_TRANSLATE_NOOP("Paper", "Readiness and forecast"),
    catalogue.BLINDED_READINESS.key: QT_TRANSLATE_NOOP("Paper", "Readiness for the ward"),
}


def document_name(key: str) -> str:
    """Return what a kind of paper is called in the language of the window."""
    return QCoreApplication.translate("Paper", str(NAMES[key]))


def show_paper(
    pharmacy: Pharmacy,
    make: Callable[[], Paper],
    title: str,
    record: str,
    met: Callable[[Problem], None],
    parent: QWidget,
) -> DocumentPreview | None:
    """Make a paper and show it; a print or a saved file is recorded. Problems go to ``met``.

    ``record`` is what the paper is about, such as ``dose/<id>``.
    """
    try:
        paper = make()
    except (Refused, EnvironmentProblem) as problem:
        met(problem)
        return None

    def noting(act: Callable[[], PrintOutcome]) -> None:
        try:
            act()
        except (Refused, EnvironmentProblem) as problem:
            met(problem)

    def on_printed(name: str) -> None:
        noting(lambda: papers.print_paper(pharmacy, paper, record, PrintedAlready(name)))

    def on_saved(path: Path) -> None:
        noting(lambda: papers.save_paper(pharmacy, paper, record, path))

    shown = DocumentPreview(for_screen(paper, title), parent)
    shown.printed.connect(on_printed)
    shown.saved.connect(on_saved)
    shown.open()
    return shown
