"""The settings of one printer, to be filled in or changed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.printers.profile import RESOLUTIONS, PrinterProfile, Way
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import (
    ChoiceField,
    FormField,
    NumberField,
    TextField,
    side_by_side,
)
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.workflows import printers as machine


class ProfileDialog(Dialog):
    """Keeps a new printer, or the one given with other settings, and closes."""

    def __init__(self, path: Path, profile: PrinterProfile | None, parent: QWidget) -> None:
        super().__init__(parent, width=720)
        self._path, self._before = path, profile
        self.name, self.address, self.paper = TextField(), TextField(), TextField(codes=True)
        self.way, self.dpi, self.asks = ChoiceField(), ChoiceField(), ChoiceField()
        self.right, self.down = (NumberField(decimals=2, signed=True) for _ in range(2))
        self.scale, self.darkness = NumberField(decimals=3), NumberField()
        for field in (self.right, self.down, self.scale, self.darkness):
            field.editor.setProperty("large", False)
        self.refusals = RefusalsPanel()
        self.cancel, self.keep = ReasonedButton(hint="Esc"), PrimaryButton(hint="Enter")
        self.body.addWidget(self.refusals)
        for one, other in (
            (self.name, self.way),
            (self.address, self.asks),
            (self.paper, self.dpi),
            (self.right, self.down),
            (self.scale, self.darkness),
        ):
            self.body.addWidget(side_by_side(one, other))
        self.add_button(self.cancel)
        self.add_button(self.keep)
        self.keep.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self.keep_it)
        self.way.chosen.connect(lambda _: self._say_address())
        self.share_escape(self.refusals, self.cancel)
        self.retranslate()
        self._fill(profile or PrinterProfile(name="", way=Way.NETWORK, address="", paper="100x50"))

    def _fill(self, profile: PrinterProfile) -> None:
        for field, text in (
            (self.name, profile.name),
            (self.address, profile.address),
            (self.paper, profile.paper),
        ):
            field.set_text(text)
        self.way.set_value(profile.way.value)
        self.dpi.set_value(profile.dpi)
        self.asks.set_value(profile.asks)
        self.right.set_value(profile.offset_x_mm)
        self.down.set_value(profile.offset_y_mm)
        self.scale.set_value(profile.scale)
        dark = profile.darkness
        self.darkness.set_value(None if dark is None else Decimal(dark))
        self._say_address()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Change a printer") if self._before else self.tr("Add a printer"))
        self.name.set_label(self.tr("Name"), "", self.tr("Recorded with every print"))
        self.way.set_label(self.tr("How it is reached"))
        self.way.set_choices([(way.value, wording.term(f"printer_way.{way}")) for way in Way])
        self.paper.set_label(
            self.tr("Paper, width x height"), "mm", self.tr("Empty: any, for page printers")
        )
        self.dpi.set_label(self.tr("Dots per inch"))
        self.dpi.set_choices([(dpi, str(dpi)) for dpi in RESOLUTIONS])
        self.asks.set_label(self.tr("Does it tell its state?"))
        self.asks.set_choices(
            [(True, self.tr("yes: asked before and after")), (False, self.tr("no"))]
        )
        self.right.set_label(self.tr("Move to the right"), "mm")
        self.down.set_label(self.tr("Move down"), "mm")
        self.scale.set_label(self.tr("Scale"), "", self.tr("0.95 to 1.05"))
        self.darkness.set_label(
            self.tr("Darkness"), "", self.tr("0 to 30; empty: as the printer is set")
        )
        self.cancel.setText(self.tr("Cancel"))
        self.keep.setText(self.tr("Keep it"))
        self._say_address()

    @Slot()
    def _say_address(self) -> None:
        way = Way(str(self.way.value or Way.NETWORK.value))
        self.address.set_label(self.tr("Address"), "", wording.term(f"printer_address.{way}"))
        self.asks.setVisible(way is Way.NETWORK)

    def profile(self) -> PrinterProfile:
        """Return what was filled in, as it stands."""
        zero, dark = Decimal(0), self.darkness.value
        return PrinterProfile(
            name=self.name.text,
            way=Way(str(self.way.value)),
            address=self.address.text,
            dpi=int(str(self.dpi.value)),
            paper=self.paper.text.replace("×", "x").replace(" ", ""),
            offset_x_mm=self.right.value or zero,
            offset_y_mm=self.down.value or zero,
            scale=self.scale.value if self.scale.value is not None else Decimal(1),
            darkness=None if dark is None else int(dark),
            asks=bool(self.asks.value),
        )

    @Slot()
    def keep_it(self) -> None:
        """Keep the printer and close, or say what is wrong with it."""
        try:
            if self._before is None:
                machine.add(self._path, self.profile())
            else:
                machine.change(self._path, self._before.name, self.profile())
        except Refused as refused:
            self._tell(refused)
        except EnvironmentProblem as problem:
            self.refusals.show_problem(problem)
        else:
            self.accept()

    def _tell(self, refused: Refused) -> None:
        """Say at each field what is expected there, and above the form what belongs to none."""
        fields: dict[str, FormField[Any]] = {
            "printer.name": self.name,
            "printer.known": self.name,
            "printer.address": self.address,
            "printer.paper": self.paper,
            "printer.offset": self.right,
            "printer.scale": self.scale,
            "printer.darkness": self.darkness,
        }
        self.refusals.clear()
        for field in fields.values():
            field.set_error("")
        elsewhere = [one for one in refused.violations if one.rule not in fields]
        for one in refused.violations:
            if one.rule in fields:
                fields[one.rule].set_error(wording.violation_in_words(one).expected)
        if elsewhere:
            self.refusals.show_problem(Refused(elsewhere))
            return
        fields[refused.violations[0].rule].setFocus(Qt.FocusReason.OtherFocusReason)
