"""``main.py count``: stock counts, blind until they are closed; differences, resolved one by one."""

from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk, typed_option
from pharmacy_app.domain.counting import OUTCOMES, SCANNING, CountState
from pharmacy_app.domain.events.counting import Outcome, RootCause
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded.counts import Count
from pharmacy_app.workflows import count_differences, counting
from pharmacy_app.workflows.count_differences import Resolution
from pharmacy_app.workflows.papers import folder_printer, print_paper
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.stock_count import stock_count

SAID: dict[str, Said] = {
    "opened": {
        "en": "Count {count} is open: {boxes} boxes. Begin the first one.",
        "zh": "盘点 {count} 已开始，共 {boxes} 个盒。请打开第一个盒。",
    },
    "begun": {"en": "Box {box} is open. Scan its kits.", "zh": "盒 {box} 已打开，请扫描其中药盒。"},
    "scanned": {"en": "{kit}: {said}.", "zh": "{kit}：{said}。"},
    "back": {"en": "The scan of {kit} is taken back.", "zh": "已撤回对 {kit} 的扫描。"},
    "finished": {
        "en": "The box is done. {left} boxes left.",
        "zh": "该盒已完成，剩余 {left} 个盒。",
    },
    "done": {
        "en": "Count {count} is done: no difference.",
        "zh": "盘点 {count} 已完成：没有差异。",
    },
    "recount": {
        "en": "Another person counts again, blind: {boxes}.",
        "zh": "请由另一人盲法复盘：{boxes}。",
    },
    "stand": {
        "en": "Differences that stand: {number}. Resolve each, then sign the count off.",
        "zh": "共 {number} 项差异待处理。请逐项处理后签署盘点。",
    },
    "resolved": {"en": "{kit}: {outcome}.", "zh": "{kit}：{outcome}。"},
    "signed": {"en": "Count {count} is signed off.", "zh": "盘点 {count} 已签署。"},
    "abandoned": {"en": "Count {count} is abandoned.", "zh": "盘点 {count} 已放弃。"},
    "everything": {"en": "everything", "zh": "全部"},
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
    "never": {"en": "No count yet.", "zh": "尚未盘点。"},
}
COUNTS: tuple[Said, ...] = (
    {"en": "Count", "zh": "盘点"},
    {"en": "Scope", "zh": "范围"},
    {"en": "State", "zh": "状态"},
    {"en": "Round", "zh": "轮次"},
    {"en": "Opened", "zh": "开始"},
    {"en": "Closed", "zh": "结束"},
)
BOXES: tuple[Said, ...] = (
    {"en": "Box", "zh": "盒"},
    {"en": "Counted by", "zh": "盘点人"},
    {"en": "Begun", "zh": "开始"},
    {"en": "Done", "zh": "完成"},
)
DIFFERENCES: tuple[Said, ...] = (
    {"en": "Kit", "zh": "药盒"},
    {"en": "Difference", "zh": "差异"},
    {"en": "Recorded", "zh": "登记位置"},
    {"en": "Found", "zh": "实际位置"},
    {"en": "Resolved as", "zh": "处理"},
    {"en": "Root cause", "zh": "根本原因"},
)


@click.group()
def count() -> None:
    """Count what lies in storage, blind, and resolve what differs."""


@count.command("list")
@at_desk
def list_counts(desk: CommandDesk) -> None:
    """List the counts, newest first."""
    desk.table(
        COUNTS,
        [
            (
                one.count_id,
                one.scope or SAID["everything"][desk.language],
                f"count_state.{one.state}",
                one.round,
                one.opened_at,
                one.closed_at,
            )
            for one in queries.counts(desk.pharmacy.reader)
        ],
    )


@count.command("open")
@click.argument("scope", default="")
@at_desk
def open_(desk: CommandDesk, scope: str) -> None:
    """Begin to count a unit, a rack or a box (T1, T1-R1, T1-R1-B01), or without SCOPE everything."""
    opened = counting.open_count(desk.pharmacy, scope)
    boxes = queries.boxes(desk.pharmacy.reader, opened.count_id, 1)
    desk.say(SAID["opened"], count=opened.count_id, boxes=len(boxes))


@count.command()
@click.argument("count_id", default="")
@at_desk
def show(desk: CommandDesk, count_id: str) -> None:
    """Show the boxes of a count; once it is closed, its differences."""
    chosen = _chosen(desk, count_id)
    lines = queries.boxes(desk.pharmacy.reader, chosen.count_id, chosen.round)
    desk.table(BOXES, [(one.box, one.counted_by, one.begun_at, one.done_at) for one in lines])
    if chosen.state not in SCANNING:
        _tell_differences(desk, chosen)


@count.command()
@click.argument("box")
@click.argument("codes", nargs=-1)
@click.option("--at", "position", default="", help="Where in the box, for a single CODE.")
@typed_option
@at_desk
def scan(
    desk: CommandDesk, box: str, codes: tuple[str, ...], position: str, *, typed: bool
) -> None:
    """Open BOX (or go on with it) and record that each scanned kit lies in it."""
    if position and len(codes) != 1:
        raise click.UsageError("--at: CODE")
    chosen = _chosen(desk, "")
    line = counting.begun_box(desk.pharmacy, chosen)
    if line is None or line.box != box.strip().upper():
        counting.begin_box(desk.pharmacy, chosen.count_id, box)
        desk.say(SAID["begun"], box=box)
    for code in codes:
        answer = counting.scan(desk.pharmacy, chosen.count_id, Scanned(code, typed), position)
        desk.say(SAID["scanned"], kit=answer.kit_number, said=f"count_answer.{answer.said}")


