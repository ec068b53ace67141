"""Everybody that a lot, a shipment, a place, a time or an excursion touched, in two reads."""

from typing import Any

from pharmacy_app.domain.ids import DoseId, KitNumber, ShipmentId, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Disposal, KitState
from pharmacy_app.domain.look_back import (
    OfCase,
    OfLot,
    OfPlace,
    OfShipment,
    OfTime,
    Source,
    TouchedDose,
    TouchedKit,
)
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.reading import Reader

_OF_LOT = (
    "SELECT kit_number FROM kit WHERE lot = ?1"
    " UNION SELECT kit_number FROM kit WHERE blinded_lot = ?1"
)
_OF_SHIPMENT = (
    "SELECT kit_number FROM kit WHERE shipment_id = ?1"
    " UNION SELECT kit_number FROM examined_kit WHERE shipment_id = ?1 AND condition <> 'missing'"
)
_OF_CASE = "SELECT kit_number FROM excursion_kit WHERE case_id = ?1"
_OF_PLACE = (
    "SELECT kit_number FROM kit_place WHERE unit = ?1 AND since <= ?3"
    " AND (until IS NULL OR until >= ?2)"
    " AND (?4 = ?1 OR position = ?4 OR substr(position, 1, length(?4) + 1) = ?4 || '-')"
)
_OF_TIME = (
    "SELECT kit_number FROM kit_place WHERE since <= ?2 AND (until IS NULL OR until >= ?1)"
    " UNION SELECT kit_number FROM movement WHERE at BETWEEN ?1 AND ?2"
)
_KITS = (
    "SELECT kit_number, kit_type, lot, blinded_lot, shipment_id, state, disposal, position"
    " FROM kit WHERE kit_number IN ({touched}) ORDER BY kit_number"
)
# A kit given in place of another belongs to the dose that it reached, beside its own.
_DOSES = (
    "WITH touched (kit_number) AS MATERIALIZED ({touched})"
    " SELECT dose_id, subject_id, stage, visit, kit_number, step, handed_over_at, returned, opened_at"
    " FROM dose WHERE kit_number IN (SELECT kit_number FROM touched)"
    " UNION ALL SELECT DISTINCT d.dose_id, d.subject_id, d.stage, d.visit, w.given, d.step,"
    " d.handed_over_at, d.returned, d.opened_at FROM wrong_kit w CROSS JOIN dose d USING (dose_id)"
    " WHERE w.given IS NOT d.kit_number AND w.given IN (SELECT kit_number FROM touched)"
    " ORDER BY subject_id, opened_at, dose_id, kit_number"
)


def kits(reader: Reader, source: Source) -> list[TouchedKit]:
    """Return the kits that a source touched, by number."""
    sql, values = _touched(source)
    return [
        TouchedKit(
            KitNumber(number),
            kit_type,
            lot,
            blinded,
            ShipmentId(shipment),
            KitState(state),
            Disposal(disposal),
            position,
        )
        for number, kit_type, lot, blinded, shipment, state, disposal, position in reader.rows(
            _KITS.format(touched=sql), values
        )
    ]


def doses(reader: Reader, source: Source) -> list[TouchedDose]:
    """Return the doses for which these kits were chosen, by subject and time."""
    sql, values = _touched(source)
    return [
        TouchedDose(
            DoseId(dose),
            SubjectId(subject),
            StageCode(stage),
            VisitCode(visit),
            KitNumber(kit),
            step,
            None if handed is None else moment(handed),
            bool(returned),
        )
        for dose, subject, stage, visit, kit, step, handed, returned, _ in reader.rows(
            _DOSES.format(touched=sql), values
        )
    ]


def _touched(source: Source) -> tuple[str, tuple[Any, ...]]:
    match source:
        case OfLot(lot):
            return _OF_LOT, (lot,)
        case OfShipment(shipment):
            return _OF_SHIPMENT, (shipment,)
        case OfCase(case_id):
            return _OF_CASE, (case_id,)
        case OfPlace(place, began, ended):
            unit = place.partition("-")[0]
            return _OF_PLACE, (unit, stamp(began), stamp(ended), place)
        case OfTime(began, ended):
            return _OF_TIME, (stamp(began), stamp(ended))
