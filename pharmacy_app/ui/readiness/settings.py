"""What a forecast assumes, to be seen and changed."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.fields import NumberField, side_by_side
from pharmacy_app.ui.widgets.surfaces import Card

SIDE = 284
WHOLE = ("mortality_pct", "dropout_pct", "replaced_pct", "entering_pct", "lead_days", "weeks")


class Settings(Spoken, Card):
    """What a forecast assumes, each setting shown with what it begins with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setFixedWidth(SIDE)
        self.rate = NumberField(decimals=1)
        self.whole = {name: NumberField() for name in WHOLE}
        for field in (self.rate, *self.whole.values()):
            field.editor.setProperty("large", False)
        self._seen = ""
        standard = Assumptions()
        for name, field in self.whole.items():
            field.set_value(Decimal(getattr(standard, name)))
        self.body.addWidget(self.rate)
        for one, other in zip(WHOLE[::2], WHOLE[1::2], strict=True):
            self.body.addWidget(side_by_side(self.whole[one], self.whole[other]))

    def say_seen(self, seen: str) -> None:
        """Say which rate the site saw, or that it saw none."""
        self._seen = seen
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Assumptions"))
        self.rate.set_label(self.tr("Subjects enrolled here a month"), "", self._seen)
        labels = {
            "mortality_pct": (self.tr("Deaths in 28 days"), "%"),
            "dropout_pct": (self.tr("Drop-outs in 28 days"), "%"),
            "replaced_pct": (self.tr("Kits replaced"), "%"),
            "entering_pct": (self.tr("Enter a later stage"), "%"),
            "lead_days": (self.tr("Lead time"), self.tr("days")),
            "weeks": (self.tr("Look ahead"), self.tr("weeks")),
        }
        for name, (label, unit) in labels.items():
            self.whole[name].set_label(label, unit)

    def assumed(self) -> Assumptions | None:
        """Return the settings; None if one is left out, which is then said there."""
        values = {name: field.value for name, field in self.whole.items()}
        for name, value in values.items():
            if value is None:
                self.whole[name].set_error(self.tr("Fill it in."))
        if None in values.values():
            return None
        whole = {name: int(value) for name, value in values.items() if value is not None}
        return Assumptions(per_month=self.rate.value, **whole)
