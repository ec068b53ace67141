"""``main.py site``: found a site from its package; people, tanks, later packages."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from pharmacy_app.cli.desk import (
    CommandDesk,
    Number,
    Prompter,
    Said,
    at_desk,
    at_desk_with_new_password,
    machine,
    stdin_option,
)
from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import vault_option
from pharmacy_app.demo.aids import aids_file
from pharmacy_app.demo.site import make_demo_site
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.locations import (
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    UnitDetails,
    UnitKind,
)
from pharmacy_app.domain.people import Role
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.records.queries.unblinded import storage as storage_queries
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows import accounts, papers, recovery, sessions
from pharmacy_app.workflows import site as belongings
from pharmacy_app.workflows.founding import found_site
from pharmacy_app.workflows.sessions import Machine

FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.PHARMACIST})
NewPath = click.Path(path_type=Path)
Package = click.Path(exists=True, dir_okay=False, path_type=Path)

SAID: dict[str, Said] = {
    "activation": {"en": "Activation code", "zh": "激活码"},
    "password": {"en": "New password of {person}", "zh": "{person} 的新密码"},
    "again": {"en": "The same password again", "zh": "再次输入相同密码"},
    "differ": {"en": "The two passwords differ.", "zh": "两次输入的密码不一致。"},
    "founded": {
        "en": "Site {site} founded in {folder}.\nRecovery code, keep it on paper only: {code}",
        "zh": "研究中心 {site} 已建立于 {folder}。\n恢复码（仅限纸面保存）：{code}",
    },
    "sheet": {
        "en": "Site {site} founded in {folder}. Recovery sheet: {sheet}. Print it, then delete it.",
        "zh": "研究中心 {site} 已建立于 {folder}。恢复单：{sheet}。请打印后删除。",
    },
    "demo": {
        "en": "Training site in {folder}. Passwords and codes: {aids}",
        "zh": "培训中心已建立于 {folder}。密码和代码见：{aids}",
    },
    "added": {"en": "{name} has an account.", "zh": "已为 {name} 建立账户。"},
    "changed": {"en": "Password changed.", "zh": "密码已更改。"},
    "code": {"en": "Recovery code", "zh": "恢复码"},
    "recovered": {
        "en": "New password of {person} set. The recovery code stays valid: seal the sheet again;"
        " a sheet that was used should be replaced.",
        "zh": "已为 {person} 设置新密码。恢复码仍然有效：请重新封存恢复单；用过的恢复单应予更换。",
    },
    "tank": {"en": "Storage unit {unit} added.", "zh": "已添加储存单元 {unit}。"},
    "amended": {
        "en": "Protocol version {version}, in force from {day}:",
        "zh": "方案版本 {version}，自 {day} 起生效：",
    },
    "package": {"en": "Package {number} imported.", "zh": "已导入数据包 {number}。"},
}
PEOPLE: tuple[Said, ...] = (
    {"en": "Person", "zh": "账户"},
    {"en": "Name", "zh": "姓名"},
    {"en": "Duties", "zh": "职责"},
)
UNITS: tuple[Said, ...] = (
    {"en": "Unit", "zh": "储存单元"},
    {"en": "Name", "zh": "名称"},
    {"en": "Kind", "zh": "类型"},
    {"en": "Limit °C", "zh": "上限 °C"},
    {"en": "Racks", "zh": "架"},
    {"en": "Boxes", "zh": "盒"},
    {"en": "Rows", "zh": "行"},
    {"en": "Columns", "zh": "列"},
)


@click.group()
def site() -> None:
    """Set up a site's vault from a trial package."""


