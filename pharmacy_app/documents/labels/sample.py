"""Labels of a trial as they might be printed: for the designer, for pictures in the documentation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.blinding import BlindedDose, BlindedLabel
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SubjectId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Labelling, Site, Trial

KIT = KitNumber("K7Q4M2XT")


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
