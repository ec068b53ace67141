import io
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.ui import theme
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog, TypedCodeDialog
from pharmacy_app.ui.dialogs.crash import CrashDialog
from pharmacy_app.ui.dialogs.preview import DocumentPreview, Pages, Paper
from pharmacy_app.ui.dialogs.signature import Asked, Given, SignatureDialog, Signer
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.tasks import Tasks
from tests.ui.keys import commit

PEOPLE = [Signer("w", "Wang"), Signer("l", "Li")]
REFUSED = Refused([violation("scan.not_expected", "K1")])


class Act:
    """Signs if the password is right; waits until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.given: list[tuple[Given, ...]] = []

    def __call__(self, given: tuple[Given, ...]) -> str:
        self.go.wait(5)
        self.given.append(given)
        if any(one.password != "right" for one in given):
            raise REFUSED
        return "signed"


@pytest.fixture
def act() -> Act:
    return Act()


@pytest.fixture
def dialog(desk: Application, tasks: Tasks, act: Act, qtbot: QtBot) -> SignatureDialog:
    desk.shell.show()
    asked = [Asked("prepared", PEOPLE, "w"), Asked("verified", PEOPLE)]
    made = SignatureDialog("Dose D-1: 14.4 mL", asked, act, tasks, desk.shell)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is made.windowHandle())
    return made


def fill(dialog: SignatureDialog, *passwords: str) -> None:
    for block, person, password in zip(dialog.blocks, ("w", "l"), passwords, strict=True):
        block._person.set_value(person)
        block._password.editor.setText(password)


def test_two_people_sign_in_the_order_asked(
    dialog: SignatureDialog, act: Act, qtbot: QtBot
) -> None:
    fill(dialog, "right", "right")
    act.go.set()
    with qtbot.waitSignals([dialog.signed, dialog.accepted]):
        QTest.keyClick(dialog.blocks[1]._password.editor, Qt.Key.Key_Return)
    assert act.given == [(Given("w", "right"), Given("l", "right"))]


def test_a_refusal_is_shown_inside_and_passwords_are_asked_again(
    dialog: SignatureDialog, act: Act, qtbot: QtBot
) -> None:
    fill(dialog, "right", "wrong")
    act.go.set()
    dialog.sign()
    qtbot.waitUntil(dialog._refusals.isVisible)
    assert dialog.isVisible()
    assert [b._password.editor.text() for b in dialog.blocks] == ["", ""]
    QTest.keyClick(dialog._refusals, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.reject()


def test_escape_dismisses_a_refusal_before_it_cancels_and_the_hints_say_so(
    dialog: SignatureDialog, qtbot: QtBot
) -> None:
    dialog._refusals.show_problem(REFUSED)
    assert (dialog._refusals._dismiss._hint, dialog._cancel._hint) == ("Esc", "")
    QTest.keyClick(dialog.blocks[0]._password.editor, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._refusals.problem is None
    assert dialog._cancel._hint == "Esc"
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.blocks[0]._password.editor, Qt.Key.Key_Escape)


def test_a_dialog_grows_with_what_it_refuses_on_the_screen_and_shrinks_again(
    dialog: SignatureDialog, qtbot: QtBot
) -> None:
    layout, screen = dialog.layout(), dialog.screen().availableGeometry()
    assert layout is not None
    usual = dialog.height()
    dialog._refusals.show_problem(Refused([*REFUSED.violations, *REFUSED.violations]))
    qtbot.waitUntil(dialog._refusals.isVisible)
    qtbot.waitUntil(
        lambda: dialog.height() >= min(layout.totalHeightForWidth(dialog.width()), screen.height())
    )
    assert dialog.frameGeometry().bottom() <= screen.bottom() + 1
    dialog._refusals.dismiss()
    qtbot.waitUntil(lambda: dialog.height() == usual)
    dialog.reject()


def test_what_is_missing_is_said_at_the_field_and_nothing_is_signed(
    dialog: SignatureDialog, act: Act
) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.blocks[0]._password.error
    assert dialog.blocks[1]._person.error
    assert act.given == []
    dialog.reject()


def test_while_the_signature_is_made_it_is_neither_made_twice_nor_cancelled(
    dialog: SignatureDialog, act: Act, qtbot: QtBot
) -> None:
    fill(dialog, "right", "right")
    dialog.sign()
    dialog.sign()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._sign.reason
    with qtbot.waitSignal(dialog.accepted):
        act.go.set()
    assert len(act.given) == 1


def test_escape_cancels_without_signing(dialog: SignatureDialog, act: Act, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert act.given == []


def test_a_wrong_scan_must_be_confirmed(desk: Application, qtbot: QtBot) -> None:
    desk.shell.show()
    dialog = ConfirmScanDialog(RawScan("K1\x1d21"), REFUSED, desk.shell)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.scan(RawScan("K2"))
    assert dialog._code.text() == "Scanned: K1{GS}21"
    with qtbot.waitSignals([dialog.confirmed, dialog.accepted]):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_a_typed_code_is_marked_as_typed(desk: Application) -> None:
    dialog = TypedCodeDialog(desk.shell)
    given: list[RawScan] = []
    dialog.code_given.connect(given.append)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given == []
    commit(dialog._code.editor, " Ｋ7Q4 ")
    QTest.keyClick(dialog._code.editor, Qt.Key.Key_Return)
    assert given == [RawScan("K7Q4", typed=True)]


def test_a_crash_is_told_with_what_is_safe(desk: Application) -> None:
    dialog = CrashDialog(Path("crash.txt"), desk.shell)
    dialog.open()
    assert "safe" in dialog.accessibleName()
    assert dialog._where.text() == "Crash report: crash.txt"
    dialog.accept()


def test_a_bug_stops_all_writing_and_is_reported(desk: Application, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.bug_met):
        desk.meet_bug(KeyError("K1"))
    dialog = desk.shell.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    dialog.accept()


def pdf(pages: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(283.5, 141.7), invariant=1)
    for number in range(pages):
        canvas.rect(20, 20, 50, 50, fill=1)
        canvas.drawString(100, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def preview(desk: Application) -> DocumentPreview:
    desk.shell.show()
    made = DocumentPreview(Paper("Label", "label_D-1.pdf", pdf(40), unblinded=False), desk.shell)
    made.open()
    return made


def test_pages_are_drawn_on_white_at_the_resolution_asked(app: QApplication) -> None:
    pages = Pages(pdf(1))
    picture = pages.picture(0, 144)
    assert (picture.width(), picture.height()) == (567, 284)
    assert picture.pixelColor(5, 5) == QColor("#ffffff")
    assert picture.pixelColor(80, 284 - 80) == QColor("#000000")
    pages.close()
    pages.close()
    with pytest.raises(ValueError, match="closed"):
        pages.picture(0, 144)


def test_only_pages_in_view_are_drawn(preview: DocumentPreview) -> None:
    QApplication.processEvents()
    drawn = [not sheet.pixmap().isNull() for sheet in preview._sheets]
    assert drawn[0]
    assert not drawn[-1]
    bar = preview._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert not preview._sheets[-1].pixmap().isNull()
    preview.reject()


def test_the_class_of_a_paper_is_shown(preview: DocumentPreview) -> None:
    assert preview._class.text() == "BLINDED"
    preview.reject()


def test_zoom_changes_the_size_and_stops_at_the_ends(preview: DocumentPreview) -> None:
    wide = preview._sheets[0].width()
    QTest.mouseClick(preview._larger, Qt.MouseButton.LeftButton)
    assert preview._sheets[0].width() == pytest.approx(wide * 1.25, abs=2)
    for _ in range(20):
        preview._larger.click()
    assert preview._sheets[0].width() == pytest.approx(wide * 3, abs=3)
    preview.reject()


def test_a_closed_preview_survives_a_change_of_theme(preview: DocumentPreview) -> None:
    preview.reject()
    theme.apply("dark")
    assert preview._pages.closed


def test_a_paper_prints_every_page_at_true_size_under_a_neutral_title(
    preview: DocumentPreview, tmp_path: Path, qtbot: QtBot
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setDocName("label_D-1")
    printer.setFullPage(True)
    printer.setResolution(203)
    with qtbot.waitSignal(preview.printed):
        preview.print_on(printer)
    printed = Pages((tmp_path / "out.pdf").read_bytes())
    assert len(printed) == 40
    assert printed.size_points(0) == pytest.approx((283.5, 141.7), abs=1)
    picture = printed.picture(0, 144)
    assert picture.pixelColor(80, picture.height() - 80).lightness() < 20
    printed.close()
    preview.reject()
