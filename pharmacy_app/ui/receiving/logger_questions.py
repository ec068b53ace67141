"""What a logger's file leaves open: asked, never guessed."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal, Slot
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
        for field, question in zip(self.fields, self._questions, strict=True):
            example = self.tr("The file shows: {example}").format(example=question.example)
            field.set_label(question_in_words(question.name), hint=example)
            field.set_choices(
                [(choice, answer_in_words(question.name, choice)) for choice in question.choices],
                ask=self.tr("Choose"),
            )
        self._cancel.setText(self.tr("Cancel"))
        self._read.setText(self.tr("Read it so"))

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


def question_in_words(name: str) -> str:
    """Return what a question of a logger's file asks for."""
    asked = {
        "date_order": QCoreApplication.translate("LoggerQuestions", "Order of day, month and year"),
        "zone": QCoreApplication.translate("LoggerQuestions", "Time zone of the logger's clock"),
        "unit": QCoreApplication.translate("LoggerQuestions", "Unit of temperature"),
        "column": QCoreApplication.translate(
            "LoggerQuestions", "Column with the temperature of the kits"
        ),
        "time": QCoreApplication.translate("LoggerQuestions", "Column with the time"),
        "comma": QCoreApplication.translate(
            "LoggerQuestions", "Meaning of the comma behind degrees"
        ),
        "probe": QCoreApplication.translate("LoggerQuestions", "Probe that lay with the kits"),
        "sensor_code": QCoreApplication.translate("LoggerQuestions", "Meaning of −127 and 85"),
    }
    return asked.get(name, name)


def answer_in_words(name: str, answer: str) -> str:
    """Return an answer as it is chosen; headings, zones and probes stand as the file has them."""
    said = {
        ("date_order", "dmy"): QCoreApplication.translate("LoggerQuestions", "day, month, year"),
        ("date_order", "mdy"): QCoreApplication.translate("LoggerQuestions", "month, day, year"),
        ("date_order", "ymd"): QCoreApplication.translate("LoggerQuestions", "year, month, day"),
        ("comma", "between_cells"): QCoreApplication.translate(
            "LoggerQuestions", "it parts two cells"
        ),
        ("comma", "decimal"): QCoreApplication.translate(
            "LoggerQuestions", "it is a decimal comma"
        ),
        ("sensor_code", "code"): QCoreApplication.translate(
            "LoggerQuestions", "codes of the sensor"
        ),
        ("sensor_code", "reading"): QCoreApplication.translate(
            "LoggerQuestions", "measured temperatures"
        ),
    }
    units = {"C": "°C", "F": "°F", "K": "K"}
    if name == "unit":
        return units.get(answer, answer)
    return said.get((name, answer), answer)
