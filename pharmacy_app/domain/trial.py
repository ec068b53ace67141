"""The trial protocol as data: what a package says, so that no trial is written into the code.

Read from the sponsor's ``trial.toml`` (strictly: unknown keys are mistakes) and carried in the
signed package. Times are minutes or hours as the names say; quantities are exact decimals.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from pharmacy_app.domain.ids import ArmCode, KitTypeCode, SiteCode, StageCode, VisitCode
from pharmacy_app.domain.label_rules import LabelKind, RuleSet

Code = Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Minutes = Annotated[int, Meta(ge=0, le=60 * 24 * 365)]
Days = Annotated[int, Meta(ge=0, le=365)]
Hours = Annotated[int, Meta(ge=0, le=24 * 365)]


class Basis(StrEnum):
    """Whether a dose is counted in viable or in total cells."""

    VIABLE = "viable"
    TOTAL = "total"


class Outside(StrEnum):
    """What happens when a dose is asked for outside its visit's window."""

    REFUSE = "refuse"
    REASON = "reason"


class Contents(StrEnum):
    """What the bench does with a kit: count its cells, or go through the same motions."""

    CELLS = "cells"
    SHAM = "sham"


class SecondCheck(StrEnum):
    """Whether the label waits for the second person, or may be verified later."""

    REQUIRED = "required"
    MAY_BE_LATER = "may_be_later"


class Concealment(StrEnum):
    """How unopened allocations are kept from everybody at the site."""

    RELEASE_CODE = "release_code"
    SEQUENTIAL = "sequential"


class FurtherDosing(StrEnum):
    """What an emergency code break means for the subject's later doses."""

    STOP = "stop"
    GO_ON = "go_on"


class Applies(StrEnum):
    """Whose visits an amendment changes: everybody's, or those enrolled once it is in force."""

    ALL_SUBJECTS = "all_subjects"
    NEW_SUBJECTS = "new_subjects"


class CheckScheme(StrEnum):
    """Check character of the sponsor's kit numbers."""

    NONE = "none"
    DAMM = "damm"
    MOD_11_10 = "mod11-10"
    MOD_37_2 = "mod37-2"
    MOD_37_36 = "mod37-36"


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in both languages of the trial."""

    en: str
    zh: str


class Window(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a visit's dose may be prepared, counted from an anchor.

    ``anchor`` is ``enrolment`` or an earlier visit's code (the time that visit's dose was handed
    over). The window is ``anchor + day`` (same local time of day) minus and plus the given days and
    hours; days are the site's calendar days.
    """

    anchor: str = "enrolment"
    day: Annotated[int, Meta(ge=0, le=3650)] = 0
    minus_days: Days = 0
    minus_hours: Hours = 0
    plus_days: Days = 0
    plus_hours: Hours = 0
    outside: Outside = Outside.REASON


class EarliestDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first day on which something may be done: so many calendar days at the site after an anchor.

    ``anchor`` is as in `Window`; where its visit had no dose, the days count from the enrolment.
    """

    day: Annotated[int, Meta(ge=0, le=3650)]
    anchor: str = "enrolment"
    outside: Outside = Outside.REFUSE


class Visit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A visit at which one dose is given, or more where ``most_doses`` says so.

    An unscheduled one (``scheduled = false``) is never due and never missed; each of its doses needs
    a reason.
    """

    code: VisitCode
    name: Text
    window: Window
    scheduled: bool = True
    most_doses: Annotated[int, Meta(ge=1, le=99)] = 1


class Amount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many cells a dose holds: a number, or so many for each kg of the subject up to a cap."""

    target_cells: Decimal | None = None
    cells_per_kg: Decimal | None = None
    cap_cells: Decimal | None = None


class Arm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An arm of one stage, the kit type its visits take, and its dose where that is its own."""

    code: ArmCode
    name: Text
    kit_type: KitTypeCode
    ratio: Annotated[int, Meta(ge=1, le=100)] = 1
    dose: Amount | None = None


