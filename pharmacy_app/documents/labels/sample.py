"""Labels of a trial as they might be printed: for the designer, for pictures in the documentation."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from pharmacy_app.documents.labels.kits import KitLabel
from pharmacy_app.domain.blinding import BlindedDose, BlindedLabel, BlindedOverLabels
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SubjectId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Labelling, Site, Trial

KIT = KitNumber("K7Q4M2XT")
LAST_DAY = date(2027, 12, 31)


def sample_label(
    trial: Trial,
    site: Site,
    kind: LabelKind = LabelKind.BAG,
    *,
    labelling: Labelling | None = None,
    training: bool | None = None,
) -> BlindedLabel:
    """Return the label of a dose of the first visit, as the trial's or another labelling has it."""
    visit = trial.stages[0].visits[0]
    dose = BlindedDose(
        dose_id=DoseId("D-4KX9MT3"),
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        investigator=site.investigator,
        zone=site.zone,
        subject=SubjectId(f"{site.code}-012"),
        visit=visit.code,
        visit_name=visit.name,
        kit=KIT,
        blinded_lot="BL2601",
        final_volume_ml=trial.dose.final_volume_ml,
        use_before=datetime(2026, 11, 22, 12, 51, tzinfo=ZoneInfo(site.zone)),
        training=trial.training if training is None else training,
    )
    return BlindedLabel(
        label_id=LabelId(f"{dose.dose_id}/1"),
        copy=1,
        dose=dose,
        sponsor=trial.sponsor,
        texts=trial.label,
        kind=kind,
        labelling=labelling or trial.labelling,
    )


def sample_over_labels(trial: Trial, *, training: bool) -> BlindedOverLabels:
    """Return the over-label of one kit."""
    return BlindedOverLabels(
        extension_id="X-4KX9MT",
        reference="QA-2026-17",
        trial_code=trial.code,
        protocol=trial.protocol,
        sponsor=trial.sponsor,
        trial_use=trial.label.trial_use,
        blinded_lot="BL2601",
        last_day=LAST_DAY,
        kits=(KIT,),
        training=training,
        labelling=trial.labelling,
    )


def sample_kit_label(trial: Trial, *, training: bool) -> KitLabel:
    """Return the storage label of a kit of the first type."""
    kit_type = trial.kit_types[0]
    return KitLabel(
        trial_code=trial.code,
        sponsor=trial.sponsor,
        kit=KIT,
        contents=kit_type.name,
        lot="UC26-0311",
        blinded_lot="BL2601",
        last_day=LAST_DAY,
        storage_limit_c=kit_type.storage_limit_c,
        training=training,
        labelling=trial.labelling,
    )
