"""A label on its way: the act is recorded at once, the job goes out on another thread."""

from pharmacy_app.documents.printers.held import HeldJob
from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.domain.doses import LabelCopy, LabelState
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.workflows import dosing, labelling


def print_copy(bench: Workbench, copy: LabelCopy, printer: Printer) -> None:
    """Record that a copy goes to a printer, then send it; a printer that fails fails the copy.

    The window waits for no printer: until it has answered, the bench asks whether a label came out.
    """
    pharmacy, dose_id, held = bench.pharmacy, bench.at_hand.dose_id, HeldJob(printer)
    if bench.act(lambda op: labelling.print_label(pharmacy, copy, dose_id, held, op_id=op)):
        bench.workplace.tasks.run(
            lambda _: held.send(),
            owner=bench,
            failed=lambda problem: _record_failure(bench, dose_id, copy, problem),
        )


def _record_failure(bench: Workbench, dose_id: DoseId, copy: LabelCopy, problem: Problem) -> None:
    """Fail the copy, unless somebody has done so meanwhile, and tell the reason."""
    if not bench.workplace.site.is_open:
        return
    label_id = copy.label_id
    live = {one.label_id: one for one in dosing.dose(bench.pharmacy, dose_id).live_labels}
    if label_id in live and live[label_id].state is LabelState.SPOOLED:
        try:
            done = labelling.no_label_came(bench.pharmacy, dose_id, _reason(problem), label_id)
        except (Refused, EnvironmentProblem) as other:
            bench.refused.emit(other)
            return
        bench.read_again()
        bench.acted.emit(done.changed)
    bench.refused.emit(problem)


def _reason(problem: Problem) -> str:
    """Return the rule, and what the printer said, as they are kept with the copy."""
    if isinstance(problem, Refused):
        return problem.violations[0].rule
    answer = problem.problem.fact("answer")
    return problem.problem.rule if answer is None else f"{problem.problem.rule}: {answer}"
