"""The first run: try it on training data, found a site from the sponsor's package, or open one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.entrance import Entrance
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.tasks import Problem, Task
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import Badge, rule, words

if TYPE_CHECKING:
    from pharmacy_app.demo.aids import TrainingAids
    from pharmacy_app.ui.desk import Desk
    from pharmacy_app.ui.founding.steps import Founding

WIDTH = 640
TRAINING_FOLDER = "training"


class Way(Spoken, QWidget):
    """One of the ways to begin: what it is, in a sentence, and its button."""

    def __init__(self, icon: str, button: ReasonedButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self._icon_name = icon
        self._icon = QLabel()
        self._head = words("", "head")
        self._text = words("", "muted", wrap=True)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._head)
        told.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, head: str, text: str, button: str) -> None:
        """Say what this way is."""
        self._icon.setPixmap(icons.pixmap(self._icon_name, theme.current().text_soft, 24))
        self._head.setText(head)
        self._text.setText(text)
        self.button.setText(button)


class Choice(Spoken, QWidget):
    """The three ways to begin."""

    training_asked = Signal()
    founding_asked = Signal()
    elsewhere_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.training = Way("bench", PrimaryButton())
        self.founding = Way("documents", ReasonedButton())
        self.elsewhere = Way("box", ReasonedButton())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        asked = (
            (self.training, self.training_asked),
            (self.founding, self.founding_asked),
            (self.elsewhere, self.elsewhere_asked),
        )
        for number, (way, signal) in enumerate(asked):
            if number:
                column.addWidget(rule())
            column.addWidget(way)
            way.button.clicked.connect(signal)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.training.say(
            self.tr("Try it"),
            self.tr(
                "A training site with its own people, kits and subjects. Nothing in it is real, "
                "and it never becomes real."
            ),
            self.tr("Open the training site"),
        )
        self.founding.say(
            self.tr("Set up this site"),
            self.tr("From the package the sponsor signed for it and the code in their letter."),
            self.tr("New site…"),
        )
        self.elsewhere.say(
            self.tr("A site that is there already"),
            self.tr("Its vault lies in another folder of this machine."),
            self.tr("Choose its folder…"),
        )


class Making(Spoken, QWidget):
    """Says what is being made, step by step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = words("", "head")
        self._count = words("", "muted")
        self._bar = QProgressBar(textVisible=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(8)
        for part in (self._said, self._bar, self._count):
            column.addWidget(part)

    def begin(self, said: str) -> None:
        """Say what is being made; how far it is, is not known yet."""
        self._said.setText(said)
        self._bar.setRange(0, 0)
        self._count.setText("")

    def step(self, done: int, of: int) -> None:
        """Say how far it is."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._count.setText(self.tr("Step {done} of {all}").format(done=done, all=of))


class TrainingMade(Spoken, QWidget):
    """Who works at the training site, their passwords, and where to find them again."""

    left = Signal()

    def __init__(self, aids: "TrainingAids", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aids = aids
        self._badge = Badge()
        self._people = words()
        self._people.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._again = words("", "muted", wrap=True)
        self.go = PrimaryButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._badge, self._people, self._again):
            column.addWidget(part)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignRight)
        self.go.clicked.connect(self.left)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._badge.set_state(State.OK, self.tr("The training site is ready"))
        line = self.tr("{name} ({roles})\n      password: {password}")
        self._people.setText("\n".join(line.format(**told) for told in people_of(self._aids)))
        self._again.setText(
            self.tr("The sign-in window shows these again; at work F2 shows all training aids.")
        )
        self.go.setText(self.tr("Go to the sign-in"))


def people_of(aids: "TrainingAids") -> Sequence[dict[str, str]]:
    """Return name, roles and password of the training people, in words."""
    return [
        {
            "name": person.printed_name,
            "roles": ", ".join(wording.term(f"role.{role}") for role in person.roles),
            "password": person.password,
        }
        for person in aids.people
    ]


class FirstRunPage(Entrance):
    """Leads through one of the ways and hands over to the desk: a sign-in, or an open site."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk.application, parent)
        self.desk = desk
        self.card.setFixedWidth(WIDTH)
        self.refusals = RefusalsPanel()
        self._stack = QStackedWidget()
        self.choice = Choice()
        self.making = Making()
        self._folder: Path | None = None
        self.body.addWidget(self.refusals)
        self.body.addWidget(self._stack)
        self.founding: Founding | None = None
        self.choice.training_asked.connect(self.make_training_site)
        self.choice.founding_asked.connect(self.show_form)
        self.choice.elsewhere_asked.connect(self._on_elsewhere)
        self.show_view(self.choice)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()

    @property
    def view(self) -> QWidget | None:
        """What is shown in the card."""
        return self._stack.currentWidget()

    def show_view(self, view: QWidget) -> None:
        """Show a view in the card, as large as it needs."""
        self.refusals.clear()
        if (before := self.view) is not None:
            self._stack.removeWidget(before)
        self._stack.addWidget(view)
        view.show()
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    # The training site

    @Slot()
    def make_training_site(self) -> None:
        """Make the training site, or go to the one that was made before."""
        folder = self._training_folder()
        if self.desk.door(folder).training:
            self.desk.show_sign_in(folder)
            return
        self.show_view(self.making)
        self.making.begin(self.tr("Making the training site"))
        self._folder = folder
        self.application.tasks.run(
            lambda task: _make_training_site(self.desk, folder, task),
            owner=self,
            done=self._on_training_site,
            failed=self.on_failed,
            progress=self.making.step,
        )

    def _training_folder(self) -> Path:
        """The first folder where the training site is whole, or nothing stands in its way."""
        root = self.desk.default_vault.parent
        number = 1
        while True:
            name = TRAINING_FOLDER if number == 1 else f"{TRAINING_FOLDER}-{number}"
            folder = root / name / "vault"
            if self.desk.door(folder).training or not folder.exists():
                return folder
            number += 1

    def _on_training_site(self, aids: "TrainingAids") -> None:
        view = TrainingMade(aids)
        view.left.connect(self._on_training_left)
        self.show_view(view)

    @Slot()
    def _on_training_left(self) -> None:
        if self._folder is not None:
            self.desk.show_sign_in(self._folder)

    def on_failed(self, problem: Problem) -> None:
        """Go back to the choice and say why."""
        self.show_view(self.choice)
        self.refusals.show_problem(problem)

    # A new site

    @Slot()
    def show_form(self) -> None:
        """Show the form of a new site."""
        from pharmacy_app.ui.founding.steps import Founding  # noqa: PLC0415 - not at the start

        self.founding = Founding(self)
        self.show_view(self.founding.form)

    # A site that is there already

    @Slot()
    def _on_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of the vault"))
        if chosen:
            self.open_elsewhere(Path(chosen))

    def open_elsewhere(self, folder: Path) -> None:
        """Go to the sign-in of a vault, or say that there is none in this folder."""
        try:
            self.desk.door(folder).people()
        except EnvironmentProblem as problem:
            self.refusals.show_problem(problem)
            return
        self.desk.show_sign_in(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Press the main button of the view on Enter, go back on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            view = self.view
            main = None if view is None else view.findChild(PrimaryButton)
            if main is not None:
                main.click()
        elif event.key() == Qt.Key.Key_Escape and self.founding is not None:
            self.founding.go_back()
        else:
            super().keyPressEvent(event)


def _make_training_site(desk: "Desk", folder: Path, task: Task) -> "TrainingAids":
    from pharmacy_app.demo.site import make_demo_site  # noqa: PLC0415 - training alone needs it
    from pharmacy_app.vault.derivation import FLOOR  # noqa: PLC0415 - not at the start
    from pharmacy_app.workflows.sessions import Machine  # noqa: PLC0415 - not at the start

    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    machine = Machine(desk.clock, desk.chance, FLOOR)
    made = make_demo_site(folder, machine, with_stock=True, progress=task.step)
    return made.aids
