"""The forms of the ways out: what is left of a bag, and which kits an act is about."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QWidget

from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded.disposal import GivenKit
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.kits_said import because, state_word
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, side_by_side
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import scanned
from pharmacy_app.workflows import custody, disposal
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.stock import known_kit

HIGH = 150
REFUSALS_HIGH = 220
CHANGED = frozenset({"disposal", "kit"})


class Form(Dialog):
    """A form whose button does `act`; what it refuses is shown inside, and what was typed stays.

    ``recorded`` comes with the kinds of rows that changed.
    """

    recorded = Signal(object)

    def __init__(
        self, pharmacy: Pharmacy, fields: Sequence[QWidget], parent: QWidget, width: int = 560
    ) -> None:
        super().__init__(parent, width=width)
        self.pharmacy, self.op_id = pharmacy, pharmacy.new_op()
        self.note = words("", "muted", wrap=True)
        self.refusals = RefusalsPanel()
        self.cancel, self.use = ReasonedButton(hint="Esc"), PrimaryButton()
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.do)
        self.share_escape(self.refusals, self.cancel)
        for part in (self.note, self._scrolled(), *fields):
            self.body.addWidget(part)
        self.add_button(self.cancel)
        self.add_button(self.use)
        self.retranslate()
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set the texts that every form has."""
        self.cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Record"))

    def _scrolled(self) -> QScrollArea:
        """Return the refusals in a frame of bounded height: each kit of a list may have its own."""
        frame = QScrollArea()
        frame.setWidget(self.refusals)
        frame.setWidgetResizable(True)
        frame.setFrameShape(QScrollArea.Shape.NoFrame)
        frame.setFixedHeight(REFUSALS_HIGH)
        frame.hide()
        self.refusals.shown.connect(frame.setVisible)
        self.refusals.dismissed.connect(frame.hide)
        return frame

    def act(self) -> frozenset[str] | None:
        """Do the act and return what it changed; None if it goes on elsewhere or lacks something."""
        return None

    @Slot()
    def do(self) -> None:
        """Do the act and close, or show why not."""
        try:
            changed = self.act()
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
            return
        if changed is not None:
            self.accept()
            self.recorded.emit(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Record on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.do()
            return
        super().keyPressEvent(event)


class RemainsForm(Form):
    """Records what is left of a bag that was given, as the ward brought or told it."""

    def __init__(self, pharmacy: Pharmacy, given: GivenKit, parent: QWidget) -> None:
        self.given = given
        self.remains, self.left = ChoiceField(), NumberField(decimals=1)
        self.brought_by, self.remarks = TextField(), TextField()
        fields = (side_by_side(self.remains, self.left), self.brought_by, self.remarks)
        super().__init__(pharmacy, fields, parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        head = self.tr("What is left of dose {dose}")
        self.set_head(head.format(dose=self.given.dose_id))
        told = self.tr("Subject {subject}, visit {visit}. It never returns to stock.")
        self.note.setText(told.format(subject=self.given.subject, visit=self.given.visit))
        self.remains.set_label(self.tr("What came back"))
        self.remains.set_choices(
            [(one.value, wording.term(f"remains.{one}")) for one in Remains], ask=self.tr("Choose")
        )
        self.left.set_label(self.tr("Left in it, estimated"), "mL", self.tr("Partly used bag only"))
        self.brought_by.set_label(self.tr("Who brought or told it"))
        self.remarks.set_label(self.tr("Remarks, if any"))

    def act(self) -> frozenset[str] | None:
        """Record it."""
        if self.remains.value is None:
            self.remains.set_error(self.tr("Choose what came back."))
            return None
        appended = custody.take_back(
            *(self.pharmacy, self.given.dose_id, Remains(str(self.remains.value))),
            left_ml=self.left.value or Decimal(0),
            brought_by=self.brought_by.text,
            remarks=self.remarks.text,
            op_id=self.op_id,
        )
        return appended.changed


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


class ListForm(KitsForm):
    """Draws up a list of kits that shall leave the site by one way."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        self.way, self.to_site = ChoiceField(), TextField(codes=True)
        self.way.chosen.connect(self._on_way)
        super().__init__(pharmacy, kits, ticked, (side_by_side(self.way, self.to_site),), parent)
        self._on_way(None)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Draw up a list of kits that leave"))
        self.note.setText(
            self.tr(
                "From here on none of them may be used. The sponsor's authorisation comes next."
            )
        )
        self.way.set_label(self.tr("How they leave"))
        self.way.set_choices([(way.value, wording.term(f"way.{way}")) for way in Way])
        self.to_site.set_label(self.tr("To which site"))
        self.use.setText(self.tr("Draw it up"))

    @Slot(object)
    def _on_way(self, _: object) -> None:
        self.to_site.setVisible(self.way.value == Way.TRANSFERRED.value)

    def act(self) -> frozenset[str] | None:
        """Draw it up."""
        way = Way(str(self.way.value))
        disposal.open_list(
            *(self.pharmacy, way, self.kits(), self.because.text),
            to_site=self.to_site.text if way is Way.TRANSFERRED else "",
            op_id=self.op_id,
        )
        return CHANGED


class WasteForm(KitsForm):
    """Asks which kits on the shelf are spoilt, and why."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        super().__init__(pharmacy, kits, ticked, (), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Waste kits"))
        self.note.setText(
            self.tr("Thawed, dropped, torn: kits on the shelf that will never be given.")
        )
        self.use.setText(self.tr("Go on to the signatures"))

    def act(self) -> frozenset[str] | None:
        """Give the kits and the reason, to be signed."""
        kits, why = self.kits(), self.because.text
        self.accept()
        self.chosen.emit(kits, (why,))
        return None


class ReserveForm(KitsForm):
    """Asks which kits are kept as reserve samples, why, on whose word."""

    def __init__(
        self,
        pharmacy: Pharmacy,
        kits: Sequence[Kit],
        ticked: Collection[KitNumber],
        parent: QWidget,
    ) -> None:
        self.reference = TextField()
        super().__init__(pharmacy, kits, ticked, (self.reference,), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Keep kits as reserve samples"))
        self.note.setText(
            self.tr("They are given to nobody. The way back is quarantine and a decision.")
        )
        self.reference.set_label(self.tr("Reference, such as letter or section, and date"))
        self.use.setText(self.tr("Go on to the signature"))

    def act(self) -> frozenset[str] | None:
        """Give the kits and the texts, to be signed."""
        kits, texts = self.kits(), (self.because.text, self.reference.text)
        self.accept()
        self.chosen.emit(kits, texts)
        return None
