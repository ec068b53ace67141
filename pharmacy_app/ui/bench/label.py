"""The label: made once the dose is checked, printed, and scanned back from the bag."""

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.doses import LabelCopy, LabelState
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.people import Task
from pharmacy_app.system import paths
from pharmacy_app.ui import theme, wording
from pharmacy_app.ui.bench import settle
from pharmacy_app.ui.bench.printing import print_copy
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.printers import label_printers
from pharmacy_app.ui.printing.printers_dialog import PrintersDialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.clock import elapsed
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.workflows import labelling
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Pharmacy


class LabelPicture(QLabel):
    """A copy of a label exactly as it was fixed, as wide as it is asked to be."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._wide = width
        self._shown = ""
        self.setFrameShape(QLabel.Shape.NoFrame)

    def show_copy(self, pharmacy: Pharmacy, copy: LabelCopy) -> None:
        """Show a copy; one that is shown already is not drawn again."""
        if copy.paper == self._shown:
            return
        self._shown = copy.paper
        whole = QPixmap()
        whole.loadFromData(labelling.picture_of(pharmacy, copy))
        scale = self.devicePixelRatioF()
        size = QSize(round(self._wide * scale), whole.height())
        drawn = whole.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(scale)
        self.setPixmap(drawn)
        self.setFixedSize(drawn.deviceIndependentSize().toSize())
        self.setStyleSheet(f"border: 1px solid {theme.current().border_strong};")
        self.setAccessibleName(copy.label_id)


class LabelPanel(StepPanel):
    """Makes the label, shows it, and prints it on the printer chosen."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._picture = LabelPicture(520)
        self.printer = ChoiceField()
        self.printers: dict[str, Printer] = {}
        self.more = ReasonedButton()
        self.more.clicked.connect(self._show_printers)
        self.another = AnotherCopyButton(bench)
        self.another.setParent(self)
        self.another.hide()  # the primary button asks in its place
        self._picture.hide()
        self.body.addWidget(self._picture)
        self.body.addWidget(self.printer)
        self.add_other(self.more)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.show_dose)
        self._timer.start()

    def offer(self, printers: list[tuple[Printer, str]]) -> None:
        """Offer printers to choose from."""
        self.printers = {words: printer for printer, words in printers}
        self.printer.set_choices([(words, words) for words in self.printers])

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Print the label"))
        self.text.setText(
            self.tr(
                "The label's number and every dot of it are fixed first; then it goes to the"
                " printer. It is the same for every subject of the trial."
            )
        )
        self.printer.set_label(self.tr("Printer"))
        self.more.setText(self.tr("Printers…"))
        self.offer(list(label_printers()))
        self.show_dose()

    @Slot()
    def _show_printers(self) -> None:
        shown = PrintersDialog(self.bench.workplace.tasks, paths.printers_file(), self)
        shown.changed.connect(lambda: self.offer(list(label_printers())))
        shown.open()

    @property
    def copy(self) -> LabelCopy | None:
        """The copy that waits to be printed, if one was made."""
        dose = self.bench.dose
        copy = dose.current_label() if dose else None
        return copy if copy is not None and copy.state is LabelState.RESERVED else None

    @Slot()
    def show_dose(self) -> None:
        """Show the copy that waits, or when the label unlocks."""
        if self.bench.dose is None:
            return
        copy = self.copy
        self._picture.setVisible(copy is not None)
        self.printer.setVisible(copy is not None)
        if copy is not None:
            self._picture.show_copy(self.bench.pharmacy, copy)
            self.primary.setText(self.tr("Print this label"))
            self.primary.allow()
            return
        again = self._came_before
        self.primary.setText(self.tr("Another copy…") if again else self.tr("Make the label"))
        self.primary.bar(self._locked())

    @property
    def _came_before(self) -> bool:
        """Whether a label of this bag came out before: a further one needs a second person."""
        return any(c.printed for c in self.bench.at_hand.labels if c.kind is LabelKind.BAG)

    def _locked(self) -> str:
        now = self.bench.pharmacy.now()
        opens = rules.unlocks_at(self.bench.at_hand, self.bench.trial.release)
        if opens is None or now >= opens:
            return ""
        said = self.tr("Unlocks at {time}, in {left}: every dose waits as long.")
        return said.format(time=wording.second(opens), left=elapsed(opens - now))

    @Slot()
    def go(self) -> None:
        """Make the label, or print the one that was made."""
        dose, copy = self.bench.at_hand, self.copy
        if copy is None and self._came_before:
            self.another.ask()
            return
        if copy is None:
            self.bench.act(
                lambda op: labelling.reserve(self.bench.pharmacy, dose.dose_id, op_id=op)
            )
            return
        print_copy(self.bench, copy, self.printers[str(self.printer.value)])


