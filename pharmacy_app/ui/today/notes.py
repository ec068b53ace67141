"""The notes at the side of Today: alarms, expiring kits, what waits for a signature."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pharmacy_app.domain.kits import last_minute
from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.workflows.today import Alarm, AlarmKind, Expiring, Waiting, WaitingKind

SHOWN = 6


class NotesCard(Spoken, Card):
    """A card of lines that can be chosen; says so when there is none."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.setSpacing(2)
        self._icon = QLabel()
        self._icon.setFixedWidth(16)
        self.head.insertWidget(0, self._icon)
        self._icon.hide()

    def say_icon(self, state: State | None) -> None:
        """Show a state's shape beside the head, or none."""
        self._icon.setVisible(state is not None)
        if state is not None:
            self._icon.setPixmap(icons.state_pixmap(state))

    def say(self, lines: Sequence[tuple[str, str, State | None, object]], none: str) -> None:
        """Show lines: head, note, state, and what is emitted when the line is chosen."""
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not lines:
            self.body.addWidget(words(none, "muted", wrap=True))
        for head, note, state, record in lines[:SHOWN]:
            self.body.addWidget(self._line(head, state, record))
            if note:
                self.body.addWidget(words(note, "muted", wrap=True))
        if len(lines) > SHOWN:
            self.body.addWidget(words(f"+ {len(lines) - SHOWN}", "muted"))

    def _line(self, head: str, state: State | None, record: object) -> QWidget:
        if record is None:
            label = words(head, "strong" if state else "", wrap=True)
            colour(label, state)
            return label
        button = QPushButton(head)
        button.setProperty("flat", True)
        button.setAutoDefault(False)
        ink = theme.current().of(state) if state else theme.current().text
        button.setStyleSheet(
            f"text-align: left; padding: 0 2px; margin-left: -4px; color: {ink};"
            f"{'font-weight: 700;' if state else ''}"
        )
        button.clicked.connect(lambda: self.chosen.emit(record))
        return button


class AlarmsCard(NotesCard):
    """What wants attention, the most serious first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms: Sequence[Alarm] = ()

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Show other alarms."""
        self._alarms = alarms
        self.retranslate()

    def retranslate(self) -> None:
        """Say every alarm again."""
        count = len(self._alarms)
        head = self.tr("Alarms ({count})").format(count=count)
        self.set_title(head if count else self.tr("Alarms"))
        self.say_icon(State.WARN if count else None)
        lines = [(*self._told(alarm), alarm) for alarm in self._alarms]
        self.say(
            [
                (head, note, State.STOP if alarm.serious else State.WARN, alarm)
                for head, note, alarm in lines
            ],
            self.tr("Nothing wants attention."),
        )

    def _told(self, alarm: Alarm) -> tuple[str, str]:
        when = wording.moment(alarm.at) if alarm.at else ""
        words_of: dict[AlarmKind, Callable[[], tuple[str, str]]] = {
            AlarmKind.CLOCK: lambda: (
                self.tr("The clock was set back"),
                self.tr("The last act was recorded at {when}.").format(when=when),
            ),
            AlarmKind.TOO_LATE: lambda: (
                self.tr("Dose {dose}: time is over").format(dose=alarm.record),
                self.tr("Use before {when} has passed.").format(when=when),
            ),
            AlarmKind.QUARANTINE: lambda: (
                self.tr("Kits in quarantine: {count}").format(count=alarm.number),
                self.tr("They wait for the sponsor's decision."),
            ),
            AlarmKind.VERIFY: lambda: (
                self.tr("Dose {dose}: verify later").format(dose=alarm.record),
                self.tr("Second person's check until {when}.").format(when=when),
            ),
            AlarmKind.DEVIATION: lambda: (
                self.tr("Deviation open: {record}").format(record=_record(alarm.record)),
                f"{wording.term(alarm.rule)} · {when}",
            ),
            AlarmKind.UNIT_CHECK: lambda: (
                self.tr("{unit}: no daily check").format(unit=alarm.record),
                self.tr("Days missed: {count}, since {when}.").format(
                    count=alarm.number, when=when
                ),
            ),
            AlarmKind.BACKUP: lambda: (
                self.tr("No backup for over a day") if when else self.tr("No backup yet"),
                self.tr("Last one {when}.").format(when=when) if when else "",
            ),
            AlarmKind.PROMISE: lambda: (
                self.tr("The promise to the ward no longer holds"),
                self.tr("Promised {when}. Restock or withdraw it.").format(when=when),
            ),
            AlarmKind.DISK: lambda: (
                self.tr("The disk is nearly full"),
                self.tr("No new preparation below 100 MB.") if alarm.serious else "",
            ),
            **self._told_of_stock(alarm, when),
        }
        return words_of[alarm.kind]()

    def _told_of_stock(
        self, alarm: Alarm, when: str
    ) -> dict[AlarmKind, Callable[[], tuple[str, str]]]:
        return {
            AlarmKind.EXCURSION: lambda: (
                self.tr("Excursion {case}: {count} kits wait").format(
                    case=alarm.record, count=alarm.number
                ),
                self.tr("Opened {when}.").format(when=when),
            ),
            AlarmKind.OVERLABEL: lambda: (
                self.tr("Over-labels due: blinded lot {lot}").format(lot=alarm.record),
                self.tr("The later expiry holds once they are on."),
            ),
            AlarmKind.LABELS: lambda: (
                self.tr("Label {label}: nobody said what became of it").format(label=alarm.record),
                self.tr("Since {when}. Scan it, or say none came out or it is spoiled.").format(
                    when=when
                ),
            ),
            AlarmKind.COUNT: lambda: (
                self.tr("Stock count due: {count} boxes").format(count=alarm.number),
                self.tr("The oldest was last looked through {when}.").format(when=when),
            ),
        }


class ExpiringCard(NotesCard):
    """The lots that expire soon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expiring: Sequence[Expiring] = ()

    def show_expiring(self, expiring: Sequence[Expiring]) -> None:
        """Show other lots."""
        self._expiring = expiring
        self.retranslate()

    def retranslate(self) -> None:
        """Say every lot again."""
        self.set_title(self.tr("Expiring within 30 days"))
        line = self.tr("{lot} · kits: {count} · {day}")
        self.say(
            [
                (
                    line.format(
                        lot=one.lot, count=one.number, day=wording.day(last_minute(one.expiry))
                    ),
                    "",
                    None,
                    one,
                )
                for one in self._expiring
            ],
            self.tr("No kit expires within 30 days."),
        )


class WaitingCard(NotesCard):
    """What waits for a signature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: Sequence[Waiting] = ()

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show other records."""
        self._waiting = waiting
        self.retranslate()

    def retranslate(self) -> None:
        """Say every record again."""
        self.set_title(self.tr("Waiting for a signature"))
        names = {
            WaitingKind.RECEIPT: self.tr("{record} · receipt"),
            WaitingKind.CHECK: self.tr("{record} · second person's check"),
            WaitingKind.VERIFY: self.tr("{record} · later verification"),
            WaitingKind.HAND_OVER: self.tr("{record} · hand-over"),
        }
        self.say(
            [
                (
                    names[one.kind].format(record=one.record),
                    self.tr("until {when}").format(when=wording.moment(one.until))
                    if one.until
                    else "",
                    None,
                    one,
                )
                for one in self._waiting
            ],
            self.tr("Nothing waits."),
        )


def _record(record: str) -> str:
    return record.partition("/")[2] or record
