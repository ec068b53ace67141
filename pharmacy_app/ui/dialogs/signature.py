"""The signature: who signs, what, with what meaning, and the password that opens their key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.tasks import Problem, Tasks
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, PasswordField, fields_in_row
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may be chosen: the id and the printed name."""

    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One signature that is asked for: its meaning in words and who may give it."""

    meaning: str
    signers: Sequence[Signer]
    chosen: str | None = None
    """The person set in advance, for example the one signed in."""


@dataclass(frozen=True, slots=True)
class Given:
    """A signature as given in the dialog. The password is used at once and kept nowhere."""

    person: str
    password: str


class SignerBlock(Spoken, QFrame):
    """Person, meaning, password of one signature."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._asked = asked
        self._meaning = words("", "strong", wrap=True)
        self._person = ChoiceField()
        self._password = PasswordField()
        fields = fields_in_row(self._person, self._password)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._meaning)
        column.addLayout(fields)
        self.retranslate()
        if asked.chosen is not None:
            self._person.set_value(asked.chosen)

    def retranslate(self) -> None:
        """Set every text again."""
        self._meaning.setText(self.tr("Meaning: {meaning}").format(meaning=self._asked.meaning))
        self._person.set_label(self.tr("Name"))
        choices: list[tuple[object, str]] = [(s.person, s.name) for s in self._asked.signers]
        self._person.set_choices(choices, ask="" if len(choices) == 1 else self.tr("Choose"))
        self._password.set_label(self.tr("Password"))

    def begin(self) -> None:
        """Put the focus on what is missing first."""
        missing = self._person if self._person.value is None else self._password
        missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def missing(self) -> bool:
        """Whether person or password is missing; says so at the field."""
        no_person = self._person.value is None
        no_password = not self._password.editor.text()
        self._person.set_error(self.tr("Choose who signs.") if no_person else "")
        self._password.set_error(self.tr("Enter the password.") if no_password else "")
        return no_person or no_password

    def take(self) -> Given:
        """Return the signature and empty the password."""
        return Given(str(self._person.value), self._password.take())


class SignatureDialog(Dialog):
    """Asks for one signature or two, runs the act with them, and closes once it is done.

    ``act`` runs on a worker thread with the signatures in the order asked; its result comes with
    ``signed``. A refusal is shown inside and the passwords are asked for again. Enter signs, Esc
    cancels; while the act runs neither does.
    """

    signed = Signal(object)

    def __init__(
        self,
        statement: str,
        asked: Sequence[Asked],
        act: Callable[[tuple[Given, ...]], Any],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=560)
        self._act = act
        self._tasks = tasks
        self._running = False
        self._statement = words(statement, "", wrap=True)
        self._refusals = RefusalsPanel()
        self._refusals.dismissed.connect(self._begin)
        self.blocks = [SignerBlock(one) for one in asked]
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._note = words("", "small", wrap=True)
        self._cancel = ReasonedButton(hint="Esc")
        self._sign = PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self.share_escape(self._refusals, self._cancel)
        self._sign.clicked.connect(self.sign)
        for part in (self._statement, self._refusals, *self.blocks, self._bar, self._note):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._sign)
        self._bar.hide()
        self.retranslate()
        self._begin()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Sign"))
        self._note.setText(
            self.tr("Your password opens your own signing key. Nobody else can sign for you.")
        )
        self._cancel.setText(self.tr("Cancel"))
        self._sign.setText(self.tr("Sign"))

    @Slot()
    def _begin(self) -> None:
        if self.blocks:
            self.blocks[0].begin()

    @Slot()
    def sign(self) -> None:
        """Run the act with the signatures, if none is missing."""
        if self._running:
            return
        missing = [block for block in self.blocks if block.missing()]
        if missing:
            missing[0].begin()
            return
        given = tuple(block.take() for block in self.blocks)
        self._set_running(on=True)
        self._tasks.run(
            lambda _: self._act(given), owner=self, done=self._on_done, failed=self._on_failed
        )

    def _set_running(self, *, on: bool) -> None:
        self._running = on
        self._bar.setVisible(on)
        for block in self.blocks:
            block.setEnabled(not on)
        reason = self.tr("The signature is being made.") if on else ""
        self._sign.bar(reason)
        self._cancel.bar(reason)

    def _on_done(self, result: Any) -> None:
        self._set_running(on=False)
        self.signed.emit(result)
        self.accept()

    def _on_failed(self, problem: Problem) -> None:
        self._set_running(on=False)
        self._refusals.show_problem(problem)

    @Slot()
    def reject(self) -> None:
        """Close without signing; not while the act runs."""
        if not self._running:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Sign on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.sign()
            return
        super().keyPressEvent(event)
