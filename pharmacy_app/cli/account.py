"""``main.py account``: the log in both layouts, as of any moment, labels, and the site's closing."""

from datetime import datetime
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Moment, Said, at_desk, in_utc, typed_option
from pharmacy_app.cli.labels import close_roll, labels, load_roll, rolls
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.accountability_log import Layout
from pharmacy_app.domain.ids import KitTypeCode, SubjectId
from pharmacy_app.records.queries.unblinded import accountability as queries
from pharmacy_app.records.queries.unblinded.accountability import Scope
from pharmacy_app.wording import worded
from pharmacy_app.workflows import account_papers, accountability, papers
from pharmacy_app.workflows.pharmacy import Scanned

SAID: dict[str, Said] = {
    "balance": {
        "en": "{kit_type}: balance {balance}, on the shelf {shelf}.",
        "zh": "{kit_type}：结存 {balance}，在库 {shelf}。",
    },
    "then": {"en": "{scope}: balance {balance} as of {then}.", "zh": "{scope}：截至 {then} 结存 {balance}。"},
    "type": {"en": "No such kit type: {kit_type}.", "zh": "没有该药盒类型：{kit_type}。"},
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
    "site": {"en": "Whole site", "zh": "全中心"},
    "received": {
        "en": "Listed {listed}, received {received}: {holds}.",
        "zh": "数据包所列 {listed}，接收 {received}：{holds}。",
    },
    "adds": {"en": "the sum of how they ended", "zh": "与各去向之和一致"},
    "differs": {"en": "NOT the sum of how they ended", "zh": "与各去向之和不一致"},
    "open": {"en": "Unexplained: {count}", "zh": "未说明的药盒：{count}"},
    "explained": {"en": "Recorded why kit {kit} never came.", "zh": "已登记药盒 {kit} 未到货的原因。"},
    "closed": {
        "en": "The site's account is closed: {kits} kits, none unexplained.",
        "zh": "中心药品清点已结账：{kits} 盒，无未说明的药盒。",
    },
}  # fmt: skip
HEADS: tuple[Said, ...] = (
    {"en": "Time", "zh": "时间"},
    {"en": "Kit", "zh": "药盒"},
    {"en": "Movement", "zh": "变动"},
    {"en": "Change", "zh": "数量"},
    {"en": "Balance", "zh": "结存"},
    {"en": "Subject", "zh": "受试者"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Lot", "zh": "批号"},
    {"en": "Recorder", "zh": "记录人"},
)
FATES: tuple[Said, ...] = (
    {"en": "How it ended", "zh": "去向"},
    {"en": "Kits", "zh": "药盒数"},
)
OPEN: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Found", "zh": "问题"},
    {"en": "What to do", "zh": "处理"},
)
ToFolder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def account() -> None:
    """Show the accountability log and balances; close the site's account."""


@account.command()
@click.option("--type", "kit_type", help="One kit type; otherwise every one.")
@click.option("--lot", help="One lot.")
@click.option("--subject", help="One subject's kits; no balance.")
@click.option("--site", "whole", is_flag=True, help="All kits in one log.")
@click.option("--as-of", "until", type=Moment(), help="As of a past moment, on the site's clock.")
@click.option(
    "--layout",
    type=click.Choice([layout.value for layout in Layout]),
    default=Layout.DARF.value,
    help="Of the paper.",
)
@click.option("--to", type=ToFolder, help="Print it as a PDF into this folder instead.")
@at_desk
def log(
    desk: CommandDesk,
    *,
    kit_type: str | None,
    lot: str | None,
    subject: str | None,
    whole: bool,
    until: datetime | None,
    layout: str,
    to: Path | None,
) -> None:
    """Show every movement and the balance after it: of a kit type, a lot, a subject, the site. UNBLINDED."""
    if sum((kit_type is not None, lot is not None, subject is not None, whole)) > 1:
        raise click.UsageError("--type | --lot | --subject | --site")
    then = None if until is None else in_utc(until, desk.pharmacy.zone)
    for scope in _scopes(desk, kit_type, lot, subject, whole=whole, then=then):
        if to is None:
            _tell(desk, scope)
            continue
        paper = account_papers.account_log(desk.pharmacy, scope, Layout(layout))
        _print(desk, paper, f"{paper.document}/{_named(desk, scope)}", to)


