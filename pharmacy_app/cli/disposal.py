"""``main.py disposal``: what comes back, waste, reserve samples, and lists of kits that leave."""

from decimal import Decimal
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Number, Said, at_desk, typed_option
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import DisposalId, DoseId
from pharmacy_app.domain.kits import Disposal, Kit, last_minute
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.system.files import write_replacing
from pharmacy_app.workflows import custody, list_papers, papers
from pharmacy_app.workflows import disposal as leaving
from pharmacy_app.workflows.pharmacy import Scanned

SAID: dict[str, Said] = {
    "back": {"en": "Recorded what is left of dose {dose}.", "zh": "已登记剂次 {dose} 的剩余情况。"},
    "wasted": {"en": "Kits wasted: {kits}.", "zh": "已报废药盒：{kits}。"},
    "reserved": {"en": "Kits kept as reserve samples: {kits}.", "zh": "已留样药盒：{kits}。"},
    "listed": {"en": "List {list} drawn up: {kits} kits.", "zh": "已编制清单 {list}：{kits} 盒。"},
    "struck": {"en": "Kit {kit} struck from list {list}.", "zh": "药盒 {kit} 已从清单 {list} 划去。"},
    "dropped": {"en": "List {list} dropped.", "zh": "清单 {list} 已撤销。"},
    "authorised": {"en": "List {list} is authorised.", "zh": "清单 {list} 已授权。"},
    "destroyed": {"en": "The kits of list {list} are destroyed.", "zh": "清单 {list} 的药盒已销毁。"},
    "sent": {"en": "The kits of list {list} are sent.", "zh": "清单 {list} 的药盒已发出。"},
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
}  # fmt: skip
LISTS: tuple[Said, ...] = (
    {"en": "List", "zh": "清单"},
    {"en": "Way", "zh": "方式"},
    {"en": "To", "zh": "接收中心"},
    {"en": "State", "zh": "状态"},
    {"en": "Kits", "zh": "药盒数"},
    {"en": "Drawn up", "zh": "编制时间"},
    {"en": "Reason", "zh": "原因"},
    {"en": "Authorised by", "zh": "授权依据"},
)
KITS: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Type", "zh": "类型"},
    {"en": "Lot", "zh": "批号"},
    {"en": "Expiry", "zh": "有效期至"},
    {"en": "State", "zh": "状态"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Disposal", "zh": "处置"},
)
GIVEN: tuple[Said, ...] = (
    {"en": "Dose", "zh": "剂次"},
    {"en": "Subject", "zh": "受试者"},
    {"en": "Visit", "zh": "访视"},
    {"en": "Kit", "zh": "药盒"},
    {"en": "Handed over", "zh": "交接时间"},
)
reason_option = click.option("--because", required=True, help="Why; kept on record.")
list_argument = click.argument("list_id")


@click.group()
def disposal() -> None:
    """Record what comes back; waste, destroy, send back and transfer kits."""


# What comes back, waste, reserve samples


@disposal.command()
@at_desk
def given(desk: CommandDesk) -> None:
    """List the doses of which nobody has told what is left."""
    rows = queries.given(desk.pharmacy.reader)
    desk.table(
        GIVEN,
        [(r.dose_id, r.subject, r.visit, r.kit.kit_number, r.handed_over_at) for r in rows],
    )


@disposal.command()
@click.argument("dose")
@click.argument("remains", type=click.Choice([one.value for one in Remains]))
@click.option("--left-ml", type=Number(), default="0", help="Of a partly used bag, estimated.")
@click.option("--brought-by", required=True, help="Who brought or told it.")
@click.option("--remarks", default="")
@at_desk
def back(
    desk: CommandDesk, dose: str, remains: str, *, left_ml: Decimal, brought_by: str, remarks: str
) -> None:
    """Record what is left of an infused bag."""
    custody.take_back(
        *(desk.pharmacy, DoseId(dose), Remains(remains)),
        left_ml=left_ml,
        brought_by=brought_by,
        remarks=remarks,
    )
    desk.say(SAID["back"], dose=dose)


@disposal.command()
@click.argument("codes", nargs=-1, required=True)
@reason_option
@click.option("--witness", help="A second person, who signs too.")
@at_desk
def waste(desk: CommandDesk, codes: tuple[str, ...], *, because: str, witness: str | None) -> None:
    """Record that kits on the shelf are spoilt; signed, before a witness where there is one."""
    signers = [desk.own(), *([desk.credential(witness)] if witness else [])]
    leaving.waste(desk.pharmacy, codes, because, signers)
    desk.say(SAID["wasted"], kits=len(codes))


@disposal.command()
@click.argument("codes", nargs=-1, required=True)
@reason_option
@click.option("--reference", required=True, help="On whose written word.")
@at_desk
def reserve(desk: CommandDesk, codes: tuple[str, ...], *, because: str, reference: str) -> None:
    """Keep kits as reserve samples, signed."""
    leaving.keep_reserve(desk.pharmacy, codes, because, reference, desk.own())
    desk.say(SAID["reserved"], kits=len(codes))


# Lists


@disposal.command()
@at_desk
def waiting(desk: CommandDesk) -> None:
    """List the kits that wait to be disposed of and are on no list."""
    _show_kits(desk, queries.to_dispose(desk.pharmacy.reader, desk.pharmacy.now()))


