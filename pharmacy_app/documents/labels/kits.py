"""Labels of kits: the over-labels of an expiry extension (BLINDED), the storage label (UNBLINDED)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from pharmacy_app.documents.barcodes_drawn import data_matrix
from pharmacy_app.documents.labels.fields import Values, ended, sponsor_line
from pharmacy_app.documents.labels.layout import TRAINING, Layout
from pharmacy_app.documents.labels.sheet import ROLL, SHEETS, laid_out
from pharmacy_app.documents.labels.template import Template, named
from pharmacy_app.documents.pen import Pen
from pharmacy_app.domain.blinding import BlindedOverLabels
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.trial import Contact, Labelling, Text

BESIDE = Text(
    en="Stick beside the old expiry; cover neither kit number nor lot.",
    zh="贴于原有效期旁，不得遮盖药盒号和批号。",
)
UNBLINDED = Text(en="UNBLINDED · PHARMACY ONLY", zh="非盲 · 仅限药房")


class KitLabel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the pharmacy's own label of a stored kit shows. ``storage_limit_c``: °C, no warmer."""

    trial_code: str
    sponsor: Contact
    kit: KitNumber
    contents: Text
    lot: str
    blinded_lot: str
    last_day: date
    storage_limit_c: Decimal
    training: bool
    labelling: Labelling


def render_over_labels(labels: BlindedOverLabels) -> bytes:
    """Return a label for each kit, on a roll or on sheets from the place ``first`` on.

    Raises Refused ``print.missing_glyph``, ``label.no_room``, ``label.sheet_too_small`` and
    ``label.no_such_place``.
    """
    template = named(labels.labelling, labels.labelling.over)

    def draw(pen: Pen, number: int) -> None:
        kit = labels.kits[number]
        _draw(pen, template, _over_values(labels, kit), kit, training=labels.training)

    return laid_out(
        "over-label", template, len(labels.kits), draw, (SHEETS[labels.sheet], labels.first)
    )


def render_kit_label(label: KitLabel) -> bytes:
    """Return the storage label of one kit. Raises Refused as `render_over_labels`."""
    template = named(label.labelling, label.labelling.kit)

    def draw(pen: Pen, number: int) -> None:
        del number
        # Its band says who may see it, in training too; that it is for training stands beneath.
        _draw(pen, template, _kit_values(label), label.kit, training=False)

    return laid_out("kit-label", template, 1, draw, (ROLL, 1))


def _draw(pen: Pen, template: Template, values: Values, kit: KitNumber, *, training: bool) -> None:
    layout = Layout(pen, template, values, data_matrix(str(kit)), training=training)
    for part in template.parts:
        layout.draw(part)


def _over_values(labels: BlindedOverLabels, kit: KitNumber) -> Values:
    return {
        "trial_use": labels.trial_use,
        "kit": kit,
        "lot": labels.blinded_lot,
        "expiry": f"{labels.last_day:%Y-%m-%d}",
        "beside": BESIDE,
        "sponsor": sponsor_line(labels.sponsor),
        "trial_reference": f"试验 Trial {labels.trial_code} · {labels.reference}",
        "copy": "",
    }


def _kit_values(label: KitLabel) -> Values:
    limit = label.storage_limit_c
    return {
        "unblinded": UNBLINDED,
        "kit": label.kit,
        "lot": label.blinded_lot,
        "real_lot": label.lot,
        "expiry": f"{label.last_day:%Y-%m-%d}",
        "contents": ended(label.contents),
        "keep": Text(en=f"Keep at {limit} °C or colder.", zh=f"贮存温度不高于 {limit} °C。"),
        "training": f"{TRAINING.zh} {TRAINING.en}" if label.training else "",
        "trial_sponsor": f"试验 Trial {label.trial_code} · {sponsor_line(label.sponsor)}",
        "copy": "",
    }