@site.command()
@vault_option
@click.option("--package", type=Package, required=True, help="The sponsor's first package.")
@click.option("--person", required=True, help="Short name of the first administrator.")
@click.option("--name", required=True, help="Their name as it is printed.")
@click.option("--station", default="desk-1", show_default=True, help="Name of this computer.")
@click.option("--recovery-sheet", type=NewPath, help="Write the recovery sheet to this PDF.")
@stdin_option
@click.pass_context
def found(
    ctx: click.Context,
    *,
    folder: Path,
    package: Path,
    person: str,
    name: str,
    station: str,
    recovery_sheet: Path | None,
    from_stdin: bool,
) -> None:
    """Found a site. Asks for the activation code of the sponsor's letter, then a new password."""
    language = language_of(ctx)
    prompter = Prompter(from_stdin)
    code = prompter.ask(SAID["activation"][language])
    password = _new_password(prompter, person, SAID, ctx)
    made = machine(ctx, new_passwords=True)
    first = accounts.Account(PersonId(person), name, FIRST_ROLES, password)
    recovery_code = found_site(made, folder, package.read_bytes(), code, first, station)
    with sessions.sign_in(made, folder, first.person_id, password) as opened:
        desk = CommandDesk(opened.pharmacy, opened.vault, language, prompter)
        facts = {"site": opened.pharmacy.site.code, "folder": str(folder)}
        if recovery_sheet is None:
            desk.say(SAID["founded"], code=recovery_code, **facts)
            return
        sheet = papers.recovery_sheet(opened.pharmacy, opened.vault, recovery_code)
        papers.save_paper(opened.pharmacy, sheet, "site", recovery_sheet)
        desk.say(SAID["sheet"], sheet=str(recovery_sheet), **facts)


@site.command()
@vault_option
@click.option("--with-stock", is_flag=True, help="With one shipment received and put away.")
@click.pass_context
def demo(ctx: click.Context, *, folder: Path, with_stock: bool) -> None:
    """Make a training site; its passwords and codes lie in a file beside it."""
    told = machine(ctx)
    made = make_demo_site(folder, Machine(told.clock, told.chance, FLOOR), with_stock=with_stock)
    print(SAID["demo"][language_of(ctx)].format(folder=folder, aids=aids_file(made.folder)))


@site.command()
@at_desk
def show(desk: CommandDesk) -> None:
    """Show who has an account, and the storage units."""
    reader = desk.pharmacy.reader
    desk.table(
        PEOPLE,
        [
            (one.person_id, one.printed_name, ", ".join(f"role.{r}" for r in sorted(one.roles)))
            for one in queries.people(reader)
        ],
    )
    print()
    desk.table(
        UNITS,
        [
            (
                one.code,
                one.name,
                f"unit_kind.{one.kind}",
                one.warmest_c,
                one.capacity.racks,
                one.capacity.boxes,
                one.capacity.rows,
                one.capacity.columns,
            )
            for one in storage_queries.units(reader)
        ],
    )


@site.command()
@click.argument("newcomer")
@click.option("--name", required=True, help="Name as it is printed.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
)
@at_desk_with_new_password
def people_add(desk: CommandDesk, newcomer: str, name: str, roles: tuple[str, ...]) -> None:
    """Give somebody a way in; they type their own new password after yours."""
    password = _new_password(desk.prompter, newcomer, SAID, click.get_current_context())
    account = accounts.Account(PersonId(newcomer), name, frozenset(map(Role, roles)), password)
    accounts.add_person(desk.pharmacy, desk.vault, account, desk.own())
    desk.say(SAID["added"], name=name)


@site.command()
@at_desk_with_new_password
def password(desk: CommandDesk) -> None:
    """Change your own password; the new one is asked for after the old."""
    person = desk.pharmacy.person.person_id
    new = _new_password(desk.prompter, person, SAID, click.get_current_context())
    accounts.change_password(desk.pharmacy, desk.vault, desk.own().password, new)
    desk.say(SAID["changed"])


