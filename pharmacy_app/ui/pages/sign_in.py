"""Signing in: who, the password, and whatever stands in the way said in full."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.entrance import Entrance
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, PasswordField, TextField
from pharmacy_app.ui.widgets.surfaces import Badge, words

if TYPE_CHECKING:
    from pharmacy_app.ui.application import Application
    from pharmacy_app.ui.door import Door
    from pharmacy_app.ui.widgets.refusals import RefusalsPanel
    from pharmacy_app.workflows.sessions import UnlockedVault

WAIT_TICK_MS = 500
LIST_AFTER_MS = 80
"""The window is painted first: reading the slots imports the cryptography."""


class SignInPage(Entrance):
    """Asks the `Door` to open the vault on a worker thread, then its records on this one.

    ``signed_in`` comes with the open site; ``elsewhere_asked`` when another site is wanted.
    """

    signed_in = Signal(object)
    elsewhere_asked = Signal()

    def __init__(
        self,
        application: "Application",
        door: "Door",
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(application, parent)
        self._door = door
        self._now = now
        self._running = False
        self._wait_until: datetime | None = None
        self._where = words("", "small", wrap=True)
        self._training = Badge()
        self._told: RefusalsPanel | None = None
        self.person = ChoiceField()
        self.password = PasswordField()
        self.reason = TextField()
        self.reason.hide()
        self._bar = QProgressBar(maximum=0, textVisible=False)
        self._bar.hide()
        self._hint = words("", "small", wrap=True)
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.enter = PrimaryButton()
        self.enter.setProperty("large", True)
        self._elsewhere = ReasonedButton()
        self._elsewhere.setProperty("flat", True)
        self.forgotten = ReasonedButton()
        self.forgotten.setProperty("flat", True)
        self._renewed = words("", "strong", wrap=True)
        self._renewed.hide()
        self._people: list[tuple[str, str]] = []
        self._lay_out()
        self._training.setVisible(door.training)
        self.enter.clicked.connect(self.sign_in)
        self._elsewhere.clicked.connect(self.elsewhere_asked)
        self.forgotten.clicked.connect(self.ask_for_recovery)
        self.person.chosen.connect(self._on_person)
        self._timer = QTimer(self, interval=WAIT_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.retranslate()
        QTimer.singleShot(LIST_AFTER_MS, self, self.list_people)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._elsewhere)
        foot.addStretch(1)
        foot.addWidget(self.forgotten)
        for part in (
            self._training,
            self._renewed,
            self.person,
            self.password,
            self.reason,
            self._bar,
            self.enter,
            self._hint,
            self._where,
        ):
            self.body.addWidget(part)
        self.body.addLayout(foot)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        if self._door.training:
            self._training.set_state(State.WARN, self.tr("TRAINING: no real subject, no real dose"))
        self.person.set_label(self.tr("Name"))
        self.password.set_label(self.tr("Password"))
        self.reason.set_label(
            self.tr("Why the clock is right now"),
            hint=self.tr("The reason is recorded with the sign-in."),
        )
        with_reason = self.tr("Sign in with this reason")
        self.enter.setText(with_reason if self._asks_reason else self.tr("Sign in"))
        self._elsewhere.setText(self.tr("Another site…"))
        self.forgotten.setText(self.tr("Forgotten password…"))
        self._renewed.setText(self.tr("The new password is set. Sign in with it now."))
        self._where.setText(self.tr("Vault: {folder}").format(folder=self._door.folder))
        self._tell_hint()
        self._tick()

    def _tell_hint(self) -> None:
        people = self._door.training_people
        self._hint.setVisible(bool(people))
        lines = [self.tr("{name}: {password}").format(name=n, password=p) for n, p in people]
        self._hint.setText("\n".join([self.tr("Passwords for training:"), *lines]))

    @property
    def refusals(self) -> "RefusalsPanel":
        """What stands in the way; made when something does, for the first window to stand at once."""
        from pharmacy_app.ui.widgets.refusals import RefusalsPanel  # noqa: PLC0415 - see above

        if self._told is None:
            self._told = RefusalsPanel(dismissible=False)
            self.body.insertWidget(self.body.indexOf(self._training) + 1, self._told)
        return self._told

    def _clear_refusals(self) -> None:
        if self._told is not None:
            self._told.clear()

    @property
    def _asks_reason(self) -> bool:
        return not self.reason.isHidden()

    @Slot()
    def list_people(self) -> None:
        """Offer everybody with an account; say so if the vault's files are missing or damaged."""
        if self.application.tasks.ended:
            return
        self.application.tasks.run(
            lambda _: self._door.people(),
            owner=self,
            done=self.set_people,
            failed=self._on_unreadable,
        )

    def _on_unreadable(self, problem: Problem) -> None:
        self.refusals.show_problem(problem)
        from pharmacy_app.ui import wording  # noqa: PLC0415 - only where something is wrong

        found = wording.in_words(problem)[0].found
        self.enter.bar(found)
        self.forgotten.bar(found)

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer people (id, printed name); with one, or the last one, chosen in advance."""
        self._people = list(people)
        several = len(people) > 1
        self.person.set_choices(list(people), ask=self.tr("Choose your name") if several else "")
        missing = self.person if self.person.value is None else self.password
        missing.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask_for_recovery(self) -> None:
        """Ask for the recovery code and a new password; then the sign-in goes on as usual."""
        if self._running or self.forgotten.reason:
            return
        from pharmacy_app.ui.dialogs.recovery import RecoveryDialog  # noqa: PLC0415 - rarely asked

        dialog = RecoveryDialog(
            self._people, self.person.value, self._door.recover, self.application.tasks, self
        )
        dialog.recovered.connect(self._on_recovered)
        dialog.open()

    @Slot(str)
    def _on_recovered(self, person: str) -> None:
        self._clear_refusals()
        self._renewed.show()
        self.person.set_value(person)
        self._on_person(person)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_person(self, _: object) -> None:
        # The focus stays: with the arrow keys, the first name met may not be the one wanted.
        self.person.set_error("")
        if self._wait_until is not None:
            self._wait_until = self._now()
        self._tick()

    @Slot()
    def sign_in(self) -> None:
        """Try the password, if nothing is missing and nothing runs."""
        if self._running or self.enter.reason or self._missing():
            return
        self._set_running(on=True)
        person, password = str(self.person.value), self.password.take()
        self.application.tasks.run(
            lambda _: self._door.unlock(person, password),
            owner=self,
            done=self._on_unlocked,
            failed=self._on_failed,
        )

    def _missing(self) -> bool:
        no_person = self.person.value is None
        no_password = not self.password.editor.text()
        self.person.set_error(self.tr("Choose your name.") if no_person else "")
        self.password.set_error(self.tr("Enter your password.") if no_password else "")
        no_reason = self._asks_reason and not self.reason.text
        self.reason.set_error(self.tr("Give the reason.") if no_reason else "")
        wanting = ((self.person, no_person), (self.password, no_password), (self.reason, no_reason))
        missing = [field for field, lacks in wanting if lacks]
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(missing)

    def _on_unlocked(self, unlocked: "UnlockedVault") -> None:
        reason = self.reason.text if self._asks_reason else ""
        try:
            site = self._door.open(unlocked, reason)
        except (Refused, EnvironmentProblem) as problem:
            self._on_failed(problem)
            return
        self.signed_in.emit(site)

    def _on_failed(self, problem: Problem) -> None:
        self._set_running(on=False)
        self.refusals.show_problem(problem)
        if isinstance(problem, Refused):
            self._follow(problem)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, refused: Refused) -> None:
        rules = {one.rule: one for one in refused.violations}
        if "clock.set_back" in rules:
            self.reason.show()
            self.retranslate()
        if (wait := rules.get("vault.wait")) is not None:
            until = wait.fact("until")
            self._wait_until = until if isinstance(until, datetime) else None
            self._timer.start()
            self._tick()

    @Slot()
    def _tick(self) -> None:
        if self._running:
            return
        left = 0 if self._wait_until is None else (self._wait_until - self._now()).total_seconds()
        if left > 0:
            seconds = self.tr("Wait {seconds} s before the next try.").format(seconds=ceil(left))
            self.enter.bar(seconds)
            self.enter.setText(seconds)
        elif self._wait_until is not None:
            self._timer.stop()
            self._wait_until = None
            self.enter.allow()
            self.retranslate()

    def _set_running(self, *, on: bool) -> None:
        self._running = on
        self._bar.setVisible(on)
        for part in (self.person, self.password, self.reason, self._elsewhere, self.forgotten):
            part.setEnabled(not on)
        self.enter.bar(self.tr("The password is being checked.") if on else "")
        if on:
            self._clear_refusals()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Sign in on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.sign_in()
            return
        super().keyPressEvent(event)
