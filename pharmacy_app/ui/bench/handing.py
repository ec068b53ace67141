"""The bag leaves, and what comes back: the ward's report, or the bag."""

from PySide6.QtCore import Qt, Slot

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.bench.extra_labels import ExtraLabels
from pharmacy_app.ui.bench.label import AnotherCopyButton
from pharmacy_app.ui.bench.settle import Unsettled
from pharmacy_app.ui.bench.step import Facts, StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField, TextField, fields_in_row
from pharmacy_app.workflows import custody, deviations, dosing
from pharmacy_app.workflows.pharmacy import Scanned


class HandOverPanel(StepPanel):
    """Takes who receives the bag, and the signature that releases it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._facts = Facts("strong")
        self.receiver, self.role = TextField(), TextField()
        self._form = ReasonedButton()
        self._form.clicked.connect(lambda: bench.paper_asked.emit("hand-over"))
        self.add_other(self._form)
        self.add_other(AnotherCopyButton(bench))
        self.body.addWidget(self._facts)
        self.body.addSpacing(4)
        self.body.addLayout(fields_in_row(self.receiver, self.role))
        self.extra = ExtraLabels(bench)
        self.body.addWidget(self.extra)

    def scan(self, scan: RawScan) -> bool:
        """Scan back a label beside the bag's."""
        return self.extra.scan(scan)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Hand over"))
        self.text.setText(
            self.tr("Give the bag and its form to the person who takes it to the ward.")
        )
        self.receiver.set_label(self.tr("Receiver's name"))
        self.role.set_label(self.tr("Role"))
        self.primary.setText(self.tr("Hand over and sign…"))
        self._form.setText(self.tr("Hand-over form"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show what leaves."""
        dose = self.bench.at_hand
        label = dose.current_label()
        self.extra.retranslate()
        until = wording.moment(dose.use_before) if dose.use_before else ""
        self._facts.tell(
            [
                (self.tr("Subject, visit"), f"{dose.subject} · {dose.visit}"),
                (self.tr("Label"), label.label_id if label else ""),
                (self.tr("Seal"), dose.covered.seal_number if dose.covered else ""),
                (self.tr("Use before"), until),
            ]
        )

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Sign the hand-over."""
        dose, receiver, role = self.bench.at_hand, self.receiver.text, self.role.text
        if not receiver:
            self.receiver.set_error(self.tr("Name the person who takes the bag."))
            self.receiver.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        me = self.bench.pharmacy.person.person_id
        self.bench.sign(
            self.tr("The bag of dose {dose} for {subject}, {visit}, goes to {receiver}.").format(
                dose=dose.dose_id, subject=dose.subject, visit=dose.visit, receiver=receiver
            ),
            [self.bench.workplace.asked(Meaning.RELEASED, Task.HAND_OVER, chosen=me)],
            lambda signers, op: custody.hand_over(
                self.bench.pharmacy, dose.dose_id, receiver, role, signers[0], op_id=op
            ),
            self,
        )


class ReportPanel(StepPanel):
    """Takes the ward's report, or the bag that came back."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._facts = Facts()
        self.started, self.ended = MomentField(), MomentField()
        self.left, self.reporter = NumberField(decimals=1), TextField()
        self.came_back = ReasonedButton()
        self.came_back.clicked.connect(self._ask_return)
        self.add_other(self.came_back)
        self.body.addWidget(self._facts)
        self.body.addLayout(fields_in_row(self.started, self.ended))
        self.body.addLayout(fields_in_row(self.left, self.reporter))
        today = wording.day(bench.pharmacy.now())
        for field in (self.started, self.ended):
            field.begin_with(today)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Report from the ward"))
        self.text.setText(self.tr("Copy the times and the rest from the form that came back."))
        self.started.set_label(self.tr("Infusion began"))
        self.ended.set_label(self.tr("Infusion ended"))
        self.left.set_label(self.tr("Not infused"), "mL")
        self.reporter.set_label(self.tr("Reported by"))
        self.primary.setText(self.tr("Record the report"))
        self.came_back.setText(self.tr("The bag came back…"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show to whom the bag went, and when."""
        dose = self.bench.at_hand
        if dose.handed_over is None or dose.handed_over_at is None:
            return
        given = dose.handed_over
        role = f" · {given.receiver_role}" if given.receiver_role else ""
        handed = f"{wording.moment(dose.handed_over_at)} · {given.receiver}{role}"
        self._facts.tell([(self.tr("Handed over"), handed)])

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.started.setFocus(Qt.FocusReason.OtherFocusReason)
        self.started.editor.setCursorPosition(len(self.started.editor.text()))

    @Slot()
    def go(self) -> None:
        """Record the report, if times and volume were typed."""
        started, ended, left = self.started.value, self.ended.value, self.left.value
        if left is None:
            self.left.set_error(self.tr("0 if all was infused."))
            self.left.setFocus(Qt.FocusReason.OtherFocusReason)
        for field in (self.ended, self.started):
            if field.value is None:
                field.set_error(self.tr("Year-month-day hour:minute."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        if started is None or ended is None or left is None:
            return
        dose, reporter = self.bench.at_hand, self.reporter.text
        self.bench.act(
            lambda op: custody.report_infusion(
                self.bench.pharmacy,
                dose.dose_id,
                started_at=started,
                ended_at=ended,
                not_infused_ml=left,
                reported_by=reporter,
                op_id=op,
            )
        )

    @Slot()
    def _ask_return(self) -> None:
        dialog = QuestionsDialog(
            self.tr("The bag came back"),
            self.tr("It was not given. It never returns to stock."),
            [self.tr("Returned by"), self.tr("Reason")],
            self.tr("Record the return"),
            self,
        )
        dialog.answered.connect(lambda answers: self.take_back(*answers))
        dialog.open()

    def take_back(self, returned_by: str, because: str) -> None:
        """Record that the bag came back."""
        dose = self.bench.at_hand
        self.bench.act(
            lambda op: custody.return_bag(
                self.bench.pharmacy, dose.dose_id, returned_by, because, op_id=op
            )
        )


class OverPanel(StepPanel):
    """Tells how a dose ended; a stopped one can be replaced for the same visit."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._facts = Facts()
        self.unsettled = Unsettled(bench)
        self._record = ReasonedButton()
        self._record.clicked.connect(lambda: bench.paper_asked.emit("preparation-record"))
        self.wrong_kit = ReasonedButton()
        self.wrong_kit.clicked.connect(self._ask_wrong_kit)
        self.add_other(self._record)
        self.add_other(self.wrong_kit)
        self.body.addWidget(self._facts)
        self.body.addWidget(self.unsettled)

    @property
    def stopped(self) -> bool:
        """Whether the dose was stopped."""
        return self.bench.dose is not None and self.bench.dose.step is Step.STOPPED

    @property
    def returned(self) -> bool:
        """Whether the bag came back, and no later dose of the visit was begun."""
        dose = self.bench.dose
        if dose is None or dose.returned is None:
            return False
        plans = dosing.plan(self.bench.pharmacy, dose.subject)
        plan = next((one for one in plans if one.visit.code == dose.visit), None)
        return plan is not None and plan.doses[-1].dose_id == dose.dose_id

    def retranslate(self) -> None:
        """Set every text again."""
        stopped = self.tr("This dose was stopped")
        self.head.setText(stopped if self.stopped else self.tr("This dose is closed"))
        replace = self.tr("A new dose for the same visit takes another kit of the same allocation.")
        done = self.tr("Nothing more is to be done at the bench.")
        repeat = self.tr("It was not given. The visit can be given again, with a reason.")
        self.text.setText(replace if self.stopped else repeat if self.returned else done)
        again, leave = self.tr("Replacement dose"), self.tr("Clear the bench")
        once_more = self.tr("Give the visit again")
        self.primary.setText(again if self.stopped else once_more if self.returned else leave)
        self.wrong_kit.setText(self.tr("Another kit was given…"))
        dose = self.bench.dose
        given = dose is not None and dose.infusion is not None and dose.wrong_kit is None
        self.wrong_kit.setVisible(given)
        self._record.setText(self.tr("Preparation record"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show how it ended."""
        dose, facts = self.bench.at_hand, []
        if dose.stopped is not None:
            rules = [wording.term(rule) for rule in dose.stopped.rules]
            because = "; ".join(part for part in (*rules, dose.stopped.remarks) if part)
            facts.append((self.tr("Reason"), because))
        if dose.infusion is not None:
            report = dose.infusion
            facts += [
                (self.tr("Infusion began"), wording.moment(report.started_at)),
                (self.tr("Infusion ended"), wording.moment(report.ended_at)),
                (self.tr("Not infused"), f"{report.not_infused_ml:f} mL"),
                (self.tr("Reported by"), report.reported_by),
            ]
        if dose.returned is not None:
            facts += [
                (self.tr("Returned by"), dose.returned.returned_by),
                (self.tr("Reason"), dose.returned.because),
            ]
        if dose.wrong_kit is not None:
            facts += [
                (self.tr("Kit assigned"), dose.wrong_kit.assigned),
                (self.tr("Kit actually given"), dose.wrong_kit.given),
                (self.tr("How it came about"), dose.wrong_kit.because),
            ]
        self._facts.tell(facts)

    @Slot()
    def _ask_wrong_kit(self) -> None:
        dialog = QuestionsDialog(
            self.tr("Another kit was given"),
            self.tr(
                "Numbers are never swapped to mend it: allocation, dose and label stay. The kit that"
                " was given is accounted for, and a deviation is raised."
            ),
            [self.tr("Number of the kit that was given"), self.tr("How it came about")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda answers: self.sign_wrong_kit(*answers))
        dialog.open()

    def sign_wrong_kit(self, given: str, because: str) -> None:
        """Record that another kit was given, signed."""
        dose, place = self.bench.at_hand, self.bench.workplace
        me = self.bench.pharmacy.person.person_id
        statement = self.tr("Kit {given} reached {subject} in place of kit {kit}: {because}")
        self.bench.sign(
            statement.format(given=given, subject=dose.subject, kit=dose.kit, because=because),
            [place.asked(Meaning.AUTHORISED, Task.REPORT_WRONG_KIT, chosen=me)],
            lambda signers, op: deviations.report_wrong_kit(
                self.bench.pharmacy,
                dose.dose_id,
                Scanned(given, typed=True),
                because,
                signers[0],
                op_id=op,
            ),
            self,
        )

    @Slot()
    def go(self) -> None:
        """Begin the replacement of a stopped dose or a returned one, or clear the bench."""
        if (self.stopped or self.returned) and self.bench.visit is not None:
            self.bench.plan(*self.bench.visit)
        else:
            self.bench.leave()
