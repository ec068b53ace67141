"""The eight places of the window, in the order of the rail."""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Place(StrEnum):
    """A place of the window; its value names its icon."""

    TODAY = "today"
    RECEIVE = "receive"
    STOCK = "stock"
    SUBJECTS = "subjects"
    BENCH = "bench"
    ACCOUNT = "account"
    DOCUMENTS = "documents"
    OVERSIGHT = "oversight"


class Asked(StrEnum):
    """A view of a place that another place asks for."""

    READINESS = "readiness"
    WARD = "ward"


NAMES = {
    Place.TODAY: QT_TRANSLATE_NOOP("Place", "Today"),
    Place.RECEIVE: QT_TRANSLATE_NOOP("Place", "Receive"),
    Place.STOCK: QT_TRANSLATE_NOOP("Place", "Stock"),
    Place.SUBJECTS: QT_TRANSLATE_NOOP("Place", "Subjects"),
    Place.BENCH: QT_TRANSLATE_NOOP("Place", "Bench"),
    Place.ACCOUNT: QT_TRANSLATE_NOOP("Place", "Account"),
    Place.DOCUMENTS: QT_TRANSLATE_NOOP("Place", "Documents"),
    Place.OVERSIGHT: QT_TRANSLATE_NOOP("Place", "Oversight"),
}


def name_of(place: Place) -> str:
    """Return the place's name in the language of the window."""
    return QCoreApplication.translate("Place", str(NAMES[place]))
