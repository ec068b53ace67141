"""Recovery at the sign-in window: the code of the sealed envelope gives somebody a new password."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.founding.new_password import NewPassword
from pharmacy_app.ui.tasks import Problem, Tasks
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words

Recover = Callable[[str, str, str, str], Any]
"""Takes code, person, new password and reason; slow, for a worker thread."""


class RecoveryDialog(Dialog):
    """Asks for the code, the person, a new password and the reason; ``recovered`` names the person.

    A refusal is shown inside, and only the password is asked for again. Enter recovers, Esc
    cancels; while it runs neither does.
    """

    recovered = Signal(str)

    def __init__(
        self,
        people: Sequence[tuple[str, str]],
        chosen: object,
        recover: Recover,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=560)
        self._people = list(people)
        self._recover = recover
        self._tasks = tasks
        self._running = False
        self._why = words("", "muted", wrap=True)
        self.refusals = RefusalsPanel()
        self.refusals.dismissed.connect(self._begin)
        self.code = TextField(codes=True)
        self.person = ChoiceField()
        self.password = NewPassword(self._names)
        self.reason = TextField()
        self._after = words("", "small", wrap=True)
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._bar.hide()
        self._cancel = ReasonedButton(hint="Esc")
        self.confirm = PrimaryButton()
        for part in (self._why, self.refusals, *self._fields, self._bar, self._after):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self.confirm)
        self._cancel.clicked.connect(self.reject)
        self.share_escape(self.refusals, self._cancel)
        self.confirm.clicked.connect(self.recover)
        self.retranslate()
        self.person.set_value(chosen)
        self._begin()

    @Slot()
    def _begin(self) -> None:
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return (self.code, self.person, self.password, self.reason)

    def _names(self) -> tuple[str, ...]:
        person = self.person.value
        return next(((one, name) for one, name in self._people if one == person), ())

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Forgotten password"))
        self._why.setText(
            self.tr(
                "The code on the recovery sheet gives one person a new password and a new signing "
                "key. What was signed with the old key stays valid. Two people are present."
            )
        )
        self.code.set_label(
            self.tr("Recovery code, from the sealed envelope"),
            hint=self.tr("Case does not matter; spaces and hyphens may be left out."),
        )
        self.person.set_label(self.tr("Who gets a new password"))
        several = len(self._people) > 1
        self.person.set_choices(list(self._people), ask=self.tr("Choose a name") if several else "")
        self.reason.set_label(
            self.tr("Why the envelope was opened, and who is present"),
            hint=self.tr("The reason is recorded."),
        )
        self._after.setText(
            self.tr(
                "The code stays valid: seal the sheet into a new envelope at once. A sheet that "
                "was used should be replaced."
            )
        )
        self._cancel.setText(self.tr("Cancel"))
        self.confirm.setText(self.tr("Set the new password"))

    @Slot()
    def recover(self) -> None:
        """Recover, if nothing is missing; else say what is."""
        if self._running or self._missing():
            return
        code, person, reason = self.code.text, str(self.person.value), self.reason.text
        password = self.password.take()
        self._set_running(on=True)
        self._tasks.run(
            lambda _: self._recover(code, person, password, reason),
            owner=self,
            done=lambda _: self._on_done(person),
            failed=self._on_failed,
        )

    def _missing(self) -> bool:
        no_person = self.person.value is None
        self.code.set_error("" if self.code.text else self.tr("Type the code from the sheet."))
        self.person.set_error(self.tr("Choose a name.") if no_person else "")
        self.reason.set_error("" if self.reason.text else self.tr("Give the reason."))
        weak = self.password.missing()
        wanting = (
            (self.code, not self.code.text),
            (self.person, no_person),
            (self.password.first, weak),
            (self.reason, not self.reason.text),
        )
        missing = [field for field, lacks in wanting if lacks]
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(missing)

    def _set_running(self, *, on: bool) -> None:
        self._running = on
        self._bar.setVisible(on)
        for part in self._fields:
            part.setEnabled(not on)
        reason = self.tr("The new password is being set.") if on else ""
        self.confirm.bar(reason)
        self._cancel.bar(reason)
        if on:
            self.refusals.clear()

    def _on_done(self, person: str) -> None:
        self._set_running(on=False)
        self.recovered.emit(person)
        self.accept()

    def _on_failed(self, problem: Problem) -> None:
        self._set_running(on=False)
        self.refusals.show_problem(problem)

    @Slot()
    def reject(self) -> None:
        """Close with nothing changed; not while it runs."""
        if not self._running:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Recover on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.recover()
            return
        super().keyPressEvent(event)
