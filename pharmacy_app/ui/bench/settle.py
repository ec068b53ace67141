"""What became of a label that was sent to a printer: none came out, or a spoiled one did."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.doses import LabelCopy, LabelState
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import labelling

Act = Callable[..., object]


def ask_none(bench: Workbench, copy: LabelCopy, parent: QWidget) -> None:
    """Ask why no label came out, and record it."""
    _ask(
        QCoreApplication.translate("Settle", "No label came out"),
        QCoreApplication.translate(
            "Settle", "This copy's number is not used again. The next copy gets a new one."
        ),
        QCoreApplication.translate("Settle", "What happened (jam, empty …)"),
        lambda because: record(bench, labelling.no_label_came, copy, because),
        parent,
    )


def ask_spoiled(bench: Workbench, copy: LabelCopy, parent: QWidget) -> None:
    """Ask what is wrong with the label that came out, and record it."""
    _ask(
        QCoreApplication.translate("Settle", "The label came out spoiled"),
        QCoreApplication.translate(
            "Settle", "Destroy it: it may be on no bag. A further copy needs a second person."
        ),
        QCoreApplication.translate("Settle", "What is wrong with it (torn, smeared, cut …)"),
        lambda because: record(bench, labelling.spoil, copy, because),
        parent,
    )


def record(bench: Workbench, act: Act, copy: LabelCopy, because: str) -> None:
    """Record what became of a copy."""
    pharmacy, dose_id = bench.pharmacy, bench.at_hand.dose_id
    bench.act(lambda op: act(pharmacy, dose_id, because, copy.label_id, op_id=op))


def _ask(head: str, text: str, label: str, use: Callable[[str], None], parent: QWidget) -> None:
    go = QCoreApplication.translate("Settle", "Record it")
    dialog = QuestionsDialog(head, text, [label], go, parent)
    dialog.answered.connect(lambda given: use(given[0]))
    dialog.open()


class Unsettled(Spoken, QWidget):
    """Asks about a label of a dose that left the bench before anybody said what became of it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.copy: LabelCopy | None = None
        self._says = words("", "strong", wrap=True)
        self.none, self.spoiled = ReasonedButton(), ReasonedButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._says, 1)
        for button, ask in ((self.none, ask_none), (self.spoiled, ask_spoiled)):
            row.addWidget(button)
            button.clicked.connect(self._asking(ask))
        self.retranslate()

    def _asking(self, ask: Callable[[Workbench, LabelCopy, QWidget], None]) -> Callable[[], None]:
        def go() -> None:
            if self.copy is not None:
                ask(self.bench, self.copy, self)

        return go

    def retranslate(self) -> None:
        """Set every text again, and show the first copy that waits for an answer."""
        dose = self.bench.dose
        copies = () if dose is None else dose.live_labels
        self.copy = next((c for c in copies if c.state is LabelState.SPOOLED), None)
        self.setVisible(self.copy is not None)
        self.none.setText(self.tr("None came out…"))
        self.spoiled.setText(self.tr("It was destroyed…"))
        if self.copy is not None:
            said = self.tr("Label {label} was sent to the printer: what became of it?")
            self._says.setText(said.format(label=self.copy.label_id))
