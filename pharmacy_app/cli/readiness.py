"""``main.py readiness``: the visits to come against stock, the forecast, the promise to the ward."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from pharmacy_app.cli.desk import CommandDesk, Day, Number, Said, at_desk
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.domain.depletion import SourceForecast
from pharmacy_app.domain.events.readiness import PRINTED, Cover
from pharmacy_app.domain.forecast import Forecast
from pharmacy_app.domain.readiness import Source
from pharmacy_app.domain.refusal import Fact
from pharmacy_app.workflows import forecast as forecasting
from pharmacy_app.workflows import papers, promise
from pharmacy_app.workflows import readiness as ahead

DEFAULT = Assumptions()
WEEKS_TOLD = (1, 2, 4, 8, 13, 26)
COMMON: Said = {"en": "common", "zh": "公用"}

SAID: dict[str, Said] = {
    "undrawn": {
        "en": "{visits} visits of subjects whose allocation is not open yet are not counted.",
        "zh": "另有 {visits} 次访视的受试者尚未打开分配，未计入。",
    },
    "way": {
        "en": "{kit_type}, {pool}: {quarantined} in quarantine, {expired} expired, {unstowed} not put away,"
        " {expected} on their way.",
        "zh": "{kit_type}，{pool}：隔离 {quarantined}，过期 {expired}，未上架 {unstowed}，在途 {expected}。",
    },
    "assumed": {
        "en": "{rate} subjects a month; {runs} runs, seed {seed}.",
        "zh": "每月 {rate} 名受试者；模拟 {runs} 次，种子 {seed}。",
    },
    "source": {
        "en": "{kit_type}, {pool}: {have} usable.",
        "zh": "{kit_type}，{pool}：可用 {have} 盒。",
    },
    "reorder": {
        "en": "Order when {reorder_at} are left ({on}); wasted by expiry: {wasted}.",
        "zh": "剩 {reorder_at} 盒时订货（{on}）；预计过期浪费：{wasted}。",
    },
    "short": {
        "en": "Runs short by {on}, in 5 of 100 runs.",
        "zh": "至 {on} 有 5% 的可能缺货。",
    },
    "enough": {
        "en": "Does not run short within {weeks} weeks.",
        "zh": "{weeks} 周内不缺货。",
    },
    "wrote": {"en": "Wrote {file}", "zh": "已写出 {file}"},
    "promised": {
        "en": "Promised up to {until}: {covers}.",
        "zh": "已承诺至 {until}：{covers}。",
    },
    "nothing": {
        "en": "Nothing can be promised: of one kind of kit there are too few.",
        "zh": "无法承诺：有一种药盒数量不足。",
    },
    "withdrawn": {"en": "The promise is withdrawn.", "zh": "承诺已撤回。"},
    "cover": {"en": "{doses} doses ({pool} pool)", "zh": "{doses} 剂（{pool}池）"},
    "none": {"en": "No promise is in force.", "zh": "目前没有有效的承诺。"},
    "broken": {
        "en": "UNBLINDED: stock no longer bears out the promise ({pools}). Restock or withdraw it.",
        "zh": "非盲：库存已不足以兑现承诺（{pools}）。请补货或撤回。",
    },
    "one_more": {
        "en": "Ready for one more subject: {answer}.",
        "zh": "可再入组一名受试者：{answer}。",
    },
}
YES_NO: dict[bool, Said] = {True: {"en": "yes", "zh": "是"}, False: {"en": "no", "zh": "否"}}
NEEDS: tuple[Said, ...] = (
    {"en": "Day", "zh": "日期"},
    {"en": "Stage", "zh": "阶段"},
    {"en": "Arm", "zh": "组别"},
    {"en": "Type", "zh": "类型"},
    {"en": "Pool", "zh": "库存池"},
    {"en": "Need", "zh": "需要"},
    {"en": "Have", "zh": "可用"},
    {"en": "Short", "zh": "缺"},
)
WEEKS: tuple[Said, ...] = (
    {"en": "Up to", "zh": "截至"},
    {"en": "Demand", "zh": "需求"},
    {"en": "80 %", "zh": "80 %"},
    {"en": "95 %", "zh": "95 %"},
    {"en": "In date", "zh": "效期内"},
    {"en": "Left", "zh": "剩余"},
    {"en": "Short, %", "zh": "缺货，%"},
)
VISITS: tuple[Said, ...] = (
    {"en": "Day", "zh": "日期"},
    {"en": "Visits", "zh": "访视"},
    {"en": "Ready", "zh": "备妥"},
)
to_option = click.option(
    "--to",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Print it as a PDF into this folder instead.",
)


@click.group()
def readiness() -> None:
    """Hold stock against the visits to come; forecast the demand; promise the ward."""


@readiness.command()
@click.option("--days", type=click.IntRange(1, 182), default=ahead.DAYS_AHEAD, show_default=True)
@at_desk
def show(desk: CommandDesk, days: int) -> None:
    """Show the days with visits: what each arm needs and what is there. UNBLINDED."""
    told = ahead.next_days(desk.pharmacy, days)
    desk.table(
        NEEDS,
        [
            (
                day.day,
                line.line.stage,
                line.line.arm,
                source.source.kit_type,
                _pool(desk, source.source.pool),
                line.need,
                source.have,
                source.short or None,
            )
            for day in told
            for source in day.sources
            for line in source.lines
            if line.need
        ],
    )
    undrawn = sum(day.undrawn for day in told)
    if undrawn:
        desk.say(SAID["undrawn"], visits=undrawn)
    for one in told[0].sources:
        _say_source(desk, one.source, "way", **ahead.in_the_way(desk.pharmacy, one.source))


@readiness.command()
@click.option("--per-month", type=Number(), help="Subjects a month; else as the site saw it.")
@click.option("--mortality", type=int, default=DEFAULT.mortality_pct, show_default=True)
@click.option("--dropout", type=int, default=DEFAULT.dropout_pct, show_default=True)
@click.option("--replaced", type=int, default=DEFAULT.replaced_pct, show_default=True)
@click.option("--entering", type=int, default=DEFAULT.entering_pct, show_default=True)
@click.option("--lead-days", type=int, default=DEFAULT.lead_days, show_default=True)
@click.option("--weeks", type=int, default=DEFAULT.weeks, show_default=True)
@click.option("--runs", type=int, default=DEFAULT.runs, show_default=True)
@click.option("--seed", type=int, help="To play a forecast again.")
@to_option
@at_desk
def forecast(desk: CommandDesk, **given: Decimal | int | Path | None) -> None:
    """Forecast the demand by simulation. UNBLINDED. Shares are whole percentages.

    Deaths and drop-outs are within 28 days; --replaced are kits that fail at the bench, --entering
    subjects who consent to a later stage.
    """
    seed, to = given.pop("seed"), given.pop("to")
    assumed = _assumed(**given)
    seed = forecasting.new_seed(desk.pharmacy) if seed is None else seed
    told = forecasting.forecast(desk.pharmacy, assumed, int(str(seed)))
    if isinstance(to, Path):
        _print(desk, forecasting.report(desk.pharmacy, told), to)
        return
    rate = _one_decimal(told.rate_per_month)
    desk.say(SAID["assumed"], rate=rate, runs=assumed.runs, seed=told.seed)
    for source in told.forecast.sources:
        _tell_source(desk, told.forecast, source)


def _assumed(**given: Decimal | int | Path | None) -> Assumptions:
    names = {"mortality", "dropout", "replaced", "entering"}
    named = {f"{name}_pct" if name in names else name: value for name, value in given.items()}
    return Assumptions(**named)  # type: ignore[arg-type]  # click has checked each kind


def _tell_source(desk: CommandDesk, told: Forecast, one: SourceForecast) -> None:
    _say_source(desk, one.source, "source", have=one.have)
    weeks = [week for week in one.weeks if week.week in WEEKS_TOLD or week is one.weeks[-1]]
    desk.table(
        WEEKS,
        [
            (
                told.day(week.week),
                week.demand.median,
                f"{week.demand.low80}–{week.demand.high80}",
                f"{week.demand.low95}–{week.demand.high95}",
                week.in_date,
                week.left,
                _one_decimal(week.short * 100),
            )
            for week in weeks
        ],
    )
    when = None if one.reorder_week is None else told.day(one.reorder_week)
    wasted = _one_decimal(one.wasted)
    desk.say(SAID["reorder"], reorder_at=one.reorder_at, on=when, wasted=wasted)
    if one.short_week is None:
        desk.say(SAID["enough"], weeks=len(one.weeks))
    else:
        desk.say(SAID["short"], on=told.day(one.short_week))


@readiness.command("promise")
@click.option(
    "--until", type=Day(), help="A Sunday, at most four weeks ahead; else the next but one."
)
@click.option("--doses", multiple=True, help="POOL=NUMBER, or NUMBER for the common pool.")
@at_desk
def make_promise(desk: CommandDesk, until: date | None, doses: tuple[str, ...]) -> None:
    """Promise the ward doses whichever arm a subject is in, signed; else the most that can be."""
    last = until or promise.week_ends(desk.pharmacy)[1]
    covers = [_cover(text) for text in doses] or promise.proposed(desk.pharmacy, last)
    if not covers:
        desk.say(SAID["nothing"])
    promise.make(desk.pharmacy, last, covers, desk.own())
    desk.say(SAID["promised"], until=last, covers=_covers(desk, covers))


def _cover(text: str) -> Cover:
    pool, _, number = text.rpartition("=")
    if not (number.isascii() and number.isdigit()):
        raise click.BadParameter(ascii(text), param_hint="--doses")
    return Cover(pool=pool.strip(), doses=int(number[:9]))


@readiness.command("withdraw")
@click.option("--because", required=True, help="Why; stays in the pharmacy.")
@at_desk
def withdraw_promise(desk: CommandDesk, because: str) -> None:
    """Withdraw the promise to the ward, signed."""
    promise.withdraw(desk.pharmacy, because, desk.own())
    desk.say(SAID["withdrawn"])


@readiness.command("standing")
@at_desk
def promise_standing(desk: CommandDesk) -> None:
    """Show the promise and whether stock still bears it out. UNBLINDED."""
    found = promise.standing(desk.pharmacy)
    if found is None:
        desk.say(SAID["none"])
        return
    covers = _covers(desk, found.promised.covers)
    desk.say(SAID["promised"], until=found.promised.until, covers=covers)
    if found.broken:
        pools = ", ".join(_pool(desk, pool) for pool in found.broken)
        desk.say(SAID["broken"], pools=pools)


@readiness.command()
@to_option
@at_desk
def ward(desk: CommandDesk, to: Path | None) -> None:
    """Show or print what ward and coordinator are told. BLINDED."""
    if to is not None:
        _print(desk, promise.paper(desk.pharmacy), to)
        return
    told = promise.blinded(desk.pharmacy)
    rows = [(day.day, day.visits, YES_NO[day.ready][desk.language]) for day in told.days]
    desk.table(VISITS, rows)
    desk.say(SAID["one_more"], answer=YES_NO[told.one_more][desk.language])


def _print(desk: CommandDesk, paper: Paper, to: Path) -> None:
    printer = papers.folder_printer(to)
    outcome = papers.print_paper(desk.pharmacy, paper, PRINTED, printer)
    desk.say(SAID["wrote"], file=outcome.job)


def _say_source(desk: CommandDesk, source: Source, what: str, **facts: Fact) -> None:
    pool = _pool(desk, source.pool)
    desk.say(SAID[what], kit_type=source.kit_type, pool=pool, **facts)


def _pool(desk: CommandDesk, pool: str) -> str:
    return pool or COMMON[desk.language]


def _covers(desk: CommandDesk, covers: Sequence[Cover]) -> str:
    cover = SAID["cover"][desk.language]
    return "; ".join(cover.format(doses=one.doses, pool=_pool(desk, one.pool)) for one in covers)


def _one_decimal(value: Fraction) -> Decimal:
    """Return a fraction to one decimal, for the eye."""
    return Decimal(round(value * 10)) / 10
