"""What leaves the pharmacy about a dose, made from blinded reads alone."""

from datetime import datetime

from pharmacy_app.domain.blinding import BlindedDose, BlindedHandOver, BlindedLabel
from pharmacy_app.domain.ids import DoseId, LabelId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.trial import Site, Trial
from pharmacy_app.records.queries.blinded import doses as queries
from pharmacy_app.records.reading import Reader


def blinded_dose(reader: Reader, trial: Trial, site: Site, dose_id: DoseId) -> BlindedDose:
    """Return a released dose as everybody outside may know it.

    Raises Refused ``bench.label_locked`` for a dose that is not released.
    """
    row = queries.released_dose(reader, dose_id)
    if row is None:
        raise Refused([violation("bench.label_locked", dose_id, waits="step.check")])
    _, visit = trial.visit(row.visit)
    return BlindedDose(
        dose_id=row.dose_id,
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        investigator=site.investigator,
        zone=site.zone,
        subject=row.subject_id,
        visit=row.visit,
        visit_name=visit.name,
        kit=row.kit_number,
        blinded_lot=row.blinded_lot,
        final_volume_ml=trial.dose.final_volume_ml,
        use_before=row.use_before,
        training=trial.training,
    )


def blinded_label(
    dose: BlindedDose,
    trial: Trial,
    label_id: LabelId,
    copy: int,
    kind: LabelKind = LabelKind.BAG,
) -> BlindedLabel:
    """Return everything that one copy of the dose's label shows."""
    return BlindedLabel(
        label_id=label_id,
        copy=copy,
        dose=dose,
        sponsor=trial.sponsor,
        texts=trial.label,
        kind=kind,
        labelling=trial.labelling,
    )


def blinded_hand_over(
    dose: BlindedDose,
    trial: Trial,
    *,
    seal_number: str,
    released_by: str,
    receiver: str,
    handed_over_at: datetime | None,
    now: datetime,
) -> BlindedHandOver:
    """Return the form that goes with the bag. ``now`` is aware in the site's zone."""
    return BlindedHandOver(
        dose=dose,
        sponsor=trial.sponsor,
        directions=trial.label.directions,
        storage=trial.label.storage,
        seal_number=seal_number,
        released_by=released_by or None,
        receiver=receiver or None,
        handed_over_at=handed_over_at,
        form_date=now.date(),
    )