class Stage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage with its allocation list, and what admits a subject to it.

    A stage that is ``allocated_in`` an earlier one has no list: a subject is in the arm of the same
    code as there, as in a crossover, whose sequences are drawn once. ``after`` names the arms of an earlier stage it follows, ``after_unblinding_of`` the stage that
    must be unblinded for the subject first, ``consent`` asks for a consent of its own. Its kits come
    from ``pool`` alone; an empty one is the common pool. It is unblinded as planned ``unblinded_from``
    a day on.
    """

    code: StageCode
    name: Text
    arms: Annotated[tuple[Arm, ...], Meta(min_length=1)]
    visits: Annotated[tuple[Visit, ...], Meta(min_length=1)]
    concealment: Concealment = Concealment.RELEASE_CODE
    after: tuple[ArmCode, ...] = ()
    after_unblinding_of: str = ""
    consent: bool = False
    pool: str = ""
    allocated_in: str = ""
    unblinded_from: EarliestDay | None = None

    @property
    def list_stage(self) -> StageCode:
        """Return the stage whose allocation list decides the arm; mostly this one."""
        return StageCode(self.allocated_in) if self.allocated_in else self.code


class KitType(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of kit: what is in it, how it is kept, how much of it there is."""

    code: KitTypeCode
    name: Text
    contents: Contents
    suspension_ml: Decimal
    storage_limit_c: Decimal
    max_out_of_storage_minutes: Minutes


class Preparation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done with a kit at the bench, the same for every arm.

    ``thaw``: it comes frozen, and goes into a bath between ``bath_min_c`` and ``bath_max_c`` °C.
    ``count``: its cells are counted, drawn up and diluted; otherwise the kit is the bag that is given,
    as the sponsor filled it.
    """

    thaw: bool = True
    count: bool = True
    bath_min_c: Decimal = Decimal(0)
    bath_max_c: Decimal = Decimal(45)


class DoseRule(Amount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of a kit goes into the bag, in every arm that says nothing else."""

    basis: Basis
    final_volume_ml: Decimal
    residual_ml: Decimal = Decimal(0)
    overfill: bool = False
    graduation_ml: Decimal = Decimal("0.1")
    tolerance_pct: Decimal = Decimal(5)


class Appearance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding at the visual check, and whether a dose with it may go on."""

    code: Code
    name: Text
    acceptable: bool


class ReleaseCriteria(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold before a label is unlocked. Limits are inclusive: exactly on it passes.

    Those of a count are stated as 0 where nothing is counted: left out, they would be forgotten.
    """

    min_viability_pct: Decimal
    max_replicate_difference_pct: Decimal
    replicates: Annotated[int, Meta(ge=1, le=6)] = 2
    min_cells_counted: int = 50
    max_cells_counted: int = 300
    min_bench_minutes: Minutes = 0
    appearances: Annotated[tuple[Appearance, ...], Meta(min_length=1)]


class HoldTimes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clocks that end a dose's use, the same for every arm; 0 where the step is not taken."""

    after_thaw_minutes: Minutes = 0
    after_dilution_minutes: Minutes = 0
    out_of_storage_minutes: Minutes = 0


class ColdChain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits for a shipment's logger: warmer than the limit for longer than allowed is an excursion.

    Any time below ``shipper_lower_c`` (°C) is one too; None for what may be as cold as it likes.
    A shipper that is lighter than at its despatch by more than ``max_weight_loss_kg`` (kg) lost its
    nitrogen. ``late_file_releases``: a logger's file that comes after the receipt and shows no
    excursion frees the kits by the pharmacist's signature; otherwise the sponsor decides.
    """

    shipper_limit_c: Decimal
    shipper_lower_c: Decimal | None = None
    allowed_minutes_above: Minutes = 0
    logger_required: bool = True
    max_weight_loss_kg: Decimal | None = None
    late_file_releases: bool = False


class LabelTexts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every sentence on a blinded label, in both languages, the same for every arm."""

    product: Text
    route: Text
    quantity: Text
    directions: Text
    storage: Text
    trial_use: Text
    statements: tuple[Text, ...] = ()
    us_caution: bool = False
    gtin: Annotated[str, Meta(pattern=r"^(\d{14})?$")] = ""