@disposal.command()
@at_desk
def lists(desk: CommandDesk) -> None:
    """List every list, those that wait first."""
    desk.table(
        LISTS,
        [
            (
                found.list_id,
                f"way.{found.way}",
                found.to_site,
                f"disposal_list.{found.state}",
                found.kits,
                found.opened_at,
                found.because,
                found.reference,
            )
            for found in queries.lists(desk.pharmacy.reader)
        ],
    )


@disposal.command()
@list_argument
@at_desk
def show(desk: CommandDesk, list_id: str) -> None:
    """Show the kits of a list."""
    found = leaving.one_list(desk.pharmacy, DisposalId(list_id))
    _show_kits(desk, [one.kit for one in leaving.still_on(desk.pharmacy, found.list_id)])


@disposal.command("list")
@click.argument("way", type=click.Choice([one.value for one in Way]))
@click.argument("codes", nargs=-1, required=True)
@reason_option
@click.option("--to-site", default="", help="Where to, of a transfer.")
@at_desk
def draw_up(
    desk: CommandDesk, way: str, codes: tuple[str, ...], *, because: str, to_site: str
) -> None:
    """Draw up a list of kits that shall leave; none of them may be used from then on."""
    made = leaving.open_list(desk.pharmacy, Way(way), codes, because, to_site=to_site)
    desk.say(SAID["listed"], list=made, kits=leaving.one_list(desk.pharmacy, made).kits)


@disposal.command()
@list_argument
@click.argument("code")
@reason_option
@typed_option
@at_desk
def strike(desk: CommandDesk, list_id: str, code: str, *, because: str, typed: bool) -> None:
    """Take a kit off a list that was not done."""
    leaving.strike(desk.pharmacy, DisposalId(list_id), Scanned(code, typed), because)
    desk.say(SAID["struck"], kit=code, list=list_id)


@disposal.command()
@list_argument
@reason_option
@at_desk
def drop(desk: CommandDesk, list_id: str, *, because: str) -> None:
    """Give up a list; its kits are where they were."""
    leaving.drop(desk.pharmacy, DisposalId(list_id), because)
    desk.say(SAID["dropped"], list=list_id)


@disposal.command()
@list_argument
@click.option("--reference", default="", help="Letter or e-mail, with its date.")
@click.option(
    "--notice",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The sponsor's signed notice, in place of a reference.",
)
@at_desk
def authorise(desk: CommandDesk, list_id: str, *, reference: str, notice: Path | None) -> None:
    """Record the sponsor's authorisation of a list, signed."""
    asked, own = DisposalId(list_id), desk.own()
    if notice is None:
        leaving.authorise(desk.pharmacy, asked, reference, own)
    else:
        leaving.authorise_by_notice(desk.pharmacy, asked, notice.read_bytes(), own)
    desk.say(SAID["authorised"], list=list_id)


@disposal.command()
@list_argument
@click.option("--method", required=True, help="How.")
@click.option("--place", required=True, help="Where.")
@click.option("--witness", required=True, help="The second person, who signs too.")
@at_desk
def destroy(desk: CommandDesk, list_id: str, *, method: str, place: str, witness: str) -> None:
    """Record that the kits of a list were destroyed, before a witness."""
    signers = (desk.own(), desk.credential(witness))
    leaving.destroy(desk.pharmacy, DisposalId(list_id), method, place, signers)
    desk.say(SAID["destroyed"], list=list_id)


@disposal.command()
@list_argument
@click.option("--carrier", required=True, help="Who took it.")
@click.option("--shipper", required=True, help="The shipper's number.")
@at_desk
def send(desk: CommandDesk, list_id: str, *, carrier: str, shipper: str) -> None:
    """Record that the kits of a list left: to the sponsor, or to another site. Signed."""
    leaving.send(desk.pharmacy, DisposalId(list_id), carrier, shipper, desk.own())
    desk.say(SAID["sent"], list=list_id)


@disposal.command()
@list_argument
@click.option(
    "--to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder for the paper.",
)
@at_desk
def paper(desk: CommandDesk, list_id: str, *, to: Path) -> None:
    """Write the paper of a list that was done: its certificate, or what lies in the parcel. UNBLINDED."""
    made = list_papers.of_list(desk.pharmacy, DisposalId(list_id))
    printer = papers.folder_printer(to)
    outcome = papers.print_paper(desk.pharmacy, made, f"disposal/{list_id}", printer)
    desk.say(SAID["wrote"], file=outcome.job)


@disposal.command()
@list_argument
@click.option(
    "--to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder for the file.",
)
@at_desk
def advice(desk: CommandDesk, list_id: str, *, to: Path) -> None:
    """Write the file by which the other site expects the kits of a transfer; it tells no type."""
    name, content = leaving.transfer_advice(desk.pharmacy, DisposalId(list_id))
    write_replacing(to / name, content)
    desk.say(SAID["wrote"], file=str(to / name))


def _show_kits(desk: CommandDesk, kits: list[Kit]) -> None:
    desk.table(
        KITS,
        [
            (
                kit.kit_number,
                kit.kit_type,
                kit.lot,
                last_minute(kit.expiry),
                f"kit_state.{kit.state}",
                kit.dose_id,
                None if kit.disposal is Disposal.NONE else f"disposal.{kit.disposal}",
            )
            for kit in kits
        ],
    )
