"""Week 4: the planned unblinding of one subject, the gate to stage 2, the second allocation."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.trial import EarliestDay, Outside
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.exchange.bundle import Address, Kind, seal_bundle
from pharmacy_app.exchange.notices import Sender, UnblindingAuthorised, write_notice
from pharmacy_app.exchange.trial_package import write_package
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.workflows import dosing, enrolment, site, subjects, unblinding
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies, small_trials
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, WANG, MadeSite
from tests.small_trials import SITE, STAGE, STAGE_2

MINE = CREDENTIALS[WANG]
SUBJECT = SubjectId("01-001")


@pytest.fixture(scope="module")
def two_stages(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    trial = small_trials.two_stage_trial(pool="LATE")
    return pharmacies.stocked_site(tmp_path_factory.mktemp("two") / "site", trial)


@pytest.fixture
def desk(two_stages: MadeSite, tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.copied(two_stages, tmp_path / "site", tmp_path.name)
    with made.signed_in() as opened:
        yield Desk(made, opened.pharmacy)
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
        assert report.first_bad is None


def entry_of(desk: Desk, subject: SubjectId = SUBJECT) -> str:
    found = queries.allocation(desk.pharmacy.reader, subject, STAGE)
    assert found is not None
    return found.entry_id


def notice(made: MadeSite, subject: str, stage: StageCode, *, key: bytes | None = None) -> bytes:
    sender = Sender(key or made.sponsor_key, made.site_public_key, made.package.trial.code, SITE, 1)
    told = UnblindingAuthorised(subject_id=SubjectId(subject), stage=stage, reference="N-2026-7")
    now = made.clock.now()
    return write_notice(told, sender, now - timedelta(days=1), now + timedelta(days=30))


def consent(desk: Desk) -> None:
    subjects.record_consent(
        desk.pharmacy, SUBJECT, STAGE_2, desk.pharmacy.today(), "ICF 2.0", given=True
    )


def unblind(desk: Desk) -> None:
    code = desk.made.unblinding_codes[entry_of(desk)]
    unblinding.unblind_by_code(desk.pharmacy, SUBJECT, STAGE, code, MINE)


def open_second(desk: Desk, arm: str = "CTRL") -> None:
    code = desk.made.code_for(arm)
    enrolment.open_allocation(desk.pharmacy, SUBJECT, STAGE_2, code, MINE)


def test_a_survivor_goes_on_to_the_second_stage_and_is_blind_there(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    first = pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)
    desk.made.clock.advance(timedelta(days=28))
    unblind(desk)
    consent(desk)
    open_second(desk)
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.PLANNED
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE_2) is Blinding.BLIND
    second = pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT, "W4")
    kits = [dosing.dose(desk.pharmacy, dose_id).kit for dose_id in (first, second)]
    pools = [kit_queries.kit(desk.pharmacy.reader, str(kit)) for kit in kits]
    assert [None if kit is None else kit.pool for kit in pools] == ["", "LATE"]


def test_every_condition_that_is_not_met_is_named_and_the_try_recorded(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "B")
    with refused("allocation.stage_closed", "allocation.no_consent", "allocation.still_blind"):
        open_second(desk)
    consent(desk)
    unblind(desk)
    with refused("allocation.stage_closed"):
        open_second(desk)


def test_a_consent_that_was_taken_back_closes_the_stage_again(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    today = desk.pharmacy.today()
    with refused("consent.same"):
        subjects.record_consent(desk.pharmacy, SUBJECT, STAGE_2, today, "ICF", given=False)
    consent(desk)
    unblind(desk)
    subjects.record_consent(desk.pharmacy, SUBJECT, STAGE_2, today, "Form 7", given=False)
    with refused("allocation.no_consent"):
        open_second(desk)
    with refused("consent.not_asked", "subject.ends_later", "consent.no_reference"):
        subjects.record_consent(
            desk.pharmacy, SUBJECT, STAGE, today + timedelta(days=1), " ", given=True
        )


def test_only_the_code_of_the_subjects_own_entry_unblinds_and_only_once(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "B")
    theirs = desk.made.unblinding_codes[entry_of(desk, SubjectId("01-002"))]
    with refused("release_code.other_entry"):
        unblinding.unblind_by_code(desk.pharmacy, SUBJECT, STAGE, theirs, MINE)
    with refused("release_code.wrong"):
        release = next(
            code
            for code in desk.made.codes["A"]
            if code.replace("-", "").startswith(entry_of(desk))
        )
        unblinding.unblind_by_code(desk.pharmacy, SUBJECT, STAGE, release, MINE)
    unblind(desk)
    with refused("unblinding.done_before"):
        unblind(desk)
    events = [type(r.event).__name__ for r in desk.pharmacy.ledger.history(f"subject/{SUBJECT}")]
    assert events.count("UnblindingRefused") == 3
    assert events.count("UnblindedAsPlanned") == 1


@pytest.mark.parametrize(
    "payload",
    [
        b'{"kind":"unblinding","subject_id":"01-002","stage":"S1","reference":"N-1","subject_id":"01-001"}',
        b'{"kind":"unblinding","subject_id":"01-001","stage":"S1","reference":" "}',
        b'{"kind":' + b"[" * 100_000,
    ],
    ids=["twice", "unnumbered", "deep"],
)
def test_a_signed_notice_that_says_two_things_or_no_authorisation_is_refused(
    desk: Desk, payload: bytes
) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    now = desk.made.clock.now()
    address = Address(
        kind=Kind.NOTICE,
        trial=desk.made.package.trial.code,
        site=SITE,
        number=8,
        created=now,
        expires=now + timedelta(days=1),
        recipient=desk.made.site_public_key,
    )
    raw = seal_bundle(address, payload, desk.made.sponsor_key)
    with refused("notice.contents"):
        unblinding.unblind_by_notice(desk.pharmacy, SUBJECT, STAGE, raw, MINE)


def test_the_sponsors_signed_notice_unblinds_whom_it_names(desk: Desk, tmp_path: Path) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    other = pharmacies.make_site(tmp_path / "other", seed="other")
    for wrong, rule in (
        (notice(desk.made, "01-002", STAGE), "notice.about_another"),
        (notice(desk.made, SUBJECT, STAGE, key=other.sponsor_key), "bundle.foreign_sender"),
        (desk.made.raw, "bundle.other_kind"),
    ):
        with refused(rule):
            unblinding.unblind_by_notice(desk.pharmacy, SUBJECT, STAGE, wrong, MINE)
    good = notice(desk.made, SUBJECT, STAGE)
    unblinding.unblind_by_notice(desk.pharmacy, SUBJECT, STAGE, good, MINE)
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.PLANNED
    (told,) = queries.unblindings(desk.pharmacy.reader, SUBJECT)
    assert told.reference == "notice N-2026-7"


def test_an_accident_is_recorded_and_leaves_the_gate_shut(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    now = desk.pharmacy.now()
    with refused("unblinding.who_and_how", "unblinding.noticed_later"):
        unblinding.note_accident(
            desk.pharmacy, SUBJECT, STAGE, who="Nurse", how="", noticed_at=now + timedelta(hours=1)
        )
    unblinding.note_accident(
        desk.pharmacy, SUBJECT, STAGE, who="Nurse Qian", how="saw the pick sheet", noticed_at=now
    )
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.ACCIDENTAL
    consent(desk)
    with refused("allocation.still_blind"):
        open_second(desk)


def test_kits_of_another_stages_pool_are_never_taken(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    dose_id = dosing.open_dose(desk.pharmacy, SUBJECT, "W0")
    dosing.assign(desk.pharmacy, dose_id)
    late = next(
        kit
        for kit in kit_queries.page(desk.pharmacy.reader, kit_queries.KitFilter(), None, 50)
        if kit.pool == "LATE" and kit.kit_type == small_trials.CELLS
    )
    with refused("kit.not_the_assigned", "kit.other_pool"):
        dosing.scan_kit(desk.pharmacy, dose_id, Scanned(late.kit_number))


def test_a_later_package_without_new_lists_hides_none_of_the_earlier_ones(desk: Desk) -> None:
    made = desk.made
    again = msgspec.structs.replace(made.package, number=2, entries=(), unblindings=())
    raw = write_package(
        again,
        recipient=made.site_public_key,
        signing_key=made.sponsor_key,
        created=made.clock.now(),
        expires=made.clock.now() + timedelta(days=30),
        chance=made.machine.chance,
    )
    site.import_package(desk.pharmacy, raw)
    pharmacies.enrolled(made, desk.pharmacy, SUBJECT, "A")
    unblind(desk)
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.PLANNED


@pytest.mark.parametrize("outside", list(Outside))
def test_a_planned_unblinding_waits_for_its_day(tmp_path: Path, outside: Outside) -> None:
    trial = small_trials.two_stage_trial()
    from_day_25 = EarliestDay(anchor="W0", day=25, outside=outside)
    stages = (msgspec.structs.replace(trial.stages[0], unblinded_from=from_day_25), trial.stages[1])
    made = pharmacies.stocked_site(tmp_path / "site", msgspec.structs.replace(trial, stages=stages))
    with made.signed_in() as opened:
        desk = Desk(made, opened.pharmacy)
        pharmacies.enrolled(made, desk.pharmacy, SUBJECT, "A")
        made.clock.advance(timedelta(days=2))
        dose_id = pharmacies.handed_over(made, desk.pharmacy, SUBJECT)
        pharmacies.reported(made, desk.pharmacy, dose_id)
        first = desk.pharmacy.today() + timedelta(days=25)
        made.clock.advance(timedelta(days=24))
        early = unblinding.not_yet(desk.pharmacy, SUBJECT, STAGE)
        assert early is not None
        assert early.fact("first") == first
        reasoned = outside is Outside.REASON
        with refused("unblinding.needs_reason" if reasoned else "unblinding.too_early"):
            unblind(desk)
        code = desk.made.unblinding_codes[entry_of(desk)]
        if reasoned:
            because = "the sponsor's letter 7"
            unblinding.unblind_by_code(desk.pharmacy, SUBJECT, STAGE, code, MINE, early=because)
            (raised,) = dose_queries.deviations(desk.pharmacy.reader)
            assert (raised.rule, raised.record) == ("unblinding.early", f"subject/{SUBJECT}")
        else:
            made.clock.advance(timedelta(days=1))
            assert unblinding.not_yet(desk.pharmacy, SUBJECT, STAGE) is None
            unblind(desk)
            assert dose_queries.deviations(desk.pharmacy.reader) == []
        assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.PLANNED


def test_without_a_first_dose_the_day_of_the_unblinding_counts_from_the_enrolment(
    tmp_path: Path,
) -> None:
    trial = small_trials.two_stage_trial()
    day = EarliestDay(anchor="W0", day=25)
    stages = (msgspec.structs.replace(trial.stages[0], unblinded_from=day), trial.stages[1])
    made = pharmacies.stocked_site(tmp_path / "site", msgspec.structs.replace(trial, stages=stages))
    with made.signed_in() as opened:
        pharmacies.enrolled(made, opened.pharmacy, SUBJECT, "A")
        first = opened.pharmacy.today() + timedelta(days=25)
        early = unblinding.not_yet(opened.pharmacy, SUBJECT, STAGE)
        assert early is not None
        assert early.fact("first") == first
