"""The big clock: time since an irreversible moment, and how much of the time allowed is gone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from pharmacy_app.ui import theme, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import Card, colour, words

SOON = 0.8


def _utc_now() -> datetime:
    return datetime.now(UTC)


def elapsed(span: timedelta) -> str:
    """Return a span as hours, minutes and seconds; a negative one with a minus sign."""
    seconds = int(abs(span).total_seconds())
    sign = "−" if span < timedelta(0) else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class BigClock(Spoken, Card):
    """Counts up from ``since``; amber when 80 % of the time is gone, red when it is over.

    ``ran_out`` is emitted once, when the time is over. The time of day is injected.
    """

    ran_out = Signal()

    def __init__(
        self, now: Callable[[], datetime] = _utc_now, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._now = now
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._over = False
        self._caption = words("", "muted")
        self._digits = words("", "clock")
        digits = theme.font("clock")
        self._digits.setFont(digits)
        self._deadline = words("", "muted")
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        for part in (self._caption, self._digits, self._deadline, self._bar):
            self.body.addWidget(part)
        self.body.setSpacing(4)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def set_caption(self, caption: str) -> None:
        """Say what is counted."""
        self._caption.setText(caption)

    def start(self, since: datetime, until: datetime | None = None) -> None:
        """Count from a moment, towards a deadline if there is one."""
        self._since, self._until, self._over = since, until, False
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        """Stop counting; the digits stay."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Show the present moment."""
        if self._since is None:
            self._digits.setText("--:--:--")
            self._deadline.hide()
            self._bar.hide()
            return
        now = self._now()
        self._digits.setText(elapsed(now - self._since))
        self._show_deadline(now)
        self.setAccessibleName(f"{self._caption.text()} {self._digits.text()}")

    def _show_deadline(self, now: datetime) -> None:
        self._deadline.setVisible(self._until is not None)
        self._bar.setVisible(self._until is not None)
        if self._since is None or self._until is None:
            colour(self._digits, None)
            return
        span = (self._until - self._since).total_seconds()
        gone = (now - self._since).total_seconds() / span if span > 0 else 1.0
        state = State.STOP if gone >= 1 else State.WARN if gone >= SOON else State.OK
        self._bar.setValue(round(1000 * min(max(gone, 0.0), 1.0)))
        colour(self._bar, state)
        colour(self._digits, None if state is State.OK else state)
        late = self.tr("Use-before passed at {time}")
        said = late if state is State.STOP else self.tr("Use before {time}")
        self._deadline.setText(said.format(time=wording.minute(self._until)))
        if state is State.STOP and not self._over:
            self._over = True
            self.ran_out.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self.tick()
