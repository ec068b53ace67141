"""The sponsor's decision on quarantined kits: which, back to stock or never, by which reference."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.people import Task
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.kits_said import because
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import stock

HIGH = 220
WAITING = (KitState.QUARANTINED, KitState.PRE_QUARANTINED)
MOST_DECIDED = 500


class DecisionDialog(Dialog):
    """Emits ``decided`` with the kit numbers, whether they are usable, and the reference."""

    decided = Signal(object, bool, str)

    def __init__(
        self, kits: Sequence[Kit], chosen: Collection[KitNumber], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=680)
        self._kits_of = kits
        self._note = words("", "muted", wrap=True)
        self.kits = QListWidget()
        self.kits.setMinimumHeight(HIGH)
        self.kits.setSpacing(2)
        self.decision = ChoiceField()
        self.reference = TextField()
        self._cancel = ReasonedButton(hint="Esc")
        self._go = PrimaryButton()
        for part in (self._note, self.kits, self.decision, self.reference):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.decide)
        for kit in kits:
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            checked = kit.kit_number in chosen
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            self.kits.addItem(item)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Decide on quarantine"))
        self._note.setText(
            self.tr("Only what the sponsor decided in writing. Space ticks a kit in the list.")
        )
        self.kits.setAccessibleName(self.tr("Kits in quarantine"))
        for number, kit in enumerate(self._kits_of):
            state = wording.term(f"kit_state.{kit.state}")
            self.kits.item(number).setText(
                self.tr("{kit} · {state} · {why} · shipment {shipment}").format(
                    kit=kit.kit_number, state=state, why=because(kit), shipment=kit.shipment_id
                )
            )
        self.decision.set_label(self.tr("The sponsor's decision"))
        self.decision.set_choices(
            [
                (True, self.tr("usable: back to stock")),
                (False, self.tr("not usable: never to be given")),
            ],
            ask=self.tr("Choose"),
        )
        self.reference.set_label(self.tr("Reference of the decision, such as letter and date"))
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Go on to the signature"))

    def chosen(self) -> list[KitNumber]:
        """Return the ticked kits."""
        return [
            kit.kit_number
            for number, kit in enumerate(self._kits_of)
            if self.kits.item(number).checkState() is Qt.CheckState.Checked
        ]

    @Slot()
    def decide(self) -> None:
        """Give the decision, if nothing is missing."""
        missing = self.decision.value is None
        self.decision.set_error(self.tr("Choose what was decided.") if missing else "")
        unfounded = not self.reference.text
        self.reference.set_error(self.tr("Name the decision.") if unfounded else "")
        none = not self.chosen()
        if none:
            self._note.setText(self.tr("Tick the kits that the decision names."))
        if not (missing or unfounded or none):
            self.accept()
            self.decided.emit(self.chosen(), bool(self.decision.value), self.reference.text)


def ask_decision(
    workplace: Workplace, chosen: Kit | None, done: Callable[[Appended], None], parent: QWidget
) -> None:
    """Ask which kits the sponsor decided on and what, then for the signature."""
    pharmacy = workplace.pharmacy
    kits = [
        kit
        for state in WAITING
        for kit in queries.page(pharmacy.reader, queries.KitFilter(state=state), None, MOST_DECIDED)
    ]

    def sign(numbers: list[str], usable: bool, reference: str) -> None:  # noqa: FBT001 - a signal's
        back = QCoreApplication.translate(
            "DecisionDialog", "Kits {kits} are usable again, by {reference}."
        )
        never = QCoreApplication.translate(
            "DecisionDialog", "Kits {kits} are never to be given, by {reference}."
        )
        me = pharmacy.person.person_id
        sign_and(
            workplace,
            (back if usable else never).format(kits=", ".join(numbers), reference=reference),
            [workplace.asked(Meaning.AUTHORISED, Task.DECIDE_QUARANTINE, chosen=me)],
            lambda signers: stock.decide_quarantine(
                pharmacy,
                numbers,
                usable=usable,
                authorisation=reference,
                credential=signers[0],
            ),
            done,
            parent,
        )

    dialog = DecisionDialog(kits, () if chosen is None else (chosen.kit_number,), parent)
    dialog.decided.connect(sign)
    dialog.open()
