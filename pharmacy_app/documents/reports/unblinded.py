"""What every unblinded paper has in common: its head, its foot, its signatures."""

from collections.abc import Sequence

from pharmacy_app.documents.paper import PORTRAIT, Column, Head, Secrecy, Sheet
from pharmacy_app.documents.standing import HEAD_DIGITS, MEANINGS, Signed, Standing
from pharmacy_app.domain.trial import Text

_SIGNATURES = (
    Column("姓名（签名人）", "Printed name", 3),
    Column("签名含义", "Meaning", 2),
    Column("签名时间", "Signed at", 2.4),
)


def unblinded_sheet(
    document: str,
    title: Text,
    standing: Standing,
    *,
    about: str,
    size: tuple[float, float] = PORTRAIT,
    secrecy: Secrecy = Secrecy.UNBLINDED,
) -> Sheet:
    """Return an empty sheet for an unblinded paper; ``about`` names its record, top right."""
    site = f"{standing.site} {standing.site_name.zh} {standing.site_name.en}"
    head = Head(
        title=title,
        under=site,
        facts=(
            about,
            f"试验 Trial {standing.trial_code}",
            f"方案 Protocol {standing.protocol}",
        ),
        foot=(
            f"账本 ledger {standing.ledger_seq} · {standing.ledger_head[:HEAD_DIGITS]}",
            f"打印 Printed {standing.time(standing.printed_at)} · {standing.printed_by}",
        ),
        secrecy=secrecy,
        training=standing.training,
    )
    return Sheet(document, head, size)


def signatures(sheet: Sheet, standing: Standing, signed: Sequence[Signed]) -> None:
    """Set the electronic signatures: printed name, meaning, time."""
    sheet.section("电子签名", "Electronic signatures")
    sheet.table(
        _SIGNATURES,
        [
            (
                one.printed_name,
                f"{MEANINGS[one.meaning].zh} {MEANINGS[one.meaning].en}",
                standing.time(one.signed_at),
            )
            for one in signed
        ],
    )