class ScanBackPanel(StepPanel):
    """Asks whether a label came out, and waits for its scan on the bag."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._picture = LabelPicture(520)
        self.none_came, self.spoiled = ReasonedButton(), ReasonedButton()
        self.none_came.clicked.connect(self._ask_what)
        self.spoiled.clicked.connect(self._ask_how)
        self.add_other(self.none_came)
        self.add_other(self.spoiled)
        self.body.addWidget(self._picture)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Did the label come out? Stick it on and scan it"))
        self.text.setText(
            self.tr(
                "The bag may leave only when the label on it has been scanned back. If its symbol"
                " cannot be read, type dose code and copy as printed: D-4KX9MT3/1."
            )
        )
        self.primary.setText(self.tr("Type the code…"))
        self.none_came.setText(self.tr("No label came out…"))
        self.spoiled.setText(self.tr("It is spoiled…"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show the copy that should be on the bag."""
        copy = self.bench.at_hand.current_label()
        if copy is not None:
            self._picture.show_copy(self.bench.pharmacy, copy)

    @Slot()
    def go(self) -> None:
        """Take the label's code by keyboard, marked as typed."""
        dialog = TypedCodeDialog(self)
        dialog.code_given.connect(self.scan)
        dialog.open()

    def scan(self, scan: RawScan) -> bool:
        """Compare the label on the bag."""
        dose = self.bench.at_hand
        self.bench.take_scan(
            scan,
            lambda code, op: labelling.scan_back(self.bench.pharmacy, dose.dose_id, code, op_id=op),
            self.tr("The label of this dose"),
        )
        return True

    @Slot()
    def _ask_what(self) -> None:
        if (copy := self.bench.at_hand.current_label()) is not None:
            settle.ask_none(self.bench, copy, self)

    @Slot()
    def _ask_how(self) -> None:
        if (copy := self.bench.at_hand.current_label()) is not None:
            settle.ask_spoiled(self.bench, copy, self)


class AnotherCopyButton(Spoken, ReasonedButton):
    """Voids the copy there is and makes a further one: a reason and a second person."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.clicked.connect(self.ask)
        self.retranslate()

    def retranslate(self) -> None:
        """Set its text again."""
        self.setText(self.tr("Another copy…"))

    @Slot()
    def ask(self) -> None:
        """Ask why, then for the second person's signature."""
        dialog = QuestionsDialog(
            self.tr("Another copy of the label"),
            self.tr("The copy there is becomes void: destroy it. A second person signs."),
            [self.tr("Reason")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda answers: self.sign_for(answers[0]))
        dialog.open()

    def sign_for(self, reason: str) -> None:
        """Let the second person sign for a further copy."""
        dose, place = self.bench.at_hand, self.bench.workplace
        me = self.bench.pharmacy.person.person_id
        self.bench.sign(
            self.tr("A further copy of the label of dose {dose} is needed: {reason}").format(
                dose=dose.dose_id, reason=reason
            ),
            [place.asked(Meaning.VERIFIED, Task.CHECK, but={me})],
            lambda signers, op: labelling.reserve(
                self.bench.pharmacy, dose.dose_id, Reprint(reason, signers[0]), op_id=op
            ),
            self,
        )
