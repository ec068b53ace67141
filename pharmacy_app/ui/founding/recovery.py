"""The recovery code, shown once: printed or saved, then proved by typing a group of it again."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.system.chance import SystemChance
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.surfaces import words


class RecoveryView(Spoken, QWidget):
    """Emits ``sheet_asked`` for the paper, ``confirmed`` once the group asked for was typed."""

    sheet_asked = Signal()
    confirmed = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self.groups = code.split("-")
        self.asked_group = SystemChance().below(len(self.groups))
        self._head = words("", "head")
        self._why = words("", "", wrap=True)
        self._code = words("", "step", wrap=True)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code.setText("   ".join(self.groups[:3]) + "\n" + "   ".join(self.groups[3:]))
        self._sheet = ReasonedButton(hint="Ctrl P")
        self._sheet.setShortcut("Ctrl+P")
        self.group = TextField(codes=True)
        self.confirm = PrimaryButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._head, self._why, self._code):
            column.addWidget(part)
        column.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.group)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        column.addLayout(foot)
        self._sheet.clicked.connect(self.sheet_asked)
        self.confirm.clicked.connect(self.try_confirm)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(self.tr("Recovery code: shown this once"))
        self._why.setText(
            self.tr(
                "It opens the vault when every password is lost. Print it, put it into an opaque "
                "envelope, seal it, keep it in the safe. Nobody can make it again."
            )
        )
        self._code.setAccessibleName(self.tr("Recovery code {code}").format(code=self.code))
        self._sheet.setText(self.tr("Print or save the sheet…"))
        asked = self.tr("Type group {number} from the paper in your hand")
        self.group.set_label(asked.format(number=self.asked_group + 1))
        self.confirm.setText(self.tr("I have the sheet"))

    @Slot()
    def try_confirm(self) -> None:
        """Go on if the group was typed as it stands on the sheet."""
        typed = self.group.text.upper().replace("-", "").replace(" ", "")
        if typed == self.groups[self.asked_group]:
            self.confirmed.emit()
            return
        self.group.set_error(self.tr("That is not this group: read it from the sheet again."))
