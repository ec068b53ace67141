"""A later package from the sponsor: what it brings and what it changes, before it is imported."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.trial import Applies
from pharmacy_app.records.queries.unblinded import shipments as shipment_queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import Detail, DetailPane, StoryLine
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.site import OfferedPackage

HIGH = 320


class PackageDialog(Dialog):
    """Tells a package; ``wanted`` comes when it is to be imported."""

    wanted = Signal()

    def __init__(
        self, pharmacy: Pharmacy, offered: OfferedPackage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=640)
        self._pharmacy, self._offered = pharmacy, offered
        self.pane = DetailPane()
        self.pane.setMinimumHeight(HIGH)
        self.cancel, self.use = ReasonedButton(hint="Esc"), PrimaryButton()
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.go)
        self.body.addWidget(self.pane)
        self.add_button(self.cancel)
        self.add_button(self.use)
        self.retranslate()
        self.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        number, changed = self._offered.opened.number, bool(self._offered.changes)
        self.set_head(self.tr("Package {number} from the sponsor").format(number=number))
        self.cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Sign and import…") if changed else self.tr("Import"))
        self.pane.tell(
            Detail(
                title=self.tr("What it brings"),
                state=State.WARN if changed else State.OK,
                state_word=self.tr("changes the protocol")
                if changed
                else self.tr("the protocol stays"),
                facts=[*self._brought(), *self._amended()],
                story=[
                    StoryLine(change.path, f"{change.before or '—'} → {change.after or '—'}")
                    for change in self._offered.changes
                ],
            )
        )

    def _brought(self) -> list[tuple[str, str]]:
        package = self._offered.opened.package
        known = {s.shipment_id for s in shipment_queries.shipments(self._pharmacy.reader)}
        new = [s for s in package.shipments if s.shipment_id not in known]
        named = ", ".join(shipment.shipment_id for shipment in new)
        stages = {entry.stage for entry in package.entries}
        lists = [said(stage.name) for stage in package.trial.stages if stage.code in stages]
        return [
            (self.tr("New shipments"), named or self.tr("none")),
            (self.tr("Kits in them"), str(sum(len(shipment.kits) for shipment in new))),
            (self.tr("New allocation lists"), ", ".join(lists) or self.tr("none")),
        ]

    def _amended(self) -> list[tuple[str, str]]:
        """Return what the amendment says of itself; nothing where the protocol stays."""
        trial = self._offered.opened.package.trial
        amendment = trial.amendment
        if not self._offered.changes:
            return []
        version = f"{self._pharmacy.package.trial.version} → {trial.version}"
        facts = [(self.tr("Version of the protocol"), version)]
        if amendment is None:
            return [*facts, (self.tr("In force"), self.tr("at once, for every subject"))]
        everybody = amendment.applies is Applies.ALL_SUBJECTS
        whom = self.tr("every subject") if everybody else self.tr("subjects enrolled from then on")
        return [
            *facts,
            (self.tr("In force"), f"{amendment.effective.isoformat()} · {whom}"),
            (self.tr("Why"), said(amendment.summary)),
            (
                self.tr("Doses begun before"),
                self.tr("stay under the version they were begun under"),
            ),
        ]

    @Slot()
    def go(self) -> None:
        """Close, and have it imported."""
        self.accept()
        self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Go on by Enter, cancel by Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go()
            return
        super().keyPressEvent(event)


def in_one_line(offered: OfferedPackage) -> str:
    """Return the changes as they are signed for: how many, and to which version."""
    trial = offered.opened.package.trial
    day = "" if offered.effective is None else wording.day(offered.effective)
    return f"{trial.protocol} v{trial.version} · {len(offered.changes)} · {day}".rstrip(" ·")
