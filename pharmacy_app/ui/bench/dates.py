"""Days and times typed as they are written: 2026-11-30, 2026-11-30 09:15, in the site's zone."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui import language
from pharmacy_app.ui.widgets.fields import TextField

DAY_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d")
MOMENT_FORMAT = "%Y-%m-%d %H:%M"


class DayField(TextField):
    """A day, year first; 20261130 is taken too. Days that do not exist are no value."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, codes=True, parent=parent)
        self.editor.setPlaceholderText("YYYY-MM-DD")

    @property
    def value(self) -> date | None:
        """The day, or None if none or half a day was typed."""
        for form in DAY_FORMATS:
            try:
                return datetime.strptime(self.text, form).date()  # noqa: DTZ007 - only the day
            except ValueError:
                continue
        return None


class MomentField(TextField):
    """A day and a time of day at the site."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, codes=True, parent=parent)
        self.editor.setPlaceholderText("YYYY-MM-DD HH:MM")
        self.editor.installEventFilter(self)

    def begin_with(self, day: str) -> None:
        """Put a day in, to which only the time is typed."""
        self.set_text(f"{day} ")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Type on behind the day: Tab selects all, and the time would take the place of the day."""
        if event.type() == QEvent.Type.FocusIn and self.value is None:
            QTimer.singleShot(0, self.editor, lambda: self.editor.end(False))
        return super().eventFilter(watched, event)

    @property
    def value(self) -> datetime | None:
        """The moment in UTC, or None if none or half of one was typed."""
        try:
            local = datetime.strptime(self.text, MOMENT_FORMAT)  # noqa: DTZ007 - zone is next
        except ValueError:
            return None
        return local.replace(tzinfo=language.zone()).astimezone(UTC)
