"""The form of a new site: the sponsor's package, its code, the folder, the first person."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui.founding.new_password import NewPassword
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import rule, words
from pharmacy_app.vault.activation import BODY
from pharmacy_app.vault.spoken_codes import read_back
from pharmacy_app.workflows.accounts import Account

FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.PHARMACIST})


@dataclass(frozen=True, slots=True)
class FoundingRequest:
    """What a new site is founded from."""

    package: Path
    activation_code: str
    folder: Path
    station: str
    first: Account = field(repr=False)


def code_state(typed: str) -> tuple[int, bool]:
    """Return how many characters of an activation code were typed, and whether it is whole."""
    count = sum(1 for character in typed if character.isalnum())
    try:
        read_back(typed, BODY + 1, "activation.mistyped")
    except Refused:
        return count, False
    return count, True


class PackageForm(Spoken, QWidget):
    """Emits ``asked`` with a `FoundingRequest` once nothing is missing, ``left`` on the way back."""

    asked = Signal(object)
    left = Signal()

    def __init__(self, default_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.package, self.folder = TextField(), TextField()
        self.code = TextField(codes=True)
        self.station = TextField()
        self.name, self.person_id = TextField(), TextField(codes=True)
        self.password = NewPassword(lambda: (self.name.text, self.person_id.text))
        self._first = words("", "head")
        self._browse_package, self._browse_folder = ReasonedButton(), ReasonedButton()
        self._back = ReasonedButton(hint="Esc")
        self.found = PrimaryButton()
        self.folder.set_text(str(default_folder))
        self.station.set_text("1")
        self._lay_out()
        self._browse_package.clicked.connect(self._on_browse_package)
        self._browse_folder.clicked.connect(self._on_browse_folder)
        self.code.entered.connect(self._on_code)
        self._back.clicked.connect(self.left)
        self.found.clicked.connect(self.ask)
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_with_button(self.package, self._browse_package))
        column.addWidget(self.code)
        column.addLayout(_with_button(self.folder, self._browse_folder))
        column.addWidget(self.station)
        column.addWidget(rule())
        column.addWidget(self._first)
        column.addLayout(fields_in_row(self.name, self.person_id))
        column.addWidget(self.password)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self.found)
        column.addSpacing(4)
        column.addLayout(foot)

    def retranslate(self) -> None:
        """Set every text again."""
        self.package.set_label(self.tr("Trial package from the sponsor"))
        self.folder.set_label(self.tr("Folder of the vault, on this machine's own disk"))
        self.station.set_label(self.tr("Name of this workplace"))
        self._first.setText(self.tr("The first person: pharmacist and administrator"))
        self.name.set_label(self.tr("Name as in the delegation log"))
        self.person_id.set_label(self.tr("Short name, such as li.wei"))
        browse = self.tr("Choose…")
        self._browse_package.setText(browse)
        self._browse_folder.setText(browse)
        self._back.setText(self.tr("Back"))
        self.found.setText(self.tr("Found the site"))
        self._tell_code()

    @Slot()
    def _on_browse_package(self) -> None:
        kinds = self.tr("Trial packages (*.package);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Trial package"), "", kinds)
        if chosen:
            self.package.set_text(chosen)
            self.package.set_error("")

    @Slot()
    def _on_browse_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of the vault"))
        if chosen:
            self.folder.set_text(chosen)

    @Slot(str)
    def _on_code(self, _: str) -> None:
        self._tell_code()

    def _tell_code(self) -> None:
        count, whole = code_state(self.code.text)
        label = self.tr("Activation code, from the sponsor's letter")
        so_far = self.tr("{count} of {all} characters").format(count=count, all=BODY + 1)
        self.code.set_label(label, hint=self.tr("Typed without a slip.") if whole else so_far)
        slip = not whole and count >= BODY + 1
        wrong = self.tr("One character is wrong: compare with the letter.")
        self.code.set_error(wrong if slip else "")

    @Slot()
    def ask(self) -> None:
        """Ask for the founding, if nothing is missing; else say what is."""
        missing = [self._missing(), self.password.missing()]
        if any(missing):
            return
        self.asked.emit(
            FoundingRequest(
                Path(self.package.text),
                self.code.text,
                Path(self.folder.text),
                self.station.text,
                account(self.person_id.text, self.name.text, FIRST_ROLES, self.password.take()),
            )
        )

    def _missing(self) -> bool:
        _, whole = code_state(self.code.text)
        faults = (
            (self.package, self.package.text, self.tr("Choose the file the sponsor sent.")),
            (self.code, whole, self.tr("Type the whole code as it stands in the letter.")),
            (self.folder, self.folder.text, self.tr("Choose a folder.")),
            (self.station, self.station.text, self.tr("Give the workplace a name.")),
            (self.name, self.name.text, self.tr("Enter the name.")),
            (self.person_id, self.person_id.text, self.tr("Enter a short name.")),
        )
        for edited, filled, error in faults:
            edited.set_error("" if filled else error)
        return not all(filled for _, filled, _ in faults)


def account(person_id: str, name: str, roles: frozenset[Role], password: str) -> Account:
    """Return an account as it was typed."""
    return Account(PersonId(person_id), name, roles, password)


def _with_button(edited: TextField, button: ReasonedButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(edited, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
    return row
