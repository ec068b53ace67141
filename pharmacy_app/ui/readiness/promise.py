"""The promise to the ward as the pharmacy sees it: how it stands, and what can be promised. UNBLINDED."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.domain import promise as rules
from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.readiness.names import Names
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.workflows import promise
from pharmacy_app.workflows.pharmacy import Pharmacy

SIDE = 360


class PromiseCard(Spoken, Card):
    """Offers, for each pool, the coarse numbers that stock bears up to the day chosen."""

    def __init__(self, pharmacy: Pharmacy, names: Names, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setFixedWidth(SIDE)
        self._pharmacy = pharmacy
        self._names = names
        self.standing, self.covers = Badge(), words("", "muted", wrap=True)
        self.until = ChoiceField()
        self._pools: dict[str, ChoiceField] = {}
        self._fields = QVBoxLayout()
        self.advice = words("", "muted", wrap=True)
        self.promise, self.withdraw = PrimaryButton(), ReasonedButton()
        for part in (self.standing, self.covers, self.until):
            self.body.addWidget(part)
        self.body.addLayout(self._fields)
        for below in (self.promise, self.withdraw, self.advice):
            self.body.addWidget(below)
        self.body.addStretch(1)
        self.until.chosen.connect(lambda _: self._offer())

    def retranslate(self) -> None:
        """Set every text again, and read promise and stock."""
        self.set_title(self.tr("Promise to the ward"), self.tr("UNBLINDED"))
        self.until.set_label(self.tr("Promise doses up to the end of"))
        ends = promise.week_ends(self._pharmacy)
        first = self.until.value is None
        self.until.set_choices([(day, day.isoformat()) for day in ends])
        if first:
            self.until.set_value(ends[1])
        self.promise.setText(self.tr("Promise and sign…"))
        self.withdraw.setText(self.tr("Withdraw…"))
        self.advice.setText(
            self.tr(
                "Promise at regular times – each Monday, or when a shipment was booked in – never just"
                " after a dose, and do not tell the ward the number."
            )
        )
        self._tell_standing()
        self._offer()

    def _tell_standing(self) -> None:
        found = promise.standing(self._pharmacy)
        self.withdraw.bar("" if found else self.tr("No promise is in force."))
        if found is None:
            self.standing.set_state(State.QUIET, self.tr("No promise is in force."))
            self.covers.setText("")
            return
        until = found.promised.until
        self.covers.setText(self._names.covers(found.promised.covers))
        if until < self._pharmacy.today():
            ran_out = self.tr("The promise ran out on {day}.")
            self.standing.set_state(State.QUIET, ran_out.format(day=until.isoformat()))
        elif found.broken:
            self.standing.set_state(
                State.STOP, self.tr("Stock no longer bears it out: restock or withdraw.")
            )
        else:
            kept = self.tr("Promised up to {day}, borne out by stock")
            self.standing.set_state(State.OK, kept.format(day=until.isoformat()))

    def _offer(self) -> None:
        """Offer, for each pool, the numbers that stock bears up to the day chosen."""
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        until = self.until.value
        fewest = promise.fewest(self._pharmacy, until) if isinstance(until, date) else {}
        self._pools = {}
        for pool, kits in sorted(fewest.items()):
            most = rules.promisable(kits)
            field = ChoiceField()
            field.set_label(
                self.tr("Doses, {pool}").format(pool=self._names.pool(pool)),
                "",
                self.tr("usable up to that day of the scarcest kind: {count}").format(count=kits),
            )
            bearable = [number for number in reversed(rules.COARSE) if number <= most]
            field.set_choices([(number, str(number)) for number in (*bearable, 0)])
            self._fields.addWidget(field)
            self._pools[pool] = field
        some = any(rules.promisable(kits) for kits in fewest.values())
        self.promise.bar("" if some else self.tr("Of one kind of kit there are too few."))

    def chosen(self) -> list[Cover]:
        """Return what is to be promised, pools with nothing left out."""
        found = {pool: field.value for pool, field in self._pools.items()}
        return [
            Cover(pool=pool, doses=doses)
            for pool, doses in found.items()
            if isinstance(doses, int) and doses
        ]
