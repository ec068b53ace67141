"""Examples of the papers about stock to come."""

from datetime import date, timedelta

from pharmacy_app.domain.blinding import BlindedReadiness, ReadyDay
from pharmacy_app.domain.ids import SiteCode
from tests.documents.papers import SITE_NAME, STANDING, ZONE

FIRST = date(2026, 11, 23)


def blinded_readiness() -> BlindedReadiness:
    """What the ward is told two weeks ahead."""
    return BlindedReadiness(
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        site=SiteCode("01"),
        site_name=SITE_NAME,
        zone=ZONE,
        days=tuple(
            ReadyDay(day=FIRST + timedelta(days=day), visits=day % 3 + 1, ready=day < 9)
            for day in range(0, 14, 2)
        ),
        one_more=True,
        until=FIRST + timedelta(days=13),
        promised_by="王药师 Wang",
        promised_at=STANDING.printed_at,
        made_on=FIRST,
        training=True,
    )
