"""The second person's check: their own reading of the raw counts, both signatures; or later."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from pharmacy_app.domain.dose import Reading
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.preparation import HAEMOCYTOMETER
from pharmacy_app.domain.refusal import violation
from pharmacy_app.domain.trial import SecondCheck
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.count import CardFrame
from pharmacy_app.ui.bench.dilution import CorrectButton
from pharmacy_app.ui.bench.readings import ReadingsForm, WeightAgain
from pharmacy_app.ui.bench.step import Facts, StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import releasing


class CheckPanel(StepPanel):
    """Takes the second person's readings without showing the first ones."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        dose = bench.at_hand
        counting, counted = dose.counting, dose.counted
        replicates = len(counted.readings) if counted else 1
        self._facts = Facts()
        self._card = CardFrame(counting.card if counting else ())
        self._ask = words("", "strong", wrap=True)
        self.form = ReadingsForm(counting.method if counting else HAEMOCYTOMETER, replicates)
        self.weight = WeightAgain(dose)
        self._correct, self.later = CorrectButton(bench), ReasonedButton()
        self.later.clicked.connect(self._ask_why)
        self.add_other(self.later)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._ask)
        if dose.counted_here:
            self.add_other(self._correct)
            self.body.insertWidget(1, self._card)
            self.body.addWidget(self.form)
        if self.weight.asked:
            self.body.addWidget(self.weight)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Second person's check"))
        self.text.setText(
            self.tr("Give the place to the second person. They compare all this with their eyes.")
        )
        counted = self.tr(
            "Second person: read the raw counts again yourself and type what you read."
        )
        as_it_came = self.tr("Second person: read subject, kit and seal on the bag yourself.")
        self._ask.setText(counted if self.bench.at_hand.counted_here else as_it_came)
        self.weight.retranslate()
        self.primary.setText(self.tr("Sign together…"))
        self.later.setText(self.tr("Verify later…"))
        allowed = self.bench.trial.duties.second_check is SecondCheck.MAY_BE_LATER
        refusal = violation("check.not_deferrable", self.bench.at_hand.dose_id)
        self.later.bar("" if allowed else wording.violation_in_words(refusal).rule)
        self.show_dose()

    def show_dose(self) -> None:
        """Show what there is to compare, but no count."""
        dose = self.bench.at_hand
        seal = "" if dose.covered is None else dose.covered.seal_number
        self._facts.tell(
            [
                (self.tr("Subject, visit"), f"{dose.subject} · {dose.visit}"),
                (self.tr("Kit"), dose.kit or ""),
                *self._filled(dose),
                (self.tr("Seal"), seal),
            ]
        )

    def _filled(self, dose: Dose) -> list[tuple[str, str]]:
        """Return how the bag was filled; nothing of one that is given as it came."""
        drawn, diluted = dose.drawn, dose.diluted
        if drawn is None or diluted is None:
            return []
        materials = "\n".join(
            f"{m.name} · {m.lot} · {wording.day(m.expiry)}" for m in diluted.materials
        )
        drawn_up = self.tr("{drawn} mL, diluent {diluent} mL").format(
            drawn=f"{drawn.drawn_ml:f}", diluent=f"{drawn.diluent_ml:f}"
        )
        return [(self.tr("Drawn up"), drawn_up), (self.tr("Materials"), materials)]

    @Slot()
    def begin(self) -> None:
        """Put the focus into the first reading."""
        if self.bench.at_hand.counted_here:
            self.form.begin()
        else:
            super().begin()

    @Slot()
    def go(self) -> None:
        """Let both sign what the second person read."""
        readings = self._readings()
        if readings is None or self.weight.missing():
            return
        weight = self.weight.value
        dose, place = self.bench.at_hand, self.bench.workplace
        me, preparer = self.bench.pharmacy.person.person_id, dose.counted_by
        asked = [
            place.asked(Meaning.PREPARED, Task.PREPARE, chosen=preparer or me),
            place.asked(Meaning.VERIFIED, Task.CHECK, but={preparer or me}),
        ]
        self.bench.sign(
            self._statement().format(
                dose=dose.dose_id, subject=dose.subject, visit=dose.visit, kit=dose.kit
            ),
            asked,
            lambda signers, op: releasing.check(
                *(self.bench.pharmacy, dose.dose_id, readings, (signers[0], signers[1])),
                weight_kg=weight,
                op_id=op,
            ),
            self,
        )

    def _readings(self) -> Sequence[Reading] | None:
        """Return what the second person read; None while something is missing."""
        if not self.bench.at_hand.counted_here:
            return ()
        return None if self.form.missing() else self.form.readings()

    def _statement(self) -> str:
        if self.bench.at_hand.counted_here:
            return self.tr(
                "Dose {dose} for {subject}, {visit}, from kit {kit}: prepared as recorded, raw"
                " counts read again by the second person, ready to be labelled."
            )
        return self.tr(
            "Dose {dose} for {subject}, {visit}, kit {kit}: given as it came, subject, kit and seal"
            " read by the second person, ready to be labelled."
        )

    @Slot()
    def _ask_why(self) -> None:
        hours = self.bench.trial.duties.later_verification_hours
        dialog = QuestionsDialog(
            self.tr("Verify later"),
            self.tr(
                "The dose leaves without a second person. A deviation is raised, and a second"
                " person must verify within {hours} h."
            ).format(hours=hours),
            [self.tr("Reason")],
            self.tr("Go on alone"),
            self,
        )
        dialog.answered.connect(lambda answers: self.defer(answers[0]))
        dialog.open()

    def defer(self, reason: str) -> None:
        """Go on without the second person."""
        dose = self.bench.at_hand
        self.bench.act(
            lambda op: releasing.defer_check(self.bench.pharmacy, dose.dose_id, reason, op_id=op)
        )
