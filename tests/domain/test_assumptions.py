from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pharmacy_app.domain.assumptions import LIMITS, Assumptions, observed, rate_of, unlawful
from pharmacy_app.domain.chances import Entered, Observed

TODAY = date(2026, 11, 22)
SEEN = Observed(3, 60)


def days_ago(*days: int) -> list[date]:
    return sorted(TODAY - timedelta(days=number) for number in days)


def test_rate_is_seen_from_the_first_subject_who_is_not_counted() -> None:
    assert observed(days_ago(60, 40, 20, 0), TODAY) == SEEN


def test_look_shorter_than_four_weeks_or_with_one_subject_says_nothing() -> None:
    assert observed(days_ago(27, 1), TODAY) is None
    assert observed(days_ago(28, 1), TODAY) == Observed(1, 28)
    assert observed(days_ago(60), TODAY) is None
    assert observed([], TODAY) is None


def test_only_the_last_half_year_is_looked_at() -> None:
    assert observed(days_ago(400, 300, 183, 100, 50), TODAY) == Observed(1, 100)


def test_stated_rate_goes_before_the_one_that_was_seen() -> None:
    assert rate_of(Assumptions(per_month=Decimal("2.5")), SEEN) == Entered(Fraction(5, 2))
    assert rate_of(Assumptions(), SEEN) == SEEN
    assert rate_of(Assumptions(), None) is None


def test_who_stays_neither_died_nor_left() -> None:
    assert Assumptions(mortality_pct=20, dropout_pct=10).staying == Fraction(72, 100)


def test_settings_that_a_site_begins_with_are_lawful() -> None:
    assert list(unlawful(Assumptions(), SEEN)) == []


def test_every_setting_is_refused_beyond_its_limits_and_taken_on_them() -> None:
    for name, (least, most) in LIMITS.items():
        for value, found in ((least, 0), (most, 0), (least - 1, 1), (most + 1, 1)):
            wide = {"weeks": 26} if name == "lead_days" else {"lead_days": 0}
            given = {**wide, name: Decimal(value) if name == "per_month" else value}
            rules = [one.rule for one in unlawful(Assumptions(**given), SEEN)]  # type: ignore[arg-type] # by name
            assert rules.count("readiness.setting") == found, (name, value)
