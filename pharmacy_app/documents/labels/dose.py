"""The labels of a dose, Chinese and English: BLINDED. What stands where is a template's business."""

from collections.abc import Sequence

from pharmacy_app.documents.barcodes_drawn import DOT
from pharmacy_app.documents.labels.fields import dose_values
from pharmacy_app.documents.labels.layout import Layout
from pharmacy_app.documents.labels.sheet import ROLL, Sheet, laid_out
from pharmacy_app.documents.labels.symbol import drawn_symbol
from pharmacy_app.documents.labels.template import Template, named
from pharmacy_app.documents.pen import Pen
from pharmacy_app.domain.blinding import BlindedLabel


def render(label: BlindedLabel) -> bytes:
    """Return the label as a PDF of one page.

    Raises Refused ``print.missing_glyph``, ``print.text_too_long`` and ``symbol.…``.
    """
    template = named(label.labelling, label.template)
    wide, high = template.size
    pen = Pen("label", "Dose label", (wide * DOT, high * DOT))
    draw(pen, template, label)
    return pen.finish()


def render_batch(labels: Sequence[BlindedLabel], sheet: Sheet = ROLL, first: int = 1) -> bytes:
    """Return many labels of one template as one PDF, on a roll or on sheets from the place ``first`` on.

    Raises Refused as `render`, and ``label.sheet_too_small``, ``label.no_such_place``.
    """
    template = named(labels[0].labelling, labels[0].template)
    return laid_out(
        "label",
        template,
        len(labels),
        lambda pen, number: draw(pen, template, labels[number]),
        (sheet, first),
    )


def draw(pen: Pen, template: Template, label: BlindedLabel) -> None:
    """Draw the label from a page's lower left corner."""
    layout = Layout(
        pen, template, dose_values(label), drawn_symbol(label), training=label.dose.training
    )
    for part in template.parts:
        layout.draw(part)
