"""A paper as it will print: pages as pictures, saved as PDF or sent to a printer of the system."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.page_printing import printing
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
SCREEN_DPI = 96
PDF_DPI = 72


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished document. ``file_name`` is also the print job's title: neutral, made by us."""

    title: str
    file_name: str
    pdf: bytes
    unblinded: bool


class Pages:
    """The pages of a PDF as pictures; pdfium is loaded with the first document."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - only needed once a paper is looked at

        self._document: Any = pypdfium2.PdfDocument(pdf)
        # Asked once: pdfium brings the program down when asked about a closed document.
        self._sizes = [page.get_size() for page in self._document]

    def __len__(self) -> int:
        return len(self._sizes)

    def size_points(self, number: int) -> tuple[float, float]:
        """Return a page's size in points of 1/72 inch."""
        wide, high = self._sizes[number]
        return float(wide), float(high)

    def picture(self, number: int, dpi: float) -> QImage:
        """Return a page on white at a resolution, without smoothing lost to scaling.

        Raises ValueError once the document is closed.
        """
        if self.closed:
            raise ValueError("the document is closed")
        bitmap = self._document[number].render(
            scale=dpi / PDF_DPI, fill_color=(255, 255, 255, 255), rev_byteorder=True
        )
        formats = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}
        form = formats.get(bitmap.n_channels, QImage.Format.Format_RGBX8888)
        data = bytes(bitmap.buffer)
        return QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy()

    @property
    def closed(self) -> bool:
        """Whether the document was let go of."""
        return self._document is None

    def close(self) -> None:
        """Let go of the document."""
        if self._document is not None:
            self._document.close()
            self._document = None


