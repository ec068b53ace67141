"""Account: kits, labels, deviations and near misses add up, always."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from pharmacy_app.ui.account.closing import Closing
from pharmacy_app.ui.account.findings import Deviations, NearMisses
from pharmacy_app.ui.account.labels import LabelSum
from pharmacy_app.ui.account.leaving import ToDispose
from pharmacy_app.ui.account.lists import Lists
from pharmacy_app.ui.account.movements import AccountLog
from pharmacy_app.ui.account.returns import Returns
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.segments import Segments
from pharmacy_app.ui.workplace import Workplace

KINDS: tuple[type[View[Any]], ...] = (
    *(AccountLog, Returns, ToDispose, Lists, Closing),
    *(LabelSum, Deviations, NearMisses),
)


class AccountPage(Page):
    """The views of one account; each is read again whenever it is shown."""

    manual = "account"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.act = PrimaryButton()
        self.act.clicked.connect(self._do)
        keeping_room = self.act.sizePolicy()
        keeping_room.setRetainSizeWhenHidden(True)
        self.act.setSizePolicy(keeping_room)
        self.add_action(self.act, primary=True)
        self.views = Segments(len(KINDS))
        self._stack = QStackedWidget()
        self.shown: list[View[Any]] = [kind(workplace) for kind in KINDS]
        for view in self.shown:
            view.changed.connect(self.records_changed)
            view.problem.connect(self.problem_met)
            view.moved.connect(self._show_act)
            self._stack.addWidget(view)
        self.body.addWidget(self.views)
        self.body.addWidget(self._stack, 1)
        self.views.chosen.connect(self._on_chosen)
        self.views.choose(0)

    @property
    def view(self) -> View[Any]:
        """The view that is shown."""
        return self.shown[self.views.current]

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Account"), self.tr("balance = what is on the shelf"))
        self.views.set_names(
            [
                self.tr("Log"),
                self.tr("Back from the ward"),
                self.tr("To dispose of"),
                self.tr("Lists"),
                self.tr("Closing"),
                self.tr("Labels"),
                self.tr("Deviations"),
                self.tr("Near misses"),
            ]
        )
        self._show_act()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the view that is shown again."""
        del changed
        self.view.refresh()
        self._show_act()

    def scan(self, scan: RawScan) -> bool:
        """Give a scan to the view that is shown, if it takes any."""
        take = getattr(self.view, "scan", None)
        return take is not None and bool(take(scan))

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.view.refresh()
        self._show_act()

    @Slot()
    def _show_act(self) -> None:
        self.act.setVisible(bool(self.view.act))
        self.act.setText(self.view.act)
        self.act.bar(self.view.why_not())

    @Slot()
    def _do(self) -> None:
        self.view.do()
