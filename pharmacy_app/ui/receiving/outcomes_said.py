"""What a signature makes of the kits, counted in words, for the sentence that is signed."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.events.stock import ReceivedKit
from pharmacy_app.ui import wording


def counted(outcomes: Sequence[ReceivedKit]) -> str:
    """Return how many kits come into each state, such as ``available: 10, damaged: 2``."""
    words = Counter(wording.term(f"kit_state.{outcome.state}") for outcome in outcomes)
    each = QCoreApplication.translate("Outcomes", "{state}: {count}")
    return QCoreApplication.translate("Outcomes", ", ").join(
        each.format(state=word, count=number) for word, number in words.items()
    )
