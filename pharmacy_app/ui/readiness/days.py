"""The days ahead: what each arm of each stage needs, what is there, and what stands in the way."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.documents.charts import need
from pharmacy_app.documents.charts.surface import Surface
from pharmacy_app.domain.readiness import DayNeed, Line, Source
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.readiness.chart import LINE, Chart
from pharmacy_app.ui.readiness.names import Names
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import readiness


class LanesChart(Chart):
    """Need against stock, a lane an arm."""

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._days: Sequence[DayNeed] = ()

    def show_days(self, days: Sequence[DayNeed]) -> None:
        """Show other days."""
        self._days = days
        self.setMinimumHeight(int(need.height(len(need.lanes_of(days))) * LINE))
        self.retranslate()

    def retranslate(self) -> None:
        """Say the figures again."""
        self.tell(self.tr("Need against usable stock, by arm and day"), self.sentences())

    def sentences(self) -> list[str]:
        """Return what each day with visits needs and has, in words."""
        plain = self.tr("{day}: {lane} needs {need}, has {have}")
        short = self.tr("{day}: {lane} needs {need}, has {have}: too few")
        return [
            (short if source.short else plain).format(
                day=f"{day.day:%m-%d}",
                lane=self._names.lane(one.line),
                need=one.need,
                have=source.have,
            )
            for day in self._days
            for source in day.sources
            for one in source.lines
            if one.need
        ]

    def draw(self, surface: Surface) -> None:
        """Draw the lanes."""
        words = need.NeedWords(
            lane=self._names.lane,
            under=self._under,
            need=self.tr("needed"),
            have=self.tr("usable, in date"),
            short=self.tr("too few"),
            none=self.tr("No visit is planned and no kit is usable."),
        )
        need.draw(surface, self._days, words)

    def _under(self, line: Line) -> str:
        return self._names.source(line.source)


class DaysView(Spoken, QWidget):
    """The lanes, a sentence that sums them up, and what is on the shelf but cannot be given."""

    paper_asked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._pharmacy = workplace.pharmacy
        self._names = Names(workplace)
        self._days: Sequence[DayNeed] = ()
        self.sum = Badge()
        self.paper = ReasonedButton()
        self.paper.clicked.connect(self._on_paper)
        self.chart = LanesChart(self._names)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the chart in it takes the focus
        area.setWidget(self.chart)
        self._card = Card()
        self._card.body.addWidget(area, 1)
        self.notes = words("", "muted", wrap=True)
        above = QHBoxLayout()
        above.addWidget(self.sum, 1)
        above.addWidget(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(above)
        column.addWidget(self._card, 1)
        column.addWidget(self.notes)

    def refresh(self) -> None:
        """Read need and stock again."""
        self._days = readiness.next_days(self._pharmacy)
        self.chart.show_days(self._days)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._card.set_title(
            self.tr("Next 14 days"),
            self.tr("by stage and arm; a stage takes kits from its own pool"),
        )
        self.paper.setText(self.tr("Paper…"))
        self.sum.set_state(*self._summed())
        self.notes.setText("\n".join(self._noted()))

    def _summed(self) -> tuple[State, str]:
        short = [(day, source) for day in self._days for source in day.short]
        if short:
            day, source = short[0]
            told = self.tr("Too few from {day}: {source}, {missing} missing that day")
            return State.STOP, told.format(
                day=day.day.isoformat(),
                source=self._names.source(source.source),
                missing=source.short,
            )
        if not any(day.need for day in self._days):
            return State.QUIET, self.tr("No visit is planned in the next 14 days.")
        return State.OK, self.tr("Enough for every visit of the next 14 days")

    def _noted(self) -> list[str]:
        undrawn = sum(day.undrawn for day in self._days)
        told = self.tr("Visits of subjects whose allocation is not open yet, not counted: {count}")
        lines = [told.format(count=undrawn)] if undrawn else []
        return lines + [
            line for one in self._days[:1] for s in one.sources if (line := self._way(s.source))
        ]

    def _way(self, source: Source) -> str:
        counts = readiness.in_the_way(self._pharmacy, source)
        said = {
            "quarantined": self.tr("in quarantine {count}"),
            "expired": self.tr("expired {count}"),
            "unstowed": self.tr("not put away {count}"),
            "assigned": self.tr("assigned {count}"),
            "expected": self.tr("on the way {count}"),
        }
        told = [said[name].format(count=number) for name, number in counts.items() if number]
        if not told:
            return ""
        return f"{self._names.source(source)}: {' · '.join(told)}"

    @Slot()
    def _on_paper(self) -> None:
        self.paper_asked.emit()
