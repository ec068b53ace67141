"""Training aids: the telephone of the randomisation desk, kits to scan by a click, passwords."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QTabWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.doses import LabelState
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.ui import theme, wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import dosing

if TYPE_CHECKING:
    from pharmacy_app.demo.aids import TrainingAids

WIDTH, HEIGHT = 640, 520


class TrainingDialog(Dialog):
    """Not modal: it lies beside the work. ``code_taken`` comes with a `RawScan` to be scanned."""

    code_taken = Signal(object)

    def __init__(
        self, workplace: Workplace, aids: "TrainingAids", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=WIDTH)
        self.setModal(False)
        self.resize(WIDTH, HEIGHT)
        self._workplace = workplace
        self._aids = aids
        self._ribbon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._ribbon.setObjectName("ribbon")
        self._ribbon.setFixedHeight(28)
        self._tabs = QTabWidget()
        self.kits, self.codes, self.people = (_list() for _ in range(3))
        self._notes = tuple(words("", "muted", wrap=True) for _ in range(3))
        for listed, note in zip((self.kits, self.codes, self.people), self._notes, strict=True):
            self._tabs.addTab(_tab(note, listed), "")
        self._close = PrimaryButton(hint="Esc")
        self._close.clicked.connect(self.reject)
        self.body.addWidget(self._ribbon)
        self.body.addWidget(self._tabs, 1)
        self.add_button(self._close)
        self.kits.itemActivated.connect(self._on_kit)
        self.kits.itemClicked.connect(self._on_kit)
        self.codes.itemActivated.connect(self._on_code)
        self.codes.itemClicked.connect(self._on_code)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        palette = theme.current()
        self._ribbon.setStyleSheet(
            f"background: {palette.training}; color: {palette.on_training}; border-radius: 4px;"
        )
        self._ribbon.setText(self.tr("TRAINING: nothing here is real"))
        self.set_head(self.tr("Training aids"))
        self._close.setText(self.tr("Close"))
        titles = (self.tr("Kits and labels"), self.tr("Randomisation desk"), self.tr("People"))
        for number, title in enumerate(titles):
            self._tabs.setTabText(number, title)
        notes = (
            self.tr("A click scans the kit or label into the page behind this window."),
            self.tr("The desk reads out a code for one subject and one stage. A click copies it."),
            self.tr("The training people and their passwords."),
        )
        for label, note in zip(self._notes, notes, strict=True):
            label.setText(note)
        self._fill()

    @Slot(object)
    def tell_changed(self, _: object) -> None:
        """Tell the states of the kits again, at the same place of the list."""
        places = [listed.verticalScrollBar().value() for listed in (self.kits, self.codes)]
        self._fill_kits()
        self._fill_codes()
        for listed, place in zip((self.kits, self.codes), places, strict=True):
            listed.verticalScrollBar().setValue(place)

    def _fill(self) -> None:
        if not self._workplace.site.is_open:
            return
        self._fill_kits()
        self._fill_codes()
        self.people.clear()
        for person in self._aids.people:
            roles = ", ".join(wording.term(f"role.{role}") for role in person.roles)
            told = self.tr("{name} · {roles}\npassword: {password}")
            self.people.addItem(
                told.format(name=person.printed_name, roles=roles, password=person.password)
            )

    def _fill_kits(self) -> None:
        """List what may have to be scanned next first: a bag's label, a kit that is reserved."""
        self.kits.clear()
        self._fill_labels()
        reader = self._workplace.pharmacy.reader
        received = {s.shipment_id for s in shipments.shipments(reader) if s.state == "received"}
        told = self.tr("{kit} · {state} · shipment {shipment}")
        reserved: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for shipment in sorted(self._aids.shipments, key=lambda s: s.shipment_id in received):
            for number in shipment.kits:
                kit = kit_queries.kit(reader, number)
                state = wording.term(f"kit_state.{kit.state}") if kit else ""
                line = told.format(kit=number, state=state, shipment=shipment.shipment_id)
                first = kit is not None and kit.state is KitState.ASSIGNED
                (reserved if first else others).append((line, str(number)))
        for line, code in (*reserved, *others):
            _add(self.kits, line, code)

    def _fill_labels(self) -> None:
        pharmacy = self._workplace.pharmacy
        for line in dose_queries.open_doses(pharmacy.reader):
            copy = dosing.dose(pharmacy, line.dose_id).current_label()
            if copy is None or copy.state is not LabelState.SPOOLED:
                continue
            told = self.tr("Label of dose {dose}, copy {copy}")
            _add(self.kits, told.format(dose=line.dose_id, copy=copy.copy), copy.symbol)

    def _fill_codes(self) -> None:
        self.codes.clear()
        used = self._opened_entries()
        for code in self._aids.release_codes:
            if code.entry_id in used:
                continue
            stage = said(self._workplace.pharmacy.trial.stage(code.stage).name)
            told = self.tr("{code} · {stage}")
            _add(self.codes, told.format(code=code.code, stage=stage), code.code)
        self._fill_unblinding_codes()

    def _fill_unblinding_codes(self) -> None:
        """List first the codes for the planned unblinding of subjects whose allocation is open."""
        reader = self._workplace.pharmacy.reader
        for code in self._aids.unblinding_codes:
            owner = subject_queries.owner_of_entry(reader, code.entry_id)
            if owner is None:
                continue
            told = self.tr("{code} · planned unblinding of {subject}")
            line = told.format(code=code.code, subject=owner.subject_id)
            item = QListWidgetItem(line)
            item.setData(Qt.ItemDataRole.UserRole, code.code)
            self.codes.insertItem(0, item)

    def _opened_entries(self) -> set[str]:
        reader = self._workplace.pharmacy.reader
        return {
            code.entry_id
            for code in self._aids.release_codes
            if subject_queries.owner_of_entry(reader, code.entry_id) is not None
        }

    def _on_kit(self, item: QListWidgetItem) -> None:
        self.code_taken.emit(RawScan(str(item.data(Qt.ItemDataRole.UserRole))))

    def _on_code(self, item: QListWidgetItem) -> None:
        theme.application().clipboard().setText(str(item.data(Qt.ItemDataRole.UserRole)))
        self._notes[1].setText(
            self.tr("Copied: {code}").format(code=item.data(Qt.ItemDataRole.UserRole))
        )


def _list() -> QListWidget:
    listed = QListWidget()
    listed.setSpacing(2)
    return listed


def _add(listed: QListWidget, line: str, code: str) -> None:
    item = QListWidgetItem(line)
    item.setData(Qt.ItemDataRole.UserRole, code)
    listed.addItem(item)


def _tab(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(8, 8, 8, 8)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return made
