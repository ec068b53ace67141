"""The dose on the bench: what every step of it is given, and how a step asks for its act."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.ids import DoseId, SubjectId, VisitCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.trial import Trial
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.signature import Asked
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan, readable
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned

STOPPING = ("dose.", "bench.appearance", "bench.past_use_before")
"""The codes, or how they begin, for which a dose may have to be stopped."""


class Workbench(QObject):
    """Holds the dose in work and asks for acts on it; an act asked for twice is recorded once.

    ``moved`` comes whenever the dose was read again, ``acted`` with the kinds of rows an act
    changed, ``refused`` with a problem to be shown in the step, ``wrong_scan`` with the scan and
    its refusal.
    """

    moved = Signal()
    acted = Signal(object)
    refused = Signal(object)
    wrong_scan = Signal(object, object)
    scan_answered = Signal(object)
    stop_asked = Signal()
    paper_asked = Signal(str)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workplace = workplace
        self.dose: Dose | None = None
        self.visit: tuple[SubjectId, VisitCode] | None = None
        self.correcting = False
        self.broken: tuple[str, ...] = ()
        self._op_id = ""

    @property
    def pharmacy(self) -> Pharmacy:
        """The open pharmacy."""
        return self.workplace.pharmacy

    @property
    def trial(self) -> Trial:
        """The protocol that the dose in work was begun under. Raises LookupError if there is none."""
        return dosing.protocol_of(self.pharmacy, self.at_hand)

    @property
    def at_hand(self) -> Dose:
        """The dose in work. Raises LookupError if the bench is free."""
        if self.dose is None:
            raise LookupError("no dose is on the bench")
        return self.dose

    def plan(self, subject: SubjectId, visit: VisitCode) -> None:
        """Put a visit on the bench whose dose was not begun yet."""
        self._put(None, (subject, visit))

    def bring(self, dose_id: DoseId) -> None:
        """Put a dose on the bench. Raises Refused if there is none of that code."""
        found = dosing.dose(self.pharmacy, dose_id)
        self._put(found, (found.subject, found.visit))

    def leave(self) -> None:
        """Free the bench; the dose waits where it is."""
        self._put(None, None)

    def _put(self, dose: Dose | None, visit: tuple[SubjectId, VisitCode] | None) -> None:
        self.dose, self.visit = dose, visit
        self.correcting, self.broken = False, ()
        self._op_id = self.pharmacy.new_op()
        self.moved.emit()

    def correct(self, *, on: bool) -> None:
        """Go back to the count to correct it, or return from there."""
        self.correcting = on
        self.moved.emit()

    def read_again(self) -> None:
        """Read the dose in work again."""
        if self.dose is not None:
            self.dose = dosing.dose(self.pharmacy, self.dose.dose_id)
        self.moved.emit()

    def act(self, do: Callable[[str], object]) -> bool:
        """Ask for an act, given the identity it is recorded under; return whether it was done."""
        try:
            done = do(self._op_id)
        except (Refused, EnvironmentProblem) as problem:
            self._on_refused(problem)
            return False
        self._on_done(done)
        return True

    def take_scan(self, scan: RawScan, do: Callable[[Scanned, str], object], right: str) -> None:
        """Ask for an act that a scan makes; a wrong scan stops the work until it is confirmed."""
        shown = readable(scan.raw)
        try:
            done = do(scanned(scan), self._op_id)
        except Refused as wrong:
            self._renew(wrong)
            said = wording.in_words(wrong)[0].rule
            self.scan_answered.emit(ScanAnswer(shown, State.STOP, said))
            self.wrong_scan.emit(scan, wrong)
            return
        except EnvironmentProblem as problem:
            self._on_refused(problem)
            return
        self.scan_answered.emit(ScanAnswer(shown, State.OK, right))
        self._on_done(done)

    def sign(
        self,
        statement: str,
        asked: Sequence[Asked],
        act: Callable[[Sequence[Credential], str], object],
        parent: QWidget,
    ) -> None:
        """Ask for an act that needs signatures; refusals are shown where the passwords are."""
        dialog = sign_and(
            self.workplace,
            statement,
            asked,
            lambda credentials: act(credentials, self._op_id),
            self._on_done,
            parent,
        )
        dialog.rejected.connect(self.read_again)

    def _on_done(self, done: object) -> None:
        self._op_id = self.pharmacy.new_op()
        self.correcting, self.broken = False, ()
        self.read_again()
        self.acted.emit(done.changed if isinstance(done, Appended) else frozenset())

    def _on_refused(self, problem: Refused | EnvironmentProblem) -> None:
        self._renew(problem)
        self.refused.emit(problem)

    def _renew(self, problem: Refused | EnvironmentProblem) -> None:
        """Read again what a refusal may have recorded; only a machine's problem keeps the identity."""
        if isinstance(problem, Refused):
            self._op_id = self.pharmacy.new_op()
            rules = (violation.rule for violation in problem.violations)
            self.broken = tuple(rule for rule in rules if rule.startswith(STOPPING))
        self.read_again()
