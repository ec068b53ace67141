"""Finding a record by a few characters of its code."""

import unicodedata
from itertools import chain, zip_longest

from pharmacy_app.domain.barcodes import parse_scan
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import finding as queries
from pharmacy_app.records.queries.unblinded.finding import Found, Sought
from pharmacy_app.workflows.pharmacy import Pharmacy

FEWEST = 2
"""Fewer characters than this would find nearly everything."""
MOST = 20
"""More than this nobody reads; a further character narrows it."""


def find(pharmacy: Pharmacy, text: str) -> list[Found]:
    """Return at most `MOST` records whose code holds a text of at least `FEWEST` characters.

    Subjects come first, then doses, shipments, kits, each by code. No kind crowds out another:
    they take turns until the list is full.
    """
    wanted = _as_written(text)
    if len(wanted) < FEWEST:
        return []
    each = [queries.found(pharmacy.reader, kind, wanted, MOST) for kind in Sought]
    turns = [one for one in chain.from_iterable(zip_longest(*each)) if one is not None]
    order = list(Sought)
    return sorted(turns[:MOST], key=lambda one: order.index(one.kind))


def code_of(raw: str) -> str:
    """Return the code to look for after a scan: the kit's number, else the scan as it came."""
    try:
        return parse_scan(raw).kit_number
    except Refused:
        return raw


def _as_written(text: str) -> str:
    """Return a text as codes are written: half-width capitals."""
    return unicodedata.normalize("NFKC", text).strip().upper()
