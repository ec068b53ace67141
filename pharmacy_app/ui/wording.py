"""Rules, problems, terms and times in the language and zone of the window."""

from datetime import date, datetime

from pharmacy_app import wording
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation
from pharmacy_app.ui import language
from pharmacy_app.wording import Worded


def in_words(problem: Refused | EnvironmentProblem) -> list[Worded]:
    """Return every reason of a refusal, or the one of a problem, in the language of the window."""
    return wording.refusal_in_words(problem, language.current(), language.zone())


def violation_in_words(violation: Violation) -> Worded:
    """Return one violation in the language of the window."""
    return wording.worded(violation, language.current(), language.zone())


def term(name: str) -> str:
    """Return the word for a value such as a state or a role."""
    return wording.term(name, language.current())


def terms(names: str) -> str:
    """Return the words for values joined by ", "; a text that is no list of values unchanged."""
    return wording.terms(names, language.current())


def moment(when: datetime) -> str:
    """Return date and minute in the site's zone."""
    return f"{when.astimezone(language.zone()):%Y-%m-%d %H:%M}"


def minute(when: datetime) -> str:
    """Return the time of day in the site's zone, to the minute."""
    return f"{when.astimezone(language.zone()):%H:%M}"


def second(when: datetime) -> str:
    """Return the time of day in the site's zone, to the second."""
    return f"{when.astimezone(language.zone()):%H:%M:%S}"


def day(when: date) -> str:
    """Return a day; of a moment, the day in the site's zone."""
    if isinstance(when, datetime):
        when = when.astimezone(language.zone())
    return f"{when:%Y-%m-%d}"
