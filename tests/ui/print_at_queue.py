"""Print a label's test page at a system queue as the window does, in a process of its own.

The printing system is asked where its server is only once a process. The words are the outcome.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from pharmacy_app.documents.printers.alignment import alignment_page
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui.printers import WindowPrinter, opened
from pharmacy_app.wording import worded


def main(queue: str, paper: str) -> None:
    application = QApplication([])
    profile = PrinterProfile(name="Office", way=Way.SYSTEM, address=queue, paper=paper)
    printer = opened(profile)
    assert isinstance(printer, WindowPrinter)
    page = alignment_page((Decimal(100), Decimal(50)))
    try:
        with ThreadPoolExecutor(1) as workers:  # as the window does, which waits for no printer
            said = f"took {workers.submit(printer.submit, page, page.job_title).result().job}"
    except EnvironmentProblem as problem:
        said = f"{problem.problem.rule} {worded(problem.problem, 'en').found}"
    sys.stdout.write(said)
    application.quit()


main(*sys.argv[1:])
