"""The shipper's temperatures: the file, the curve with its limit, and what follows from it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.curve import Curve
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.temperature import minutes
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.temperature import TemperaturePlot

PLOT_HEIGHT = 260


class LoggerCard(Spoken, Card):
    """Emits ``file_asked`` when a file shall be chosen, ``report_asked`` for the paper about it."""

    file_asked = Signal()
    report_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._logger: LoggerRead | None = None
        self._curve: Curve | None = None
        self._notes_told: Sequence[Violation] = ()
        self._badge = Badge()
        self._statement = words("", "", wrap=True)
        self._notes = words("", "small", wrap=True)
        self.plot = TemperaturePlot()
        self.plot.setMaximumHeight(PLOT_HEIGHT)
        self.choose = ReasonedButton(hint="F7")
        self.choose.setShortcut("F7")
        self.choose.clicked.connect(self.file_asked)
        self.report = ReasonedButton()
        self.report.clicked.connect(self.report_asked)
        shown = (self._badge, self.plot, self._statement, self._notes, self.choose, self.report)
        for part in shown:
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.retranslate()

    def show_logger(
        self, logger: LoggerRead | None, curve: Curve | None, notes: Sequence[Violation] = ()
    ) -> None:
        """Show what the logger says; without a curve its figures alone."""
        self._logger, self._notes_told = logger, notes
        self.plot.setVisible(curve is not None)
        self.report.setVisible(logger is not None)
        if curve is not None and curve is not self._curve:
            self.plot.draw(curve)
        self._curve = curve
        self.retranslate()

    def let_read(self, *, open_: bool) -> None:
        """Offer to read a file while one may still be read."""
        self.choose.setVisible(open_)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Temperatures on the way"))
        self.report.setText(self.tr("Temperature report…"))
        logger = self._logger
        again = self.tr("Read another file…")
        self.choose.setText(again if logger else self.tr("Read the logger's file…"))
        if logger is None:
            self._badge.set_state(State.WARN, self.tr("No file was read yet"))
            self._statement.setText(
                self.tr("Without it the kits wait in pre-quarantine, if the trial asks for it.")
            )
            self._notes.setText("")
            return
        if logger.excursion:
            self._badge.set_state(State.STOP, self.tr("Excursion: the kits go to quarantine"))
        else:
            self._badge.set_state(State.OK, self.tr("No excursion"))
        self._statement.setText("\n".join(self._figures(logger)))
        said = (wording.violation_in_words(note).found for note in self._notes_told)
        self._notes.setText("\n".join(said))

    def _figures(self, logger: LoggerRead) -> Sequence[str]:
        span = self.tr("{count} readings, {begins} to {ends}, logger {serial}").format(
            count=logger.readings,
            begins=wording.moment(logger.first_at),
            ends=wording.moment(logger.last_at),
            serial=logger.serial or "–",
        )
        range_ = self.tr("Coldest {low} °C, warmest {high} °C, limit {limit} °C").format(
            low=_degrees(logger.min_c), high=_degrees(logger.max_c), limit=_degrees(logger.limit_c)
        )
        above = self.tr("Above the limit {minutes} min in all, {longest} min at a stretch").format(
            minutes=logger.seconds_above // 60, longest=logger.longest_above // 60
        )
        cold = [] if self._curve is None else self._too_cold(self._curve)
        cut = self.tr("The file breaks off: it is not the whole journey.")
        return [span, range_, above, *cold, *([cut] if logger.cut else [])]

    def _too_cold(self, curve: Curve) -> Sequence[str]:
        """Say how long it was below the lower limit, where the trial gives one."""
        if curve.limits.lower_c is None:
            return []
        said = self.tr("Below the lower limit of {limit} °C: {minutes} min in all")
        total = minutes(curve.below)
        return [said.format(limit=_degrees(curve.limits.lower_c), minutes=total)]


def _degrees(value: object) -> str:
    return "–" if value is None else f"{value}".replace("-", "−")
