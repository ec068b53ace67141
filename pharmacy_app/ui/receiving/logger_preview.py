"""A logger's file as it was understood, shown before it is recorded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pharmacy_app.domain.readings import Sample
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.receiving.logger_questions import answer_in_words, question_in_words
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words

SHOWN = 3
"""Readings from each end."""
MOST_NOTES = 6


class LoggerPreview(Dialog):
    """Emits ``confirmed``, or ``asked_again`` where kept answers shall not hold for this file."""

    confirmed = Signal()
    asked_again = Signal()

    def __init__(self, read: LoggerFile, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=560)
        self._read = read
        self._span = words("", "", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._answers = words("", "", wrap=True)
        self._notes = words("", "small", wrap=True)
        self.again, self._cancel = ReasonedButton(), ReasonedButton(hint="Esc")
        self.record = PrimaryButton()
        self.body.addWidget(self._span)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._answers)
        self.body.addWidget(self._notes)
        for button in (self.again, self._cancel, self.record):
            self.add_button(button)
        self.again.setVisible(bool(read.recalled))
        self.again.clicked.connect(self._on_again)
        self._cancel.clicked.connect(self.reject)
        self.record.clicked.connect(self._on_record)
        self._fill(read.readings)
        self.retranslate()

    def _fill(self, readings: Sequence[Sample]) -> None:
        """Show the readings at both ends, times in the site's zone."""
        first = list(readings[:SHOWN])
        last = list(readings[max(SHOWN, len(readings) - SHOWN) :])
        skipped = len(first) + len(last) < len(readings)
        for row, sample in enumerate([*first, *([None] if skipped else []), *last]):
            when = "…" if sample is None else wording.moment(sample.at)
            self._grid.addWidget(words(when, "mono"), row, 0)
            self._grid.addWidget(words("" if sample is None else degrees(sample), "mono"), row, 1)
        self._grid.setColumnStretch(2, 1)

    def retranslate(self) -> None:
        """Set every text again."""
        read = self._read
        self.set_head(self.tr("The file is understood like this"))
        span = self.tr("{count} readings, {begins} to {ends}, every {step} s, logger {serial}")
        self._span.setText(
            span.format(
                count=len(read.readings),
                begins=wording.moment(read.readings[0].at),
                ends=wording.moment(read.readings[-1].at),
                step=f"{read.interval.total_seconds():g}",
                serial=read.serial or "–",
            )
        )
        told = [
            self._told(self.tr("You answered: {answers}"), read.given),
            self._told(self.tr("Known of this logger: {answers}"), read.recalled),
        ]
        self._answers.setText("\n".join(text for text in told if text))
        self._answers.setVisible(any(told))
        self._notes.setText("\n".join(self._said_of(read)))
        self._notes.setVisible(bool(read.notes))
        self.again.setText(self.tr("Ask me again…"))
        self._cancel.setText(self.tr("Cancel"))
        self.record.setText(self.tr("Record it"))

    def _said_of(self, read: LoggerFile) -> list[str]:
        said = [wording.violation_in_words(note).found for note in read.notes[:MOST_NOTES]]
        rest = len(read.notes) - len(said)
        if rest > 0:
            said.append(self.tr("{count} more notes").format(count=rest))
        return said

    def _told(self, form: str, answers: Mapping[str, str]) -> str:
        each = [
            f"{question_in_words(name)}: {answer_in_words(name, answer)}"
            for name, answer in answers.items()
        ]
        return form.format(answers="; ".join(each)) if each else ""

    def _on_record(self) -> None:
        self.accept()
        self.confirmed.emit()

    def _on_again(self) -> None:
        self.accept()
        self.asked_again.emit()


def degrees(sample: Sample) -> str:
    """Return a reading as it is shown: °C, or the code that stood there instead."""
    if sample.celsius is None:
        return f"“{sample.code}”"
    return f"{sample.celsius.normalize():f} °C".replace("-", "−")