class DocumentPreview(Dialog):
    """Shows a paper with its class; ``saved`` and ``printed`` tell what was done with it.

    The pictures are rendered when they come into view. ``printed`` only says that the system took
    the job: whether paper came out is for the person to say.
    """

    saved = Signal(Path)
    printed = Signal(str)

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=720)
        self.resize(880, 760)
        self.paper = paper
        self._pages = Pages(paper.pdf)
        self._job: Generator[tuple[int, int]] | None = None
        self._printer: Any = None
        self._zoom = ZOOMS.index(1.0)
        self._sheets = [
            QLabel(alignment=Qt.AlignmentFlag.AlignCenter) for _ in range(len(self._pages))
        ]
        self._class = words()
        self._class.setObjectName("mode")
        self._class.setFixedHeight(24)
        self._place = words("", "muted")
        self._smaller, self._larger = ReasonedButton(), ReasonedButton()
        self._close = ReasonedButton(hint="Esc")
        self._save = ReasonedButton(hint="Ctrl S")
        self.refusals = RefusalsPanel()
        self._print = PrimaryButton(hint="Ctrl P")
        self._lay_out()
        self._connect()
        self.share_escape(self.refusals, self._close)
        self.retranslate()
        self._fit()
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self._class)
        bar.addWidget(self._place, 1)
        bar.addWidget(self._smaller)
        bar.addWidget(self._larger)
        desk = QWidget()
        desk.setObjectName("body")
        column = QVBoxLayout(desk)
        column.setSpacing(16)
        for sheet in self._sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setWidget(desk)
        self.body.addLayout(bar)
        self.body.addWidget(self.refusals)
        self.body.addWidget(self._area, 1)
        for button in (self._close, self._save, self._print):
            self.add_button(button)

    def _connect(self) -> None:
        self._smaller.clicked.connect(lambda: self._set_zoom(self._zoom - 1))
        self._larger.clicked.connect(lambda: self._set_zoom(self._zoom + 1))
        self._smaller.setShortcut("Ctrl+-")
        self._larger.setShortcut("Ctrl++")
        self._close.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save)
        self._save.setShortcut("Ctrl+S")
        self._print.clicked.connect(self._on_print)
        self._print.setShortcut("Ctrl+P")
        self._area.verticalScrollBar().valueChanged.connect(self._draw_visible)
        self.finished.connect(self._finish)
        self.finished.connect(self._pages.close)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.paper.title)
        self._area.setAccessibleName(self.paper.title)
        blinded, unblinded = self.tr("BLINDED"), self.tr("UNBLINDED")
        self._class.setText(unblinded if self.paper.unblinded else blinded)
        self._class.setStyleSheet("" if self.paper.unblinded else self._blinded_look())
        self._say_pages()
        ink = theme.current().text_soft
        for button, name, said in (
            (self._smaller, "zoom-out", self.tr("Smaller")),
            (self._larger, "zoom-in", self.tr("Larger")),
        ):
            button.setIcon(icons.icon(name, ink, 18))
            button.setAccessibleName(said)
            button.setToolTip(said)
        self._close.setText(self.tr("Close"))
        self._save.setText(self.tr("Save as PDF…"))
        self._print.setText(self.tr("Print…"))

    def _say_pages(self) -> None:
        pages = self.tr("{count} pages · {name}")
        self._place.setText(pages.format(count=len(self._pages), name=self.paper.file_name))

    @staticmethod
    def _blinded_look() -> str:
        palette = theme.current()
        return (
            f"color: {palette.text_soft}; background: {palette.window};"
            f"border-color: {palette.border_strong};"
        )

    def _set_zoom(self, zoom: int) -> None:
        self._zoom = min(max(zoom, 0), len(ZOOMS) - 1)
        self._fit()

    def _fit(self) -> None:
        for number, sheet in enumerate(self._sheets):
            wide, high = self._pages.size_points(number)
            factor = SCREEN_DPI / PDF_DPI * ZOOMS[self._zoom]
            sheet.setFixedSize(QSize(round(wide * factor), round(high * factor)))
            sheet.setPixmap(QPixmap())
            sheet.setAccessibleName(self.tr("Page {number}").format(number=number + 1))
        self._draw_visible()

    @Slot()
    def _draw_visible(self) -> None:
        if self._pages.closed:
            return
        top = self._area.verticalScrollBar().value()
        view = QRectF(0, top - 200, 1, self._area.viewport().height() + 400)
        for number, sheet in enumerate(self._sheets):
            seen = view.top() < sheet.y() + sheet.height() and sheet.y() < view.bottom()
            if seen and sheet.pixmap().isNull():
                scale = self.devicePixelRatioF()
                image = self._pages.picture(number, SCREEN_DPI * ZOOMS[self._zoom] * scale)
                image.setDevicePixelRatio(scale)
                sheet.setPixmap(QPixmap.fromImage(_framed(image)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw what has come into view."""
        super().resizeEvent(event)
        self._draw_visible()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Set texts and icons again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_print"):
            self.retranslate()

    @Slot()
    def _on_save(self) -> None:
        dialog = QFileDialog(self, self.windowTitle(), self.paper.file_name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.saved.emit(Path(path)))
        dialog.open()

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - seldom needed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(Path(self.paper.file_name).stem)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: Any) -> None:
        """Print every page on a QPrinter at its own resolution, at true size; say why if it cannot.

        Between two pages the window does what else there is to do. Closed meanwhile, the rest is
        printed at once.
        """
        if self._job is not None:
            return
        self.refusals.clear()
        self._printer, self._job = printer, printing(printer, self.paper.pdf)
        self._print.bar(self.tr("It is being printed."))
        self._next_page()

    @Slot()
    def _next_page(self) -> None:
        if self._job is None:
            return
        try:
            done, of = next(self._job)
        except StopIteration:
            self._tell_printed()
        except EnvironmentProblem as problem:
            self._let_go()
            self.refusals.show_problem(problem)
        else:
            self._place.setText(self.tr("Page {done} of {of}").format(done=done, of=of))
            QTimer.singleShot(0, self, self._next_page)

    @Slot()
    def _finish(self) -> None:
        """Print what is left of a job at once."""
        if self._job is not None:
            self._job.close()
            self._tell_printed()

    def _tell_printed(self) -> None:
        name = str(self._printer.printerName())
        self._let_go()
        self.printed.emit(name)

    def _let_go(self) -> None:
        self._job = self._printer = None
        self._print.bar("")
        self._say_pages()


def _framed(image: QImage) -> QImage:
    """Return a page with a thin edge, so that it stands out on a light ground."""
    painter = QPainter(image)
    painter.setPen(QColor(theme.current().border_strong))
    scale = image.devicePixelRatio()
    painter.drawRect(QRectF(0, 0, image.width() / scale - 1, image.height() / scale - 1))
    painter.end()
    return image
