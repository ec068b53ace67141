"""A page that holds every widget once, for pictures that people look at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.readings import Sample
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.clock import BigClock
from pharmacy_app.ui.widgets.detail import Detail, DetailPane, StoryLine
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, fields_in_row
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap, position_name
from pharmacy_app.ui.widgets.steps import StepList, StepState
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.widgets.temperature import TemperaturePlot

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
STATES = (State.OK, State.OK, State.WARN, State.STOP, State.INFO)
WORDS = {State.OK: "可用", State.WARN: "待数据", State.STOP: "隔离", State.INFO: "01-022 W1"}
KITS = [(n, f"K{n:07d}", STATES[n % len(STATES)]) for n in range(1, 251)]
Kit = tuple[int, str, State]


def fetch(after: object, limit: int) -> Sequence[Kit]:
    """Return the kits behind a key."""
    start = after if isinstance(after, int) else 0
    return KITS[start : start + limit]


def kit_model() -> PagedModel[Kit]:
    """Return a model of 250 kits."""
    return PagedModel(
        [
            Column(lambda: "Kit", lambda kit: kit[1]),
            Column(lambda: "Expiry", lambda _: "2027-02-11", width=100),
            Column(lambda: "Place", lambda _: "T1 · R3 · B02 · C5", width=150),
            Column(lambda: "State", lambda kit: WORDS[kit[2]], lambda kit: kit[2], width=150),
            Column(lambda: "Out", lambda kit: f"0:{kit[0] % 60:02d}"),
        ],
        fetch,
        lambda kit: kit[0],
    )


class Gallery(Page):
    """Every widget once."""

    def __init__(self) -> None:
        super().__init__()
        self.add_action(ReasonedButton("盘点 Count", "F6"))
        barred = ReasonedButton("移位 Move…")
        barred.bar("Select a kit first.")
        self.add_action(barred)
        self.add_action(PrimaryButton("取药单 Pick sheet", "Ctrl P"), primary=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._steps())
        row.addLayout(self._middle(), 1)
        row.addLayout(self._right())
        self.body.addLayout(row, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title("库存 Stock", "1,284 kits · by expiry")

    @staticmethod
    def _steps() -> StepList:
        steps = StepList()
        steps.setFixedWidth(200)
        done, now, wait = StepState.DONE, StepState.CURRENT, StepState.WAITING
        names = ["访视窗口 Visit window", "选药 Kit proposed", "取出 Out of storage", "复温 Thaw"]
        later = ["剂量 Dose volumes", "稀释遮光 Dilute, cover", "第二人核对 Second check"]
        steps.set_steps(
            [(n, done) for n in names]
            + [("计数 Count", now), ("中止 Stopped", StepState.STOPPED)]
            + [(n, wait) for n in later]
        )
        return steps

    def _middle(self) -> QVBoxLayout:
        form = Card("计数活细胞和死细胞 Count live and dead cells")
        live, dead = NumberField("活 Live"), NumberField("死 Dead")
        live.editor.setText("212")
        dead.editor.setText("31")
        dead.set_error("超出范围")
        volume = NumberField("体积 Volume", "mL", decimals=2)
        method = ChoiceField("方法 Method")
        method.set_choices([("h", "血球计数板"), ("c", "计数仪")])
        form.body.addLayout(fields_in_row(live, dead, volume, method))
        table = Card()
        table.set_margins(1, 1, 1, 1)
        kits = KeyedTable(kit_model())
        kits.refresh()
        kits.selectRow(3)
        table.body.addWidget(kits)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(form)
        column.addWidget(table, 1)
        return column

    @staticmethod
    def _right() -> QVBoxLayout:
        clock = BigClock(lambda: NOON + timedelta(minutes=21, seconds=8))
        clock.set_caption("复温后 Since thaw")
        clock.start(NOON, NOON + timedelta(hours=3))
        box = Card("T1 · R3 · B02")
        taken = {
            position_name(n // 9, n % 9): Occupied(f"K{n}", STATES[n % 4]) for n in range(0, 70, 2)
        }
        positions = PositionMap()
        positions.show_box(9, 9, taken)
        positions.select("D2")
        box.body.addWidget(positions)
        detail = DetailPane()
        story = [
            StoryLine("11-20 10:41", "接收 received · Wang"),
            StoryLine("11-20 10:52", "隔离 quarantined", State.STOP),
        ]
        facts = [("批号 Lot", "L-229"), ("失效 Expiry", "2026-12-05")]
        detail.tell(
            Detail("KP46ZJ3A", State.STOP, "隔离 quarantined", "等待申办者决定。", facts, story)
        )
        tank = Card("罐温 Tank 1")
        plot = TemperaturePlot()
        ten = timedelta(minutes=10)
        readings = [
            Sample(NOON + n * ten, Decimal(-187 + (n % 3) + (40 if 50 < n < 60 else 0)))
            for n in range(144)
            if not 90 < n < 100
        ]
        plot.draw(curve(readings, ten, Limits(Decimal(-150), Decimal(-200)), NOON + 140 * ten))
        tank.body.addWidget(plot)
        column = QVBoxLayout()
        column.setSpacing(12)
        for part in (clock, box, detail, tank):
            part.setFixedWidth(300)
            column.addWidget(part)
        return column
