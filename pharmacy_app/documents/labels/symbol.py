"""The symbol of a dose's label, as it is drawn."""

from pharmacy_app.documents.barcodes_drawn import DOT, QUIET_MODULES, Symbol, data_matrix
from pharmacy_app.documents.moments import local
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_symbol import symbol_of, symbol_text

SMALLEST_DOTS = 3
"""Dots of 203 dpi a module: 0.3754 mm, the smallest allowed (0.375 mm)."""
BEST_DOTS = 4
"""0.5005 mm a module, taken wherever there is room: it survives a bag's curve and a cheap scanner."""


def drawn_symbol(label: BlindedLabel) -> Symbol:
    """Return the modules of a label's symbol. Raises Refused ``symbol.…`` if it cannot be coded."""
    says = symbol_of(label, local(label.dose.use_before, label.dose.zone))
    return data_matrix(symbol_text(says), gs1=says.gs1)


def dots_that_fit(symbol: Symbol, room: float) -> int | None:
    """Return the largest module, in dots, that leaves the quiet zone in a square of ``room`` points.

    None if even the smallest allowed does not.
    """
    for dots in (BEST_DOTS, SMALLEST_DOTS):
        if symbol.side(dots) + 2 * QUIET_MODULES * dots * DOT <= room:
            return dots
    return None
