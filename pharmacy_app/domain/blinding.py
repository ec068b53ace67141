"""What blinded eyes may see: types that have no arm, so that nothing made from them can leak one.

Whatever leaves the pharmacy is made from these types alone. They hold neither kit type, real lot,
cells counted, viability, volume drawn, thaw time nor a number of containers.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SiteCode, SubjectId, VisitCode
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Contact, Labelling, LabelTexts, Text


class BlindedDose(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prepared dose as everybody outside the pharmacy may know it."""

    dose_id: DoseId
    trial_code: str
    protocol: str
    site: SiteCode
    site_name: Text
    investigator: Text
    zone: str
    subject: SubjectId
    visit: VisitCode
    visit_name: Text
    kit: KitNumber
    blinded_lot: str
    final_volume_ml: Decimal
    use_before: datetime
    training: bool


class BlindedLabel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that one copy of a dose's label shows, and how; ``copy`` counts from 1."""

    label_id: LabelId
    copy: int
    dose: BlindedDose
    sponsor: Contact
    texts: LabelTexts
    kind: LabelKind = LabelKind.BAG
    labelling: Labelling = msgspec.field(default_factory=Labelling)

    @property
    def template(self) -> str:
        """The name of its template."""
        return self.labelling.template(self.kind)


class BlindedOverLabels(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The over-labels of one expiry extension: one for each kit of a whole blinded lot, by number.

    ``last_day`` is the last day on which the kits may be used, at the site. ``sheet`` names how they lie on
    a page; ``first`` is the place, from 1, of the first on a sheet that was begun.
    """

    extension_id: str
    reference: str
    trial_code: str
    protocol: str
    sponsor: Contact
    trial_use: Text
    blinded_lot: str
    last_day: date
    kits: tuple[KitNumber, ...]
    training: bool
    labelling: Labelling
    sheet: str = "roll"
    first: int = 1


class BlindedHandOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form that goes with the bag to the ward and comes back with the infusion's times.

    ``released_by`` and ``handed_over_at`` are None on a form printed before the hand-over.
    """

    dose: BlindedDose
    sponsor: Contact
    directions: Text
    storage: Text
    seal_number: str
    released_by: str | None
    receiver: str | None
    handed_over_at: datetime | None
    form_date: date


class BlindedNotice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sponsor is told of a code break: whose, when and by whom, never which arm."""

    trial_code: str
    protocol: str
    site: SiteCode
    site_name: Text
    zone: str
    sponsor: Contact
    subject: SubjectId
    nth: str
    """Which of the subject's code breaks, from 1: it tells the files apart."""
    category: Text
    requester: str
    requester_role: str
    broken_by: str
    broken_at: datetime
    training: bool


class GivenVisit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A visit at which a subject was given the trial's medication, whichever it was."""

    subject: SubjectId
    visit: VisitCode
    given_at: datetime


class BlindedSafetyNotice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the investigator is told when something about the medication is in doubt.

    It lists every subject who was given any, not those touched: a list of the touched would tell who
    had a kit of the lot, and with it who is in which arm.
    """

    trial_code: str
    protocol: str
    site: SiteCode
    site_name: Text
    investigator: Text
    zone: str
    sponsor: Contact
    concern: str
    advice: str
    given: tuple[GivenVisit, ...]
    issued_by: str
    issued_at: datetime
    training: bool


class BlindedVisit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A visit to come as the ward's own schedule has it; ``pool`` goes by the stage, not by the arm."""

    day: date
    pool: str


class ReadyDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day with visits, and whether the pharmacy is ready for all of them."""

    day: date
    visits: int
    ready: bool


class BlindedReadiness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ward and coordinator are told of the pharmacy's readiness: of the site, never of a subject.

    ``until`` is the last day that is promised, None without a promise; then nobody promised it either.
    """

    trial_code: str
    protocol: str
    site: SiteCode
    site_name: Text
    zone: str
    days: tuple[ReadyDay, ...]
    one_more: bool
    until: date | None
    promised_by: str | None
    promised_at: datetime | None
    made_on: date
    training: bool