def _scopes(
    desk: CommandDesk,
    kit_type: str | None,
    lot: str | None,
    subject: str | None,
    *,
    whole: bool,
    then: datetime | None,
) -> list[Scope]:
    """Return what the options mean; without any, every kit type. Raises click.UsageError."""
    if lot is not None or subject is not None or whole:
        chosen = None if subject is None else SubjectId(subject)
        return [Scope(lot=lot, subject=chosen, until=then)]
    known = [kind.code for kind in desk.pharmacy.trial.kit_types]
    if kit_type is not None and kit_type not in known:
        raise click.UsageError(SAID["type"][desk.language].format(kit_type=kit_type))
    codes = known if kit_type is None else [KitTypeCode(kit_type)]
    return [Scope(kit_type=code, until=then) for code in codes]


def _named(desk: CommandDesk, scope: Scope) -> str:
    return scope.kit_type or scope.lot or scope.subject or SAID["site"][desk.language]


def _tell(desk: CommandDesk, scope: Scope) -> None:
    reader = desk.pharmacy.reader
    lines = account_papers.movements(desk.pharmacy, scope)
    desk.table(
        HEADS,
        [
            (
                line.at,
                line.kit_number,
                f"movement.{line.kind}",
                f"{line.quantity:+d}",
                None if scope.subject else line.balance,
                line.subject_id,
                line.dose_id,
                line.lot,
                line.actor_name,
            )
            for line in lines
        ],
    )
    if scope.subject is not None:
        return
    balance, name = queries.balance(reader, scope), _named(desk, scope)
    if scope.until is not None:
        desk.say(SAID["then"], scope=name, balance=balance, then=scope.until)
    else:
        shelf = queries.shelf_of(reader, scope)
        desk.say(SAID["balance"], kit_type=name, balance=balance, shelf=shelf)


for command in (labels, rolls, load_roll, close_roll):
    account.add_command(command)


@account.command()
@click.option("--to", type=ToFolder, help="Print it as a PDF into this folder instead.")
@at_desk
def reconcile(desk: CommandDesk, to: Path | None) -> None:
    """Show how every kit of every package ended, and each one that is not explained. UNBLINDED."""
    if to is not None:
        paper = account_papers.reconciliation(desk.pharmacy)
        _print(desk, paper, "site", to)
        return
    found = accountability.reconcile(desk.pharmacy)
    desk.table(FATES, [(f"fate.{fate}", count) for fate, count in found.fates.items()])
    holds = SAID["adds" if found.adds_up else "differs"][desk.language]
    desk.say(SAID["received"], listed=found.listed, received=found.received, holds=holds)
    desk.say(SAID["open"], count=len(found.unexplained))
    if found.unexplained:
        told = [worded(reason, desk.language, desk.pharmacy.zone) for reason in found.unexplained]
        desk.table(OPEN, [(one.record, one.found, one.remedy) for one in told])


@account.command()
@click.argument("code")
@click.option("--because", required=True, help="Why it never came, on whose word.")
@typed_option
@at_desk
def explain(desk: CommandDesk, code: str, because: str, *, typed: bool) -> None:
    """Record why a kit that a package lists never came; signed."""
    accountability.explain(desk.pharmacy, Scanned(code, typed), because, desk.own())
    desk.say(SAID["explained"], kit=code)


@account.command()
@click.option("--remarks", default="", help="For the closing statement.")
@at_desk
def close(desk: CommandDesk, remarks: str) -> None:
    """Close the site's account, signed; refused while any kit is unexplained."""
    accountability.close(desk.pharmacy, remarks, desk.own())
    desk.say(SAID["closed"], kits=accountability.reconcile(desk.pharmacy).listed)


def _print(desk: CommandDesk, paper: Paper, record: str, folder: Path) -> None:
    outcome = papers.print_paper(desk.pharmacy, paper, record, papers.folder_printer(folder))
    desk.say(SAID["wrote"], file=outcome.job)