@site.command()
@click.argument("unit")
@click.option("--name", required=True)
@click.option("--limit-c", type=Number(), required=True, help="The warmest it may be, in °C.")
@click.option("--racks", type=int, required=True)
@click.option("--boxes", type=int, required=True, help="A rack.")
@click.option("--rows", type=int, required=True, help="A box.")
@click.option("--columns", type=int, required=True, help="A box.")
@click.option(
    "--kind",
    type=click.Choice([one.value for one in UnitKind]),
    help="What the limit says if left out.",
)
@click.option("--coldest-c", type=Number(), help="The coldest it may be, in °C.")
@click.option("--least-level-cm", type=Number(), help="Lowest level of liquid nitrogen, in cm.")
@click.option(
    "--places",
    type=click.Choice([one.value for one in PlaceLabels]),
    default=PlaceLabels.LETTERS.value,
)
@click.option("--leading-zeros", is_flag=True, help="Positions are labelled 01, 02 …")
@click.option(
    "--rack-labels",
    type=click.Choice([one.value for one in GroupLabels]),
    default=GroupLabels.NUMBERS.value,
)
@click.option(
    "--box-labels",
    type=click.Choice([one.value for one in GroupLabels]),
    default=GroupLabels.NUMBERS.value,
)
@at_desk
def tank_add(desk: CommandDesk, unit: str, name: str, limit_c: Decimal, **told: Any) -> None:
    """Add a storage unit: racks × boxes × rows × columns positions, and how they are labelled."""
    capacity = Capacity(unit, told["racks"], told["boxes"], told["rows"], told["columns"])
    labelling = Labelling(
        PlaceLabels(told["places"]),
        told["leading_zeros"],
        GroupLabels(told["rack_labels"]),
        GroupLabels(told["box_labels"]),
    )
    kind = None if told["kind"] is None else UnitKind(told["kind"])
    details = UnitDetails(kind, told["coldest_c"], told["least_level_cm"], labelling)
    belongings.add_storage_unit(desk.pharmacy, capacity, name, limit_c, details)
    desk.say(SAID["tank"], unit=unit)


@site.command()
@click.argument("file", type=Package)
@click.option("--sign-changes", is_flag=True, help="Sign for the changes of the protocol.")
@at_desk
def package_import(desk: CommandDesk, file: Path, *, sign_changes: bool) -> None:
    """Import a later package of the same sponsor; what it changes of the protocol is shown."""
    raw = file.read_bytes()
    offered = belongings.read_package_offered(desk.pharmacy, raw)
    if offered.changes:
        version, day = (
            offered.opened.package.trial.version,
            offered.effective or desk.pharmacy.today(),
        )
        desk.say(SAID["amended"], version=version, day=day.isoformat())
        for change in offered.changes:
            print(f"  {change.said}")
    belongings.import_package(desk.pharmacy, raw, desk.own() if sign_changes else None)
    desk.say(SAID["package"], number=offered.opened.number)


@site.command()
@vault_option
@click.option("--person", required=True, help="Who gets a new password.")
@click.option("--reason", required=True, help="Why the envelope was opened; recorded.")
@stdin_option
@click.pass_context
def recover(
    ctx: click.Context, *, folder: Path, person: str, reason: str, from_stdin: bool
) -> None:
    """Replace a forgotten password. Asks for the recovery code, then the new password."""
    language = language_of(ctx)
    prompter = Prompter(from_stdin)
    code = prompter.ask(SAID["code"][language])
    chosen = _new_password(prompter, person, SAID, ctx)
    made = machine(ctx, new_passwords=True)
    recovery.recover(made, folder, code, PersonId(person), chosen, reason)
    print(SAID["recovered"][language].format(person=person))


def _new_password(
    prompter: Prompter, person: str, said: dict[str, Said], ctx: click.Context
) -> str:
    """Return a password somebody chose; at a prompt it is typed twice."""
    language = language_of(ctx)
    chosen = prompter.ask(said["password"][language].format(person=person))
    if not prompter.from_stdin and prompter.ask(said["again"][language]) != chosen:
        raise click.UsageError(said["differ"][language])
    return chosen
