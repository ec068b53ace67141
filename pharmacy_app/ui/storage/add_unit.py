"""Another storage unit, added from the storage map."""

from collections.abc import Collection
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.locations import Capacity, UnitDetails
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.founding.tank_form import TankForm
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.site import add_storage_unit


class AddUnitDialog(Dialog):
    """Adds a unit and closes; ``added`` is what was recorded, None if it was cancelled."""

    def __init__(
        self, pharmacy: Pharmacy, codes: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=760)
        self._pharmacy = pharmacy
        self.added: Appended | None = None
        kit_types = pharmacy.trial.kit_types
        limit = min(kit_type.storage_limit_c for kit_type in kit_types)
        free = next(f"T{n}" for n in range(2, len(codes) + 3) if f"T{n}" not in codes)
        self.form = TankForm(limit, code=free)
        self.refusals = RefusalsPanel()
        self.body.addWidget(self.refusals)
        self.body.addWidget(self.form)
        self.form.skipped.connect(self.reject)
        self.form.asked.connect(self._on_asked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the head again."""
        self.set_head(self.tr("Add a storage unit"))

    @Slot(object, str, object, object)
    def _on_asked(
        self, capacity: Capacity, name: str, limit_c: Decimal, details: UnitDetails
    ) -> None:
        try:
            self.added = add_storage_unit(self._pharmacy, capacity, name, limit_c, details)
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
            return
        self.accept()
