"""The frame of a view of records: acts above, the list at the left, the selected one beside it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.look_back import Source
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.signing import Act, sign_and
from pharmacy_app.ui.storage.look_back import LookBackDialog
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.workplace import Workplace

GAP = 12


class RecordsView(Spoken, QWidget):
    """``changed`` comes with the kinds of rows that an act changed, ``problem`` with a refusal."""

    changed = Signal(object)
    problem = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._pharmacy = workplace.pharmacy
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.above = QHBoxLayout()
        self.above.setSpacing(GAP)
        self.above.addStretch(1)
        self.body = QWidget()
        """List and detail, without the acts."""

    def act(self, do: Callable[[], None]) -> ReasonedButton:
        """Return a button for an act, put beside those before it."""
        button = ReasonedButton()
        button.clicked.connect(lambda _: do())
        self.above.addWidget(button)
        return button

    def lay_out(self, listed: QWidget, detail: QWidget) -> None:
        """Put the parts in their places; whichever of list and detail has a fixed width keeps it."""
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for part in (listed, detail):
            row.addWidget(part, 0 if part.minimumWidth() == part.maximumWidth() else 1)
        self.column.addLayout(self.above)
        self.column.addWidget(self.body, 1)

    def refresh(self) -> None:
        """Read the records again, as each view does."""

    def attempt(self, act: Callable[[], Appended]) -> bool:
        """Carry out an act without a signature; return whether it was recorded."""
        try:
            appended = act()
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)
            return False
        self.done(appended)
        return True

    def sign(
        self,
        statement: str,
        task: Task,
        act: Act[Appended],
        then: Callable[[Appended], None] | None = None,
    ) -> None:
        """Have an act authorised by the signature of whoever is signed in; ``then`` or `done` follows."""
        me = self._pharmacy.person.person_id
        asked = [self._workplace.asked(Meaning.AUTHORISED, task, chosen=me)]
        sign_and(self._workplace, statement, asked, act, then or self.done, self)

    def done(self, appended: Appended) -> None:
        """Tell what an act changed, and show it."""
        self.changed.emit(appended.changed)
        self.refresh()

    def show_look_back(self, source: Source) -> None:
        """Show whom something touched."""
        LookBackDialog.show_for(self._workplace, source, self.problem.emit, self)


def filled(part: QWidget, width: int | None = None) -> Card:
    """Return a card filled with a table; without a width it takes the room that is left."""
    card = Card()
    card.set_margins(1, 1, 1, 1)
    card.body.addWidget(part, 1)
    if width is not None:
        card.setFixedWidth(width)
    return card
