"""What stays beside every step: the clock, the label behind its lock, this dose's near misses."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.doses import Dose, LabelState, Step
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.ui import icons, language, theme, wording
from pharmacy_app.ui.bench.label import LabelPicture
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.clock import BigClock, elapsed
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.wording import catalogue
from pharmacy_app.workflows import dosing

WIDTH = 224


class Aside(Spoken, QWidget):
    """The column at the right of the bench."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._bench = bench
        self.clock = BigClock(bench.pharmacy.now)
        self._clock_of: DoseId | None = None
        self.label = LabelCard(bench)
        self.near_misses = NearMissCard(bench)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for card in (self.clock, self.label, self.near_misses):
            self._column.addWidget(card)
        self._column.addStretch(1)

    def retranslate(self) -> None:
        """Set every text again."""
        self.label.retranslate()
        self.near_misses.retranslate()
        self.show_dose()

    def show_dose(self) -> None:
        """Show the dose in work."""
        dose = self._bench.dose
        self._own_clock(None if dose is None else dose.dose_id)
        self.label.show_dose()
        self.near_misses.show_dose()
        if dose is None:
            return
        caption, since = self._running(dose)
        self.clock.set_caption(caption)
        if since is None:
            return
        self.clock.start(since, self._until(dose))
        if dose.over or dose.step is Step.REPORT:
            self.clock.stop()

    def _running(self, dose: Dose) -> tuple[str, datetime | None]:
        """Return what the clock counts from, and since when; None before it runs."""
        if not dose.frozen:
            return self.tr("Out of storage since"), dose.taken_out_at
        if dose.step is Step.THAWING:
            return self.tr("Thawing since"), dose.thaw_started_at
        return self.tr("Since thaw"), dose.thaw_ended_at

    def _own_clock(self, dose_id: DoseId | None) -> None:
        """Put a fresh clock in place, so that none shows the time of another dose."""
        if dose_id == self._clock_of:
            return
        self._clock_of = dose_id
        before, self.clock = self.clock, BigClock(self._bench.pharmacy.now)
        self._column.replaceWidget(before, self.clock)
        before.hide()
        before.deleteLater()

    def _until(self, dose: Dose) -> datetime | None:
        kit = dosing.current_kit(self._bench.pharmacy, dose)
        return rules.latest_use_before(dose, self._bench.trial.hold, kit)


class LabelCard(Spoken, Card):
    """The label as it will be on the bag, or the lock it waits behind."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._picture = LabelPicture(WIDTH - 26)
        self._lock = QLabel()
        self._lock.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said = words("", "muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._lock)
        line.addWidget(self._said, 1)
        self.body.addWidget(self._picture)
        self.body.addLayout(line)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.show_dose)
        self._timer.start()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Label"))
        self.show_dose()

    @Slot()
    def show_dose(self) -> None:
        """Show the newest copy, or when the label unlocks; nothing of a site that was closed."""
        dose = self._bench.dose
        if dose is None or not self._bench.workplace.site.is_open:
            return
        copy = dose.current_label()
        self._picture.setVisible(copy is not None)
        self._lock.setVisible(copy is None)
        if copy is not None:
            self._picture.show_copy(self._bench.pharmacy, copy)
            self._said.setText(wording.term(f"label_state.{copy.state}"))
            colour(self._said, State.OK if copy.state is LabelState.VERIFIED else None)
            return
        self._lock.setPixmap(icons.pixmap("lock", theme.current().text_muted, 16))
        self._said.setText(self._locked(dose))
        colour(self._said, None)

    def _locked(self, dose: Dose) -> str:
        if dose.over:
            return self.tr("No label was printed.")
        opens = rules.unlocks_at(dose, self._bench.trial.release)
        now = self._bench.pharmacy.now()
        waits = opens is not None and now < opens
        least = self._bench.trial.release.min_bench_minutes
        if dose.step is not Step.LABEL:
            said = self.tr("Unlocks after the second check and {minutes} min at the bench")
            return said.format(minutes=least)
        if opens is not None and waits:
            said = self.tr("Unlocks at {time}, in {left}")
            return said.format(time=wording.minute(opens), left=elapsed(opens - now))
        return self.tr("Unlocked")


class NearMissCard(Spoken, Card):
    """The refusals at this dose that may have saved somebody."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)

    def retranslate(self) -> None:
        """Set every text again."""
        self.show_dose()

    def show_dose(self) -> None:
        """Show the near misses of the dose in work."""
        _emptied(self._lines)
        dose = self._bench.dose
        if dose is None:
            return
        found = dose_queries.near_misses(self._bench.pharmacy.reader, f"dose/{dose.dose_id}")
        self.set_title(self.tr("Near misses"), str(len(found)) if found else "")
        if not found:
            self._lines.addWidget(words(self.tr("None at this dose."), "muted"))
        for near_miss in found[:5]:
            said = "; ".join(briefly(rule) for rule in near_miss.rules)
            line = words(f"{wording.minute(near_miss.at)}  {said}", wrap=True)
            colour(line, State.STOP)
            self._lines.addWidget(line)


def briefly(rule: str) -> str:
    """Return a rule in a few words where it has them, else its whole sentence."""
    short = wording.term(rule)
    return str(catalogue()[rule][language.current()]["rule"]) if short == rule else short


def _emptied(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
