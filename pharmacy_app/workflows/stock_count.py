"""The stock-count sheet, made from what is recorded of a count that was closed."""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.stock_count import (
    NOWHERE,
    BoxCounted,
    DifferencePrinted,
    StockCount,
)
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.counting import OUTSIDE, SCANNING
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.domain.trial import Text
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.records.queries.unblinded.counts import Count, DifferenceLine
from pharmacy_app.wording import term
from pharmacy_app.workflows.counting import known
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy


def stock_count(pharmacy: Pharmacy, count_id: str) -> Paper:
    """Return the sheet of a count; UNBLINDED.

    Raises Refused ``count.still_blind`` while it is counted: the sheet tells what the record expects.
    """
    count = known(pharmacy, count_id)
    state = f"count_state.{count.state}"
    refuse(
        violation("count.still_blind", count.count_id, state=state)
        if count.state in SCANNING
        else None
    )
    told, names = standing(pharmacy), _names(pharmacy)
    boxes = _boxes(pharmacy, count, names)
    last = {one.box: one.kits for one in boxes}
    sheet = StockCount(
        standing=told,
        count_id=count.count_id,
        scope=count.scope,
        state=_words(state),
        opened_by=names.get(count.opened_by, count.opened_by),
        opened_at=count.opened_at,
        closed_at=count.closed_at,
        kits=sum(last.values()),
        boxes=tuple(boxes),
        differences=tuple(
            _printed(line, told, names)
            for line in queries.differences(pharmacy.reader, count.count_id)
        ),
        signed=tuple(
            Signed(printed_name=one.printed_name, meaning=one.meaning, signed_at=one.signed_at)
            for recorded in pharmacy.ledger.history(f"count/{count.count_id}")
            for one in recorded.signatures
        ),
    )
    return catalogue.render(catalogue.STOCK_COUNT, sheet)


def _names(pharmacy: Pharmacy) -> dict[PersonId, str]:
    return {one.person_id: one.printed_name for one in site_queries.people(pharmacy.reader)}


def _boxes(pharmacy: Pharmacy, count: Count, names: dict[PersonId, str]) -> list[BoxCounted]:
    """Return every box in every round, each box's rounds together."""
    lines = [
        BoxCounted(
            box=_place(line.box),
            round=number,
            counted_by=names.get(line.counted_by, line.counted_by) if line.counted_by else "",
            done_at=line.done_at,
            kits=len(queries.scans(pharmacy.reader, count.count_id, number, line.box)),
        )
        for number in range(1, count.round + 1)
        for line in queries.boxes(pharmacy.reader, count.count_id, number)
    ]
    order = {box: place for place, box in enumerate(dict.fromkeys(one.box for one in lines))}
    return sorted(lines, key=lambda one: (order[one.box], one.round))


def _printed(line: DifferenceLine, told: Standing, names: dict[PersonId, str]) -> DifferencePrinted:
    one = line.difference
    by = None if line.resolved_by is None else names.get(line.resolved_by, line.resolved_by)
    return DifferencePrinted(
        kit=one.kit_number,
        kind=_words(f"difference.{one.kind}"),
        recorded=one.recorded,
        found=", ".join(_place(place) for place in one.found),
        outcome=None if line.outcome is None else _words(f"count_outcome.{line.outcome}"),
        cause=None if line.cause is None else _words(f"root_cause.{line.cause}"),
        remarks=line.remarks,
        resolved=None if by is None else f"{by} {told.time(line.resolved_at)}",
    )


def _place(place: str) -> str:
    return f"{NOWHERE.zh} {NOWHERE.en}" if place == OUTSIDE else place


def _words(name: str) -> Text:
    return Text(zh=term(name, "zh"), en=term(name, "en"))
