"""A kit that turns up outside a count: where it was and what is known, signed."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.counting import cannot_be_found
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.people import Task
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import counting
from pharmacy_app.workflows.pharmacy import Scanned


def may_turn_up(kit: Kit | None) -> bool:
    """Tell whether a kit is one that the record has given up."""
    return kit is not None and not any(cannot_be_found(kit))


def ask_found(
    workplace: Workplace, kit: Kit, done: Callable[[Appended], None], parent: QWidget
) -> None:
    """Ask where a kit turned up and why it was gone, then for the signature."""
    pharmacy = workplace.pharmacy
    number, me = kit.kit_number, pharmacy.person.person_id

    def sign(given: tuple[str, str]) -> None:
        where, because = given
        sign_and(
            workplace,
            QCoreApplication.translate(
                "FoundKit", "Kit {kit} turned up: {where}. It is not for use."
            ).format(kit=number, where=where),
            [workplace.asked(Meaning.REPORTED, Task.FIND_KIT, chosen=me)],
            lambda signers: counting.found(
                pharmacy, Scanned(number, typed=True), where, because, signers[0]
            ),
            done,
            parent,
        )

    dialog = QuestionsDialog(
        QCoreApplication.translate("FoundKit", "Kit {kit} turned up").format(kit=number),
        QCoreApplication.translate(
            "FoundKit",
            "It counts again and waits in quarantine: nobody knows how it was kept."
            " If it was ever thawed, it is rejected.",
        ),
        [
            QCoreApplication.translate("FoundKit", "Where: a free position, or in words"),
            QCoreApplication.translate("FoundKit", "What was found out"),
        ],
        QCoreApplication.translate("FoundKit", "Go on to the signature"),
        parent,
    )
    dialog.answered.connect(sign)
    dialog.open()
