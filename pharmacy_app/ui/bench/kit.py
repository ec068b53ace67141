"""The kit: which one and why, its scan, and its way out of storage."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.domain.locations import read_position
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as storage_queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.step import Facts, StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan, readable
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows import dosing


class ProposalPanel(StepPanel):
    """Lets the program propose the kit: nobody chooses one by hand."""

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Kit proposed"))
        self.text.setText(
            self.tr(
                "The program proposes a usable kit for this subject: first expiry first, drawn at"
                " random among kits that expire together. It stays reserved for this dose."
            )
        )
        self.primary.setText(self.tr("Propose the kit"))

    @Slot()
    def go(self) -> None:
        """Take the proposed kit for the dose."""
        dose = self.bench.at_hand
        self.bench.act(lambda op: dosing.assign(self.bench.pharmacy, dose.dose_id, op_id=op))


class ScanPanel(StepPanel):
    """Names the kit, where it lies and why it was proposed; waits for its scan."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._kit = words("", "clock")
        self._kit.setObjectName("kit-number")
        self._facts = Facts()
        self._why = words("", "", wrap=True)
        self._sheet = ReasonedButton(hint="Ctrl P")
        self._sheet.setShortcut("Ctrl+P")
        self._sheet.clicked.connect(lambda: self.bench.paper_asked.emit("pick-sheet"))
        self.add_other(self._sheet)
        self._box = words("", "small")
        self._map = PositionMap()
        self._map.setFixedWidth(288)
        self._map.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        told, where = QVBoxLayout(), QVBoxLayout()
        for part in (self._kit, self._facts, self._why):
            told.addWidget(part)
        told.addStretch(1)
        where.addWidget(self._box)
        where.addWidget(self._map)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(16)
        side_by_side.addLayout(told, 1)
        side_by_side.addLayout(where)
        self.body.addLayout(side_by_side)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Fetch this kit and scan it"))
        self.text.setText(self.tr("Scan the kit at its position. A wrong kit stops the work."))
        self.primary.setText(self.tr("Type the number…"))
        self._sheet.setText(self.tr("Pick sheet"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show the kit that was proposed and why."""
        assigned = self.bench.at_hand.assigned
        if assigned is None:
            return
        kit = dosing.current_kit(self.bench.pharmacy, self.bench.at_hand)
        self._kit.setText(kit.kit_number)
        self._facts.tell(self._told(kit))
        why = self.tr(
            "Why this kit: {usable} usable kits in stock, first expiry first; {same} of them expire"
            " on this day, drawn at random among these."
        )
        self._why.setText(why.format(usable=assigned.usable, same=assigned.same_expiry))
        self._show_box(kit)

    def _show_box(self, kit: Kit) -> None:
        reader = self.bench.pharmacy.reader
        if kit.position is None:
            return
        at = read_position(kit.position)
        unit = next(u for u in storage_queries.units(reader) if u.code == at.unit)
        taken = {
            f"{place.row}{place.column}": Occupied(
                found.kit_number, State.INFO if found.kit_number == kit.kit_number else State.QUIET
            )
            for found in kit_queries.in_box(reader, at.box_id)
            if found.position is not None
            for place in [read_position(found.position)]
        }
        self._box.setText(f"{unit.name} · {' · '.join(at.box_id.split('-'))}")
        self._map.show_box(unit.capacity.rows, unit.capacity.columns, taken)
        self._map.select(f"{at.row}{at.column}")

    def _told(self, kit: Kit) -> list[tuple[str, str]]:
        kit_type = self.bench.pharmacy.trial.kit_type(kit.kit_type)
        return [
            (self.tr("Position"), place(kit.position)),
            (self.tr("Type"), said(kit_type.name)),
            (self.tr("Lot"), kit.lot),
            (self.tr("Expiry"), wording.moment(last_minute(kit.expiry))),
        ]

    @Slot()
    def go(self) -> None:
        """Take the kit's number by keyboard, marked as typed."""
        dialog = TypedCodeDialog(self)
        dialog.code_given.connect(self.scan)
        dialog.open()

    def scan(self, scan: RawScan) -> bool:
        """Identify the kit."""
        dose = self.bench.at_hand
        self.bench.take_scan(
            scan,
            lambda code, op: dosing.scan_kit(self.bench.pharmacy, dose.dose_id, code, op_id=op),
            self.tr("The kit for this dose"),
        )
        return True


class TakeOutPanel(StepPanel):
    """Takes the kit out of storage."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._facts = Facts("strong")
        self.body.addWidget(self._facts)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Take the kit out of storage"))
        limit = self.bench.pharmacy.trial.kit_type(
            dosing.current_kit(self.bench.pharmacy, self.bench.at_hand).kit_type
        ).max_out_of_storage_minutes
        self.text.setText(
            self.tr(
                "Its time out of storage runs from now on and is added up; at most {minutes} min."
            ).format(minutes=limit)
        )
        self.primary.setText(self.tr("It is out of storage"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show the kit that was identified."""
        dose = self.bench.at_hand
        identified = dose.identified
        if identified is None:
            return
        kit = dosing.current_kit(self.bench.pharmacy, dose)
        typed = self.tr("typed") if identified.typed else self.tr("scanned")
        self._facts.tell(
            [
                (self.tr("Kit"), rules.kit_of(dose)),
                (self.tr("Code"), f"{readable(identified.scanned)} ({typed})"),
                (self.tr("From position"), place(kit.position)),
                (self.tr("Out before"), self._minutes(kit.seconds_out)),
            ]
        )

    def _minutes(self, seconds: int) -> str:
        return self.tr("{minutes} min in all").format(minutes=seconds // 60)

    @Slot()
    def go(self) -> None:
        """Record that the kit left its position."""
        dose = self.bench.at_hand
        self.bench.act(lambda op: dosing.take_out(self.bench.pharmacy, dose.dose_id, op_id=op))


def place(position: str | None) -> str:
    """Return a position as people read it aloud: T1 · R3 · B02 · C5."""
    return "—" if position is None else " · ".join(position.split("-"))