class Labelling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a trial's labels are laid out, and which rules they follow.

    Templates go by name; ``own`` holds those of the trial (TOML), which come before the program's. Empty
    where the trial has no such label; ``over`` is for expiry extensions, ``kit`` for stored kits.
    """

    rule_sets: tuple[RuleSet, ...] = ()
    bag: str = "bag-100x50"
    outer: str = ""
    small: str = ""
    over: str = "over-60x30"
    kit: str = "kit-60x30"
    own: dict[str, str] = msgspec.field(default_factory=dict)

    def template(self, kind: LabelKind) -> str:
        """Return the name of a kind's template; empty where the trial has no such label."""
        name: str = getattr(self, kind.value)
        return name


class Contact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who stands behind the trial, as the label and the forms name them."""

    name: Text
    address: Text
    telephone: str
    emergency_telephone: str


class Duties(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many people an act needs where the protocol may choose."""

    second_check: SecondCheck = SecondCheck.REQUIRED
    later_verification_hours: Hours = 24


class CodeBreak(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What follows from an emergency code break; with ``stop`` the subject gets no further dose."""

    further_dosing: FurtherDosing = FurtherDosing.STOP


class Accounting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether kits leave the site only on a notice that the sponsor signed, or on a reference too."""

    notice_required: bool = False


class Counts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often what lies in the pharmacy is counted: every box at least once in so many days."""

    every_days: Annotated[int, Meta(ge=1, le=365)] = 30


class Amendment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which day at the site a version of the protocol is in force, for whom, and why."""

    effective: date
    applies: Applies = Applies.ALL_SUBJECTS
    summary: Text


class KitNumbers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the sponsor's kit numbers look."""

    pattern: str
    check: CheckScheme = CheckScheme.NONE


class Site(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site of the trial. ``zone`` is an IANA name such as ``Asia/Shanghai``."""

    code: SiteCode
    name: Text
    investigator: Text
    zone: str
    subject_pattern: str


_Coded = TypeVar("_Coded", Stage, KitType, Arm, Site)


class Trial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a trial's protocol, as far as a site pharmacy needs it."""

    code: Annotated[str, Meta(min_length=1, max_length=20)]
    protocol: Annotated[str, Meta(min_length=1, max_length=20, pattern=r"^[A-Z0-9-]+$")]
    version: Annotated[int, Meta(ge=1)]
    title: Text
    training: bool
    sponsor: Contact
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)]
    kit_types: Annotated[tuple[KitType, ...], Meta(min_length=1)]
    kit_numbers: KitNumbers
    dose: DoseRule
    release: ReleaseCriteria
    hold: HoldTimes
    cold_chain: ColdChain
    label: LabelTexts
    labelling: Labelling = msgspec.field(default_factory=Labelling)
    duties: Duties
    code_break: CodeBreak = CodeBreak()
    preparation: Preparation = Preparation()
    accounting: Accounting = Accounting()
    counts: Counts = Counts()
    amendment: Amendment | None = None
    sites: Annotated[tuple[Site, ...], Meta(min_length=1)]

    def stage(self, code: StageCode) -> Stage:
        """Return a stage; LookupError if the trial has none of that code."""
        return _named(self.stages, code)

    def visit(self, code: VisitCode) -> tuple[Stage, Visit]:
        """Return a visit with its stage; visit codes are unique in a trial."""
        for stage in self.stages:
            for visit in stage.visits:
                if visit.code == code:
                    return stage, visit
        raise LookupError(code)

    def kit_type(self, code: KitTypeCode) -> KitType:
        """Return a kit type; LookupError if the trial has none of that code."""
        return _named(self.kit_types, code)

    def arm(self, stage: StageCode, code: ArmCode) -> Arm:
        """Return an arm of a stage; LookupError if it has none of that code."""
        return _named(self.stage(stage).arms, code)

    @property
    def by_weight(self) -> bool:
        """Return whether any arm is dosed by weight: then every subject is weighed, in every arm."""
        arms = [arm.dose for stage in self.stages for arm in stage.arms if arm.dose is not None]
        return any(amount.cells_per_kg is not None for amount in [self.dose, *arms])

    def site(self, code: SiteCode) -> Site:
        """Return a site; LookupError if the trial has none of that code."""
        return _named(self.sites, code)


def _named(items: tuple[_Coded, ...], code: str) -> _Coded:
    for item in items:
        if item.code == code:
            return item
    raise LookupError(code)