@count.command()
@click.argument("code")
@typed_option
@at_desk
def withdraw(desk: CommandDesk, code: str, *, typed: bool) -> None:
    """Take back a scan in the box that is open."""
    counting.withdraw(desk.pharmacy, _chosen(desk, "").count_id, Scanned(code, typed))
    desk.say(SAID["back"], kit=code)


@count.command()
@at_desk
def finish(desk: CommandDesk) -> None:
    """Say that everything in the open box was scanned."""
    chosen = _chosen(desk, "")
    counting.finish_box(desk.pharmacy, chosen.count_id)
    lines = queries.boxes(desk.pharmacy.reader, chosen.count_id, chosen.round)
    desk.say(SAID["finished"], left=sum(line.done_at is None for line in lines))


@count.command()
@at_desk
def close(desk: CommandDesk) -> None:
    """Compare what was scanned with the record, signed."""
    chosen = _chosen(desk, "")
    closed = counting.close(desk.pharmacy, chosen.count_id, desk.own())
    number = len(closed.differences)
    if closed.recount:
        desk.say(SAID["recount"], boxes=", ".join(closed.recount))
    elif number:
        desk.say(SAID["stand"], number=number)
        _tell_differences(desk, counting.known(desk.pharmacy, chosen.count_id))
    else:
        desk.say(SAID["done"], count=chosen.count_id)


@count.command()
@click.argument("kit")
@click.option("--as", "outcome", type=click.Choice([one.value for one in Outcome]))
@click.option("--cause", type=click.Choice([one.value for one in RootCause]), required=True)
@click.option("--remarks", default="", help="What was found out; needed for another cause.")
@click.option("--at", "position", default="", help="The position in which it lies now.")
@click.option("--minutes-out", type=click.IntRange(0), help="Time out of storage, if known.")
@at_desk
def resolve(
    desk: CommandDesk,
    kit: str,
    *,
    outcome: str | None,
    cause: str,
    remarks: str,
    position: str,
    minutes_out: int | None,
) -> None:
    """Resolve the difference about KIT in one act, signed; without --as in the usual way."""
    chosen = _chosen(desk, "")
    done = Outcome(outcome) if outcome else _usual(desk, chosen, kit)
    count_differences.resolve(
        desk.pharmacy,
        chosen.count_id,
        kit,
        Resolution(done, RootCause(cause), remarks, position, minutes_out),
        desk.own(),
    )
    desk.say(SAID["resolved"], kit=kit, outcome=f"count_outcome.{done}")


@count.command("sign-off")
@at_desk
def sign_off(desk: CommandDesk) -> None:
    """Sign that every difference is resolved."""
    chosen = _chosen(desk, "")
    counting.sign_off(desk.pharmacy, chosen.count_id, desk.own())
    desk.say(SAID["signed"], count=chosen.count_id)


@count.command()
@click.option("--because", required=True, help="Why the count has no result.")
@at_desk
def abandon(desk: CommandDesk, because: str) -> None:
    """End the open count without a result, signed."""
    chosen = _chosen(desk, "")
    counting.abandon(desk.pharmacy, chosen.count_id, because, desk.own())
    desk.say(SAID["abandoned"], count=chosen.count_id)


@count.command()
@click.argument("count_id", default="")
@click.option(
    "--to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder to print it into as a PDF.",
)
@at_desk
def sheet(desk: CommandDesk, count_id: str, to: Path) -> None:
    """Print the stock-count sheet of a closed count. UNBLINDED."""
    chosen = _chosen(desk, count_id)
    paper = stock_count(desk.pharmacy, chosen.count_id)
    printed = print_paper(desk.pharmacy, paper, f"count/{chosen.count_id}", folder_printer(to))
    desk.say(SAID["wrote"], file=printed.job)


def _chosen(desk: CommandDesk, count_id: str) -> Count:
    """Return the count that is named, else the open one, else the newest."""
    if count_id:
        return counting.known(desk.pharmacy, count_id)
    found = queries.open_count(desk.pharmacy.reader)
    every = [found] if found is not None else queries.counts(desk.pharmacy.reader)
    if not every:
        raise Refused([violation("count.unknown", SAID["never"][desk.language])])
    return every[0]


def _usual(desk: CommandDesk, chosen: Count, kit: str) -> Outcome:
    for line in queries.differences(desk.pharmacy.reader, chosen.count_id):
        if line.difference.kit_number == kit.strip().upper():
            return OUTCOMES[line.difference.kind][0]
    raise Refused([violation("count.no_difference", kit, count=chosen.count_id)])


def _tell_differences(desk: CommandDesk, chosen: Count) -> None:
    if chosen.state is CountState.ABANDONED:
        return
    desk.table(
        DIFFERENCES,
        [
            (
                line.difference.kit_number,
                f"difference.{line.difference.kind}",
                line.difference.recorded,
                ", ".join(line.difference.found),
                None if line.outcome is None else f"count_outcome.{line.outcome}",
                None if line.cause is None else f"root_cause.{line.cause}",
            )
            for line in queries.differences(desk.pharmacy.reader, chosen.count_id)
        ],
    )
