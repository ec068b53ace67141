"""A new password, typed twice by its owner, with every reason why it will not do yet."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.system.chance import SystemChance
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import PasswordField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import colour, words
from pharmacy_app.vault.passwords import suggest, weaknesses


class NewPassword(Spoken, QWidget):
    """Two fields and what is still missing; a passphrase is suggested, shown until it is used.

    ``names`` gives the person's and the site's names, which count for nothing in a password.
    """

    changed = Signal()

    def __init__(self, names: Callable[[], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._chance = SystemChance()
        self._phrase = ""
        self.first, self.again = PasswordField(), PasswordField()
        self._judgement = words("", "small", wrap=True)
        self._suggest = ReasonedButton()
        self._suggest.setProperty("flat", True)
        self._suggest.clicked.connect(self._on_suggest)
        self._suggested = words("", "strong", wrap=True)
        self._suggested.hide()
        fields = fields_in_row(self.first, self.again)
        foot = QHBoxLayout()
        foot.addWidget(self._judgement, 1)
        foot.addWidget(self._suggest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(fields)
        column.addLayout(foot)
        column.addWidget(self._suggested)
        for field in (self.first, self.again):
            field.editor.textChanged.connect(self._on_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.first.set_label(self.tr("Password"))
        self.again.set_label(self.tr("Password again"))
        self._suggest.setText(self.tr("Suggest a passphrase"))
        self._tell()

    @property
    def complete(self) -> bool:
        """Whether the password will do and was typed twice alike."""
        typed = self.first.editor.text()
        return bool(typed) and typed == self.again.editor.text() and not self._weaknesses()

    def missing(self) -> bool:
        """Whether anything is missing; says so at the field."""
        if not self.first.editor.text():
            self.first.set_error(self.tr("Choose a password."))
        elif self._weaknesses():
            self.first.set_error(self.tr("This password will not do yet."))
        elif self.first.editor.text() != self.again.editor.text():
            self.again.set_error(self.tr("The two are not the same."))
        return not self.complete

    def take(self) -> str:
        """Return the password and empty the fields."""
        password = self.first.take()
        self.again.take()
        self._suggested.hide()
        return password

    def _weaknesses(self) -> list[str]:
        found = weaknesses(self.first.editor.text(), self._names())
        return [wording.violation_in_words(one).expected for one in found]

    @Slot()
    def _on_suggest(self) -> None:
        self._phrase = suggest(self._chance)
        self._suggested.show()
        self.first.editor.clear()
        self.again.editor.clear()
        self._tell()
        self.first.editor.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        shown = self.tr("{phrase}  –  write it down or learn it, then type it twice.")
        self._suggested.setText(shown.format(phrase=self._phrase))
        typed = self.first.editor.text()
        if not typed:
            said, state = self.tr("At least 15 characters; several words are best."), None
        elif found := self._weaknesses():
            said, state = " ".join(found), State.STOP
        elif typed != self.again.editor.text():
            said, state = self.tr("Good. Type it a second time."), State.INFO
        else:
            said, state = self.tr("Good, and typed twice alike."), State.OK
        self._judgement.setText(said)
        colour(self._judgement, state)
