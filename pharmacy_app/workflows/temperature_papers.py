"""The paper about the temperatures of a shipment or a unit, drawn from the original that was kept."""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.temperature_report import SHIPMENT, UNIT, TemperatureReport
from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.temperature import lawful_mkt_c, summarise, time_below, until
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.workflows import logger_profiles, unit_logs
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.receiving import receipt


def of_shipment(
    pharmacy: Pharmacy, shipment_id: ShipmentId, at_hand: LoggerFile | None = None
) -> Paper:
    """Return the temperature report of a shipment whose logger was read. UNBLINDED.

    ``at_hand`` is the file if it is read already; otherwise the original is read again.
    Raises Refused ``paper.no_temperatures``, ``logger.not_read_again`` where the file was read with
    answers that are not kept any more.
    """
    found = receipt(pharmacy, shipment_id)
    logger = found.logger
    if logger is None:
        raise Refused([violation("paper.no_temperatures", shipment_id)])
    read = _file(pharmacy, logger, shipment_id, at_hand)
    lower = pharmacy.trial.cold_chain.shipper_lower_c
    stored = {kit_type.storage_limit_c for kit_type in pharmacy.trial.kit_types}
    readings, interval = read.readings, read.interval
    before = [] if found.opened_at is None else until(readings, found.opened_at)[-1:]
    paper = TemperatureReport(
        standing=standing(pharmacy),
        about=SHIPMENT,
        record=shipment_id,
        serial=read.serial,
        file=logger.file,
        interval=interval,
        curve=curve(readings, interval, Limits(logger.limit_c, lower), found.opened_at),
        summary=summarise(readings, interval, sorted({logger.limit_c, *stored})),
        below=None if lower is None else time_below(readings, interval, lower),
        opened_at=found.opened_at,
        last_before_opening=before[0] if before else None,
        mean_kinetic_c=lawful_mkt_c(readings, interval),
        excursion=logger.excursion,
        notes=read.notes,
    )
    return catalogue.render(catalogue.TEMPERATURE_REPORT, paper)


def of_unit(pharmacy: Pharmacy, told: UnitLoggerRead, at_hand: LoggerFile | None = None) -> Paper:
    """Return the temperature report of a file that was read of a storage unit. UNBLINDED.

    ``at_hand`` is the file if it is read already. Raises Refused ``logger.not_read_again``.
    """
    read = _file(pharmacy, told, told.unit, at_hand)
    readings, interval = read.readings, read.interval
    limits = unit_logs.limits_of(pharmacy, told)
    lower = limits.lower_c
    paper = TemperatureReport(
        standing=standing(pharmacy),
        about=UNIT,
        record=told.unit,
        serial=read.serial,
        file=told.file,
        interval=interval,
        curve=curve(readings, interval, limits),
        summary=summarise(readings, interval, [told.limit_c]),
        below=None if lower is None else time_below(readings, interval, lower),
        opened_at=None,
        last_before_opening=None,
        mean_kinetic_c=lawful_mkt_c(readings, interval),
        excursion=told.excursion,
        notes=read.notes,
    )
    return catalogue.render(catalogue.TEMPERATURE_REPORT, paper)


def last_of_unit(pharmacy: Pharmacy, code: str) -> Paper:
    """Return the report of the file that was last read of a unit; see `of_unit`.

    Raises Refused ``position.unknown_unit``, ``paper.no_temperatures``.
    """
    read = unit_logs.logs(pharmacy, unit_logs.unit(pharmacy, code).code)
    if not read:
        raise Refused([violation("paper.no_temperatures", code)])
    return of_unit(pharmacy, read[0])


def _file(
    pharmacy: Pharmacy,
    told: LoggerRead | UnitLoggerRead,
    record: str,
    at_hand: LoggerFile | None,
) -> LoggerFile:
    """Return the file that is at hand, or read the original again."""
    if at_hand is not None and at_hand.sha256 == told.file:
        return at_hand
    _, raw = pharmacy.ledger.attachment(bytes.fromhex(told.file))
    known = logger_profiles.kept(pharmacy)
    read = logger_profiles.reading_again(told, raw, pharmacy.zone, known)(lambda _done, _of: None)
    if read is None:
        raise Refused([violation("logger.not_read_again", record)])
    return read
