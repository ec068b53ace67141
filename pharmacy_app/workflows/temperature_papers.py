"""The paper about a shipment's temperatures, drawn from the original file that was kept."""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.temperature_report import TemperatureReport
from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.temperature import lawful_mkt_c, summarise, time_below, until
from pharmacy_app.exchange.loggers import LoggerFile
from pharmacy_app.workflows import logger_profiles
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
    read = at_hand
    if read is None or read.sha256 != logger.file:
        _, raw = pharmacy.ledger.attachment(bytes.fromhex(logger.file))
        known = logger_profiles.kept(pharmacy)
        again = logger_profiles.reading_again(logger, raw, pharmacy.zone, known)
        read = again(lambda _done, _of: None)
    if read is None:
        raise Refused([violation("logger.not_read_again", shipment_id)])
    lower = pharmacy.trial.cold_chain.shipper_lower_c
    stored = {kit_type.storage_limit_c for kit_type in pharmacy.trial.kit_types}
    readings, interval = read.readings, read.interval
    before = [] if found.opened_at is None else until(readings, found.opened_at)[-1:]
    paper = TemperatureReport(
        standing=standing(pharmacy),
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
