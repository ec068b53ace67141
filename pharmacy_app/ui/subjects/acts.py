"""The forms of a subject's life: an end, a consent, a missed visit. Each is one act."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import DayField
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows import subjects
from pharmacy_app.workflows.pharmacy import Pharmacy


class ActDialog(Dialog):
    """A form whose button does one act; ``recorded`` comes with the kinds of rows that changed.

    A refusal is shown inside, and what was typed stays.
    """

    recorded = Signal(object)

    def __init__(
        self,
        pharmacy: Pharmacy,
        subject: SubjectId,
        fields: Sequence[QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=520)
        self.pharmacy, self.subject = pharmacy, subject
        self.op_id = pharmacy.new_op()
        self.note = words("", "muted", wrap=True)
        self.refusals = RefusalsPanel()
        self._fields = tuple(fields)
        self.cancel, self.use = ReasonedButton(hint="Esc"), PrimaryButton()
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.do)
        self.share_escape(self.refusals, self.cancel)
        self.refusals.dismissed.connect(self._begin)
        for part in (self.note, self.refusals, *fields):
            self.body.addWidget(part)
        self.add_button(self.cancel)
        self.add_button(self.use)
        self.retranslate()
        self._begin()

    @Slot()
    def _begin(self) -> None:
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set the texts that every form has."""
        self.cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Record"))

    def act(self) -> Appended | None:
        """Do the act; None if something is still missing in the form."""
        raise TypeError(f"{type(self).__name__} does not say what it does")

    def missing_day(self, field: DayField) -> bool:
        """Say that a field holds no day yet; return whether it does not."""
        if field.value is None:
            field.set_error(self.tr("Type the day as YYYY-MM-DD."))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field.value is None

    @Slot()
    def do(self) -> None:
        """Do the act and close, or show why not."""
        try:
            appended = self.act()
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
            return
        if appended is not None:
            self.accept()
            self.recorded.emit(appended.changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Record on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.do()
            return
        super().keyPressEvent(event)


class EndDialog(ActDialog):
    """Records how and when a subject's part ended."""

    def __init__(
        self, pharmacy: Pharmacy, subject: SubjectId, parent: QWidget | None = None
    ) -> None:
        self.because, self.on, self.reported_by = ChoiceField(), DayField(), TextField()
        self.on.set_text(pharmacy.today().isoformat())
        super().__init__(pharmacy, subject, (self.because, self.on, self.reported_by), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("End of participation of {subject}").format(subject=self.subject))
        self.note.setText(
            self.tr(
                "No dose is begun from here on. Doses still in the pharmacy are stopped: a kit in"
                " storage is free again, one taken out is wasted. Doses on the ward are still"
                " reported."
            )
        )
        self.because.set_label(self.tr("How it ended"))
        self.because.set_choices(
            [(ending, wording.term(f"ending.{ending}")) for ending in Ending],
            ask=self.tr("Choose"),
        )
        self.on.set_label(self.tr("On which day"))
        self.reported_by.set_label(self.tr("Reported by"))

    def act(self) -> Appended | None:
        """Record the end."""
        on = self.on.value
        if self.because.value is None:
            self.because.set_error(self.tr("Choose one."))
            return None
        if self.missing_day(self.on) or on is None:
            return None
        return subjects.end(
            self.pharmacy,
            self.subject,
            Ending(str(self.because.value)),
            on,
            self.reported_by.text,
            op_id=self.op_id,
        )


class ConsentDialog(ActDialog):
    """Records a consent to a stage that asks for one, or that it was taken back."""

    def __init__(
        self, pharmacy: Pharmacy, subject: SubjectId, parent: QWidget | None = None
    ) -> None:
        self.stage, self.given = ChoiceField(), ChoiceField()
        self.on, self.reference = DayField(), TextField()
        self.on.set_text(pharmacy.today().isoformat())
        fields = (self.stage, self.given, self.on, self.reference)
        super().__init__(pharmacy, subject, fields, parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Consent of {subject}").format(subject=self.subject))
        self.note.setText(self.tr("As the investigator confirms it; the form itself stays there."))
        self.stage.set_label(self.tr("Stage"))
        stages = [stage for stage in self.pharmacy.trial.stages if stage.consent]
        self.stage.set_choices([(stage.code, said(stage.name)) for stage in stages])
        self.given.set_label(self.tr("Consent"))
        self.given.set_choices([(True, self.tr("given")), (False, self.tr("taken back"))])
        self.on.set_label(self.tr("On which day"))
        self.reference.set_label(self.tr("Version and number of the form"))

    def act(self) -> Appended | None:
        """Record where the consent stands."""
        on: date | None = self.on.value
        if self.missing_day(self.on) or on is None:
            return None
        return subjects.record_consent(
            self.pharmacy,
            self.subject,
            StageCode(str(self.stage.value)),
            on,
            self.reference.text,
            given=bool(self.given.value),
            op_id=self.op_id,
        )


class MissedDialog(ActDialog):
    """Records that a visit's dose will not be given."""

    def __init__(
        self, pharmacy: Pharmacy, subject: SubjectId, visit: str, parent: QWidget | None = None
    ) -> None:
        self._visit, self.because = visit, TextField()
        super().__init__(pharmacy, subject, (self.because,), parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        head = self.tr("Visit {visit} of {subject} is missed")
        self.set_head(head.format(visit=self._visit, subject=self.subject))
        self.note.setText(
            self.tr("If the dose is given after all, begin it: the visit is then no longer missed.")
        )
        self.because.set_label(self.tr("Why the dose is not given"))

    def act(self) -> Appended | None:
        """Record the missed visit."""
        return subjects.miss_visit(
            self.pharmacy, self.subject, self._visit, self.because.text, op_id=self.op_id
        )
