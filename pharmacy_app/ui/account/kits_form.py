"""A form that asks for kits: ticked in the list, scanned, or typed and added."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.form import Form
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.kits_said import because, state_word
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.workplace import scanned
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.stock import known_kit

HIGH = 150


class KitsForm(Form):
    """Asks for kits and a reason. Kits are ticked in the list, scanned, or typed and added.

    ``chosen`` comes with the kits and the texts typed, for acts that are signed next.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        fields: Sequence[QWidget],
        parent: QWidget,
    ) -> None:
        self.list = QListWidget()
        self.list.setMinimumHeight(HIGH)
        self.code, self.add = TextField(codes=True), ReasonedButton()
        self.because = TextField()
        self._kits: list[Kit] = []
        super().__init__(
            *(pharmacy, (*fields, self.list, self.code, self.because), parent), width=680
        )
        self.code.editor.returnPressed.connect(self.add_typed)
        for kit in kits:
            self._offer(kit, ticked=kit.kit_number in ticked)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.list.setAccessibleName(self.tr("Kits"))
        self.code.set_label(self.tr("Scan a further kit, or type its number and press Enter"))
        self.because.set_label(self.tr("Reason"))

    def _offer(self, kit: Kit, *, ticked: bool) -> None:
        state = state_word(kit, self.pharmacy.now())
        why = f" · {because(kit)}" if kit.because else ""
        expiry = wording.day(last_minute(kit.expiry))
        item = QListWidgetItem(f"{kit.kit_number} · {kit.lot} · {expiry} · {state}{why}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)
        self._kits.append(kit)

    def kits(self) -> list[KitNumber]:
        """Return the ticked kits."""
        return [
            kit.kit_number
            for number, kit in enumerate(self._kits)
            if self.list.item(number).checkState() is Qt.CheckState.Checked
        ]

    def scan(self, scan: RawScan) -> bool:
        """Tick the kit that was scanned, and put it on the list if it is not there."""
        try:
            kit = known_kit(self.pharmacy, scanned(scan))
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
            return True
        numbers = [known.kit_number for known in self._kits]
        if kit.kit_number in numbers:
            item = self.list.item(numbers.index(kit.kit_number))
            item.setCheckState(Qt.CheckState.Checked)
        else:
            self._offer(kit, ticked=True)
        self.list.setCurrentRow([one.kit_number for one in self._kits].index(kit.kit_number))
        return True

    @Slot()
    def add_typed(self) -> None:
        """Put the typed kit on the list."""
        typed = self.code.text
        self.code.set_text("")
        self.scan(RawScan(typed, typed=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Add a typed kit on Enter in its field; else record."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.code.editor.hasFocus():
            return  # the field has added it
        super().keyPressEvent(event)
