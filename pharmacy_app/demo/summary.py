"""``summary.json``: what the demonstration did, for people and programs to check."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from msgspec import Struct

from pharmacy_app.demo.aids import NOTICE
from pharmacy_app.demo.desk import Met
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.wording import Language, worded


class DoseLine(Struct, frozen=True, kw_only=True):
    """One dose. ``status`` is the step it waits for, ``closed`` or ``stopped``."""

    id: str
    subject: str
    visit: str
    kit: str | None
    status: str
    use_before: str | None
    replaces: str | None = None


class LabelLine(Struct, frozen=True, kw_only=True):
    """One copy of a label: its picture, and what its symbol says."""

    file: str
    symbol: str
    kit: str
    protocol: str
    use_before: str
    dose: str
    copy: int
    state: str


class RefusalLine(Struct, frozen=True, kw_only=True):
    """One reason why something was refused; ``message`` is English, ``message_zh`` Chinese."""

    rule: str
    record: str
    message: str
    message_zh: str
    tried: str
    at: str


class LedgerLine(Struct, frozen=True, kw_only=True):
    """The ledger at the end, verified with replay."""

    events: int
    head: str
    verified: bool


class PaperLine(Struct, frozen=True, kw_only=True, rename={"secrecy": "class"}):
    """One paper and its class, BLINDED or UNBLINDED."""

    file: str
    secrecy: str
    document: str


class Summary(Struct, frozen=True, kw_only=True):
    """Everything that was left in the folder."""

    notice: str = NOTICE
    doses: tuple[DoseLine, ...]
    labels: tuple[LabelLine, ...]
    refusals: tuple[RefusalLine, ...]
    ledger: LedgerLine
    screens: tuple[str, ...]
    papers: tuple[PaperLine, ...]
    seconds: dict[str, float]


def refusal_lines(met: Sequence[Met], zone: tzinfo) -> tuple[RefusalLine, ...]:
    """Return every reason of every refusal, worded in both languages."""
    return tuple(
        RefusalLine(
            rule=reason.rule,
            record=reason.record,
            message=in_one_line(reason, "en", zone),
            message_zh=in_one_line(reason, "zh", zone),
            tried=one.tried,
            at=local(one.at, zone),
        )
        for one in met
        for reason in one.reasons
    )


def in_one_line(reason: Violation, language: Language, zone: tzinfo) -> str:
    """Return a reason in words: rule, expected, found, remedy."""
    return str(worded(reason, language, zone))


def local(when: datetime, zone: tzinfo) -> str:
    """Return a moment on the site's clock, ISO 8601 with its offset."""
    return when.astimezone(zone).isoformat()
