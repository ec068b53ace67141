"""What a logger's file leaves open: asked, never guessed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.exchange.loggers import Question
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.widgets.surfaces import words


class LoggerQuestions(Dialog):
    """Emits ``answered`` with the answers by the names of the questions."""

    answered = Signal(object)

    def __init__(self, questions: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520)
        self._questions = questions
        self._why = words("", "muted", wrap=True)
        self.fields = [ChoiceField() for _ in questions]
        self._cancel = ReasonedButton(hint="Esc")
        self._read = PrimaryButton()
        self.body.addWidget(self._why)
        for field in self.fields:
            self.body.addWidget(field)
        self.add_button(self._cancel)
        self.add_button(self._read)
        self._cancel.clicked.connect(self.reject)
        self._read.clicked.connect(self.answer)
        self.retranslate()
        for field, question in zip(self.fields, questions, strict=True):
            if question.default:
                field.set_value(question.default)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("The file can be read in two ways"))
        self._why.setText(
            self.tr("It does not say this by itself. Look at the logger or ask its owner.")
        )
        asked = {
            "date_order": self.tr("Order of day, month and year"),
            "zone": self.tr("Time zone of the logger's clock"),
            "unit": self.tr("Unit of temperature"),
            "column": self.tr("Column with the temperature of the kits"),
        }
        for field, question in zip(self.fields, self._questions, strict=True):
            example = self.tr("The file shows: {example}").format(example=question.example)
            field.set_label(asked.get(question.name, question.name), hint=example)
            field.set_choices(
                [(choice, self._choice(question.name, choice)) for choice in question.choices],
                ask=self.tr("Choose"),
            )
        self._cancel.setText(self.tr("Cancel"))
        self._read.setText(self.tr("Read it so"))

    def _choice(self, name: str, choice: str) -> str:
        said: dict[tuple[str, str], Callable[[], str]] = {
            ("date_order", "dmy"): lambda: self.tr("day, month, year"),
            ("date_order", "mdy"): lambda: self.tr("month, day, year"),
            ("date_order", "ymd"): lambda: self.tr("year, month, day"),
            ("unit", "C"): lambda: "°C",
            ("unit", "F"): lambda: "°F",
        }
        tell = said.get((name, choice))
        return choice if tell is None else tell()

    @Slot()
    def answer(self) -> None:
        """Give the answers, if none is missing."""
        for field in self.fields:
            field.set_error("" if field.value is not None else self.tr("Choose one."))
        if all(field.value is not None for field in self.fields):
            answers = {
                question.name: str(field.value)
                for field, question in zip(self.fields, self._questions, strict=True)
            }
            self.accept()
            self.answered.emit(answers)
