"""``main.py lot``: certificates, late results, recalls, later expiries of lots."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Day, Said, at_desk, in_utc
from pharmacy_app.domain.events.lots import ExpiryExtended
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import last_minute
from pharmacy_app.records.queries.unblinded import lots as queries
from pharmacy_app.workflows import lots

PAPER = click.Path(exists=True, dir_okay=False, path_type=Path)
SAID: Mapping[str, Said] = {
    "filed": {"en": "Filed with lot {lot}.", "zh": "已归入批次 {lot}。"},
    "failed": {
        "en": "Recorded. Look back with: main.py look-back lot {lot}",
        "zh": "已登记。请追溯：main.py look-back lot {lot}",
    },
    "recalled": {"en": "Lot {lot} is recalled.", "zh": "批次 {lot} 已召回。"},
    "withdrawn": {
        "en": "The recall of lot {lot} is withdrawn; its kits wait in quarantine.",
        "zh": "批次 {lot} 的召回已撤回，药盒隔离待决定。",
    },
    "extended": {
        "en": "Extension {extension}: {kits} kits need the over-label.",
        "zh": "延期 {extension}：{kits} 盒需加贴补充标签。",
    },
    "applied": {"en": "The new expiry holds.", "zh": "新的有效期已生效。"},
    "dropped": {"en": "The old expiry goes on holding.", "zh": "原有效期继续有效。"},
}
LOTS: tuple[Said, ...] = (
    {"en": "Lot", "zh": "批号"},
    {"en": "Blinded lot", "zh": "盲态批号"},
    {"en": "Type", "zh": "类型"},
    {"en": "Kits", "zh": "药盒数"},
    {"en": "On the shelf", "zh": "在库"},
    {"en": "Last expiry", "zh": "最晚有效期"},
    {"en": "State", "zh": "状态"},
)
KITS: tuple[Said, ...] = ({"en": "Kit", "zh": "药盒"}, {"en": "Position", "zh": "位置"})
PAPERS: tuple[Said, ...] = (
    {"en": "Kind", "zh": "类别"},
    {"en": "Title", "zh": "名称"},
    {"en": "Result", "zh": "结果"},
    {"en": "Reference", "zh": "文号"},
    {"en": "Filed", "zh": "归档时间"},
)


@click.group()
def lot() -> None:
    """File a lot's papers, recall it, extend its expiry."""


@lot.command("list")
@at_desk
def list_lots(desk: CommandDesk) -> None:
    """List every lot of the site."""
    desk.table(
        LOTS,
        [
            (
                line.lot,
                line.blinded_lot,
                line.kit_type,
                line.kits,
                line.on_shelf,
                last_minute(line.expiry),
                "kit_state.recalled" if line.recalled else None,
            )
            for line in queries.lots(desk.pharmacy.reader)
        ],
    )


@lot.command()
@click.argument("number", metavar="LOT")
@at_desk
def papers(desk: CommandDesk, number: str) -> None:
    """List a lot's certificates and results."""
    rows = [
        (
            f"lot_paper.{one.kind}",
            one.title,
            None if one.passed is None else f"lot_paper.{'passed' if one.passed else 'failed'}",
            one.reference,
            one.at,
        )
        for one in queries.papers(desk.pharmacy.reader, number)
    ]
    desk.table(PAPERS, rows)


@lot.command()
@click.argument("number", metavar="LOT")
@click.argument("file", type=PAPER)
@click.option("--title", required=True, help="What it is, such as certificate of analysis.")
@click.option("--reference", default="")
@at_desk
def certificate(desk: CommandDesk, number: str, file: Path, *, title: str, reference: str) -> None:
    """Keep a lot's certificate as it came."""
    lots.file_certificate(desk.pharmacy, number, title, reference, file.read_bytes())
    desk.say(SAID["filed"], lot=number)


@lot.command()
@click.argument("number", metavar="LOT")
@click.option("--test", required=True, help="Which test, such as sterility at day 14.")
@click.option("--outcome", type=click.Choice(("passed", "failed")), required=True)
@click.option("--reference", required=True, help="The laboratory's report.")
@click.option("--file", type=PAPER)
@at_desk
def result(
    desk: CommandDesk, number: str, *, test: str, outcome: str, reference: str, file: Path | None
) -> None:
    """Record a result that came after the lot's release."""
    paper = b"" if file is None else file.read_bytes()
    passed = outcome == "passed"
    lots.report_result(desk.pharmacy, number, test, reference, paper, passed=passed)
    desk.say(SAID["filed" if passed else "failed"], lot=number)


@lot.command()
@click.argument("number", metavar="LOT")
@click.option("--reference", required=True, help="The sponsor's letter.")
@click.option("--because", required=True)
@at_desk
def recall(desk: CommandDesk, number: str, *, reference: str, because: str) -> None:
    """Take a whole lot out of use, signed."""
    lots.recall(desk.pharmacy, number, reference, because, desk.own())
    desk.say(SAID["recalled"], lot=number)


@lot.command()
@click.argument("number", metavar="LOT")
@click.option("--reference", required=True, help="The sponsor's letter.")
@at_desk
def withdraw(desk: CommandDesk, number: str, *, reference: str) -> None:
    """Take a recall back, signed; the kits wait in quarantine."""
    lots.withdraw_recall(desk.pharmacy, number, reference, desk.own())
    desk.say(SAID["withdrawn"], lot=number)


@lot.command()
@click.argument("blinded_lot")
@click.option("--last-day", type=Day(), required=True, help="The last day of use, at the site.")
@click.option("--reference", required=True, help="The sponsor's letter.")
@at_desk
def extend(desk: CommandDesk, blinded_lot: str, *, last_day: date, reference: str) -> None:
    """Record a later expiry of a whole blinded lot, signed; it holds once its labels are on."""
    after = datetime.combine(last_day + timedelta(days=1), time())
    expiry = in_utc(after, desk.pharmacy.zone)
    recorded = lots.extend_expiry(desk.pharmacy, blinded_lot, expiry, reference, desk.own())
    found = recorded[0].told(ExpiryExtended)
    _, kits = lots.kits_to_overlabel(desk.pharmacy, found.extension_id)
    desk.say(SAID["extended"], extension=found.extension_id, kits=len(kits))
    desk.table(KITS, [(kit.kit_number, kit.position) for kit in kits])


@lot.command()
@click.argument("extension")
@click.argument("codes", nargs=-1, required=True)
@click.option("--printed", type=int, required=True)
@click.option("--spoiled", type=int, default=0, show_default=True)
@click.option("--remaining", type=int, default=0, show_default=True)
@click.option("--checker", required=True, help="The second person.")
@at_desk
def overlabel(
    desk: CommandDesk,
    extension: str,
    codes: tuple[str, ...],
    *,
    printed: int,
    spoiled: int,
    remaining: int,
    checker: str,
) -> None:
    """Record that every kit has its over-label, signed by two: the new expiry holds."""
    lots.apply_overlabels(
        desk.pharmacy,
        extension,
        [KitNumber(code) for code in codes],
        printed=printed,
        spoiled=spoiled,
        remaining=remaining,
        credentials=(desk.own(), desk.credential(checker)),
    )
    desk.say(SAID["applied"])


@lot.command()
@click.argument("extension")
@click.option("--because", required=True)
@at_desk
def drop(desk: CommandDesk, extension: str, *, because: str) -> None:
    """Give an open extension up."""
    lots.drop_extension(desk.pharmacy, extension, because)
    desk.say(SAID["dropped"])
