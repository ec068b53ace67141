"""The second checker: types name and password themselves; the first person signs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.people import Role
from pharmacy_app.ui.founding.new_password import NewPassword
from pharmacy_app.ui.founding.package_form import account
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import words


class SecondPersonForm(Spoken, QWidget):
    """Emits ``asked`` with an `Account`, or ``skipped``."""

    asked = Signal(object)
    skipped = Signal()

    def __init__(self, site: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = words("", "head")
        self._why = words("", "muted", wrap=True)
        self.name, self.person_id = TextField(), TextField(codes=True)
        self.password = NewPassword(lambda: (self.name.text, self.person_id.text, site))
        self._skip = ReasonedButton()
        self.add = PrimaryButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._why)
        column.addLayout(fields_in_row(self.name, self.person_id))
        column.addWidget(self.password)
        foot = QHBoxLayout()
        foot.addWidget(self._skip)
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        self._skip.clicked.connect(self.skipped)
        self.add.clicked.connect(self.ask)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(self.tr("The second person: checker"))
        self._why.setText(
            self.tr(
                "No dose leaves without a second person's check. They type their own password "
                "now; nobody else ever learns it."
            )
        )
        self.name.set_label(self.tr("Name as in the delegation log"))
        self.person_id.set_label(self.tr("Short name, such as li.wei"))
        self._skip.setText(self.tr("Later"))
        self.add.setText(self.tr("Add this person"))

    @Slot()
    def ask(self) -> None:
        """Ask for the account, if nothing is missing; else say what is."""
        self.name.set_error("" if self.name.text else self.tr("Enter the name."))
        self.person_id.set_error("" if self.person_id.text else self.tr("Enter a short name."))
        missing = [not self.name.text, not self.person_id.text, self.password.missing()]
        if not any(missing):
            roles = frozenset({Role.CHECKER})
            self.asked.emit(
                account(self.person_id.text, self.name.text, roles, self.password.take())
            )
