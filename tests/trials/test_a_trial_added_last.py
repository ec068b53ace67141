"""A trial that came after the program was finished: its package is all that was written for it.

Three doses within two days in windows of hours, total cells, allocations opened line by line, a site
in another time zone, an unblinding from the seventh day on.
"""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.sponsor.sources import check_folder
from pharmacy_app.workflows import dosing, enrolment, sessions, unblinding
from pharmacy_app.workflows.site import verify_records
from tests.desks import refused
from tests.pharmacies import PASSWORDS, WANG
from tests.trials import sites
from tests.trials.sites import MINE, Bench

STAGE = StageCode("sepsis")
FIRST, SECOND = SubjectId("K7-01"), SubjectId("K7-02")


def test_three_doses_in_two_days_are_given_by_the_package_alone(tmp_path: Path) -> None:
    checked = check_folder(sites.TRIALS / "hours", sites.NOW)
    assert (checked.mistakes, checked.warnings) == ((), ())
    made = sites.founded("hours", tmp_path / "site", "K7")
    with sessions.sign_in(made.machine, made.folder, WANG, PASSWORDS[WANG]) as opened:
        pharmacy, bench = opened.pharmacy, Bench(opened.pharmacy, made.clock)
        for number in (FIRST, SECOND):
            enrolment.enrol(pharmacy, number, "Dr Sato", "REQ")
            enrolment.open_allocation(pharmacy, number, STAGE, "", MINE)
        arms = [enrolment.arm_of(pharmacy, number, STAGE).code for number in (FIRST, SECOND)]
        assert arms == [ArmCode("GIVEN"), ArmCode("SHAM")]
        start = made.clock.now()
        doses = [bench.give(number, "H0") for number in (FIRST, SECOND)]
        told = [[type(r.event) for r in dosing.dose(pharmacy, one).record] for one in doses]
        assert told[0] == told[1]
        given = dosing.dose(pharmacy, doses[0])
        assert dosing.prescription(pharmacy, given)[1] == Decimal(400_000_000)
        for hours, visit in ((24, "H24"), (48, "H48")):
            made.clock.set(start + timedelta(hours=hours))
            for number in (FIRST, SECOND):
                bench.give(number, visit)
        with refused("visit.dose_there"):
            dosing.open_dose(pharmacy, FIRST, "H48")
        early = unblinding.not_yet(pharmacy, FIRST, STAGE)
        assert early is not None
        assert early.fact("first") == start.astimezone(pharmacy.zone).date() + timedelta(days=7)
        assert verify_records(pharmacy, opened.vault, replay=True).intact
        for kit_type in pharmacy.trial.kit_types:
            log = accountability.movements(pharmacy.reader, kit_type.code)
            assert log[-1].balance == accountability.on_shelf(pharmacy.reader, kit_type.code)
            assert sum(line.quantity for line in log if line.quantity < 0) == -3
