"""The preparation record of one dose: every field the same for every arm. UNBLINDED.

A record of a dose under way is printed with dashes where nothing is recorded yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from pharmacy_app.documents.paper import Column, Field, Sheet
from pharmacy_app.documents.reports import figures
from pharmacy_app.documents.reports.steps import step_words
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.events.dose import CheckSigned
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.domain.preparation import dose_inputs
from pharmacy_app.domain.trial import Text, Trial

_Thing = TypeVar("_Thing")
TITLE = Text(zh="给药剂次配制记录", en="Preparation record")
AS_IT_CAME = "不适用：按申办者灌装原样给药。 Does not apply: given as the sponsor filled it."
_METHODS = {"haemocytometer": "血细胞计数板 Haemocytometer", "counter": "细胞计数仪 Counter"}
_LABEL_STATES = {
    "reserved": "已编号 Reserved",
    "spooled": "已送打印 Spooled",
    "failed": "打印失败 Failed",
    "verified": "已回读 Scanned back",
    "void": "作废 Void",
}
_COUNTS = (
    Column("次", "No.", 0.6, "centre"),
    Column("读数人", "Read by", 2.4),
    Column("活细胞 L", "Live", 1, "right"),
    Column("死细胞 D", "Dead", 1, "right"),
    Column("大方格 n", "Squares", 1, "right"),
    Column("稀释倍数 DF", "Dilution factor", 1.2, "right"),
    Column("总浓度 /mL", "Total per mL", 1.5, "right"),
    Column("活率 %", "Viability", 1, "right"),
)
_CALCULATION = (
    Column("量", "Quantity", 2.6),
    Column("公式", "Formula", 3),
    Column("结果", "Result", 1.8, "right"),
    Column("未取整值", "Unrounded", 2.4, "right"),
)
_DRAWN = (
    Column("抽取", "Drawn", 2),
    Column("计算值", "Calculated", 2, "right"),
    Column("实际抽取", "Drawn up", 2, "right"),
    Column("判定", "Verdict", 2),
)
_CRITERIA = (
    Column("放行标准", "Release criterion", 3),
    Column("限值（含）", "Limit, inclusive", 2, "right"),
    Column("结果", "Found", 2, "right"),
    Column("判定", "Verdict", 2),
)
_MATERIALS = (
    Column("材料", "Material", 4),
    Column("批号", "Lot", 3),
    Column("有效期至", "Expiry", 2),
)
_LABELS = (
    Column("标签份号", "Copy", 0.8, "centre"),
    Column("标签内容", "Symbol", 6),
    Column("状态", "State", 2),
)
_LOG = (
    Column("账本号", "Ledger", 0.8, "right"),
    Column("时间", "Time", 2.1),
    Column("步骤", "Step", 3.4),
    Column("操作人", "By", 2.2),
    Column("补录原因", "Reason, if recorded later", 2.5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationRecord:
    """A dose as its events tell it, its target in cells; ``names`` are the printed names of everybody in it.

    ``deviations`` are sentences, empty if there was none.
    """

    standing: Standing
    dose: Dose
    trial: Trial
    target_cells: Decimal
    kit: Kit | None
    names: Mapping[PersonId, str]
    deviations: tuple[str, ...] = ()


def render(paper: PreparationRecord) -> bytes:
    """Return the record as PDF. Raises Refused as `Pen.finish` does."""
    sheet = unblinded_sheet(
        "preparation-record", TITLE, paper.standing, about=f"剂次 Dose {paper.dose.dose_id}"
    )
    _identity(sheet, paper)
    _storage_and_thaw(sheet, paper)
    _count(sheet, paper)
    _calculation(sheet, paper)
    _bag(sheet, paper)
    _release(sheet, paper)
    _ward(sheet, paper)
    _deviations(sheet, paper)
    _log(sheet, paper)
    signatures(sheet, paper.standing, _signed(paper))
    return sheet.finish()


def _identity(sheet: Sheet, paper: PreparationRecord) -> None:
    dose, kit, trial = paper.dose, paper.kit, paper.trial
    _, visit = trial.visit(dose.visit)
    kit_type = None if kit is None else trial.kit_type(kit.kit_type)
    rule = trial.dose
    sheet.section("1  剂次与药盒", "Dose and kit")
    sheet.fields(
        (
            Field("受试者", "Subject", dose.subject, strong=True),
            Field("访视", "Visit", f"{dose.visit} {visit.name.zh} {visit.name.en}", strong=True),
            Field("药盒号", "Kit No.", dose.kit, strong=True),
            Field("使用期限", "Use before", paper.standing.time(dose.use_before), strong=True),
            Field(
                "药盒类型",
                "Kit type",
                _of(kit_type, lambda it: f"{it.code} {it.name.zh} {it.name.en}"),
                span=2,
            ),
            Field("批号", "Lot", _of(kit, lambda it: it.lot)),
            Field("盲态批号", "Blinded lot", _of(kit, lambda it: it.blinded_lot)),
            Field(
                "药盒有效期至",
                "Kit expiry",
                _of(kit, lambda it: paper.standing.time(last_minute(it.expiry))),
            ),
            Field("目标细胞数", "Target", f"{figures.cells(paper.target_cells)} ({rule.basis})"),
            Field("最终体积", "Final volume", f"{figures.plain(rule.final_volume_ml)} mL"),
            Field("替代剂次", "Replaces dose", dose.opened.replaces),
            Field("方案版本", "Protocol version", f"{trial.protocol} v{trial.version}"),
            *_weighed(dose),
            Field("超窗原因", "Reason if outside the window", dose.opened.outside or None, span=4),
        )
    )


def _weighed(dose: Dose) -> tuple[Field, ...]:
    """Return the subject's weight at this dose, where the trial doses by weight."""
    prescribed = dose.prescribed
    if prescribed is None or prescribed.weight_kg is None:
        return ()
    return (Field("体重", "Body weight", f"{figures.plain(prescribed.weight_kg)} kg"),)


def _storage_and_thaw(sheet: Sheet, paper: PreparationRecord) -> None:
    dose, time = paper.dose, paper.standing.time
    looks = {a.code: a.name for a in paper.trial.release.appearances}
    found = None if dose.appearance is None else looks.get(dose.appearance.finding)
    sheet.section("2  离库与复苏", "Out of storage and thaw")
    sheet.fields(
        (
            Field("储存位", "Position", _of(dose.assigned, lambda it: it.position)),
            Field("离库时间", "Out of storage at", time(dose.taken_out_at)),
            *(_thawed(paper) if dose.frozen else ()),
            Field("外观", "Appearance", _of(found, lambda it: f"{it.zh} {it.en}"), span=2),
            Field(
                "外观备注",
                "Remarks on appearance",
                (_of(dose.appearance, lambda it: it.remarks)) or None,
                span=4,
            ),
        )
    )


def _thawed(paper: PreparationRecord) -> tuple[Field, ...]:
    dose, time = paper.dose, paper.standing.time
    return (
        Field("水浴", "Bath", _of(dose.thaw, lambda it: it.bath)),
        Field("水浴温度", "Bath temperature", _of(dose.thaw, lambda it: f"{it.bath_c:f} ℃")),
        Field("复苏开始", "Thaw started", time(dose.thaw_started_at)),
        Field("复苏结束", "Thaw ended", time(dose.thaw_ended_at)),
    )


def _count(sheet: Sheet, paper: PreparationRecord) -> None:
    dose = paper.dose
    begun, counted = dose.counting, dose.counted
    sheet.section("3  细胞计数", "Cell count")
    if not dose.counted_here:
        sheet.note(AS_IT_CAME, size=8)
        return
    sheet.fields(
        (
            Field("方法", "Method", _of(begun, lambda it: _METHODS.get(it.method, it.method))),
            Field("仪器", "Instrument", _of(begun, lambda it: it.instrument)),
            Field(
                "校准到期", "Calibration due", _of(begun, lambda it: it.calibration_due.isoformat())
            ),
            Field(
                "悬液 / 取样体积",
                "Suspension / sample",
                _of(
                    counted,
                    lambda it: (
                        f"{figures.plain(it.suspension_ml)} / {figures.plain(it.sample_ml)} mL"
                    ),
                ),
            ),
        )
    )
    rows: list[figures.Row] = []
    if counted is not None:
        rows += figures.reading_rows(_name(paper, dose.counted_by), counted.readings)
    for recorded in dose.record:
        if isinstance(recorded.event, CheckSigned):
            checker = recorded.signatures[-1].signer if recorded.signatures else recorded.actor
            rows += figures.reading_rows(_name(paper, checker), recorded.event.readings)
    if dose.verified_later is not None:
        rows += figures.reading_rows("事后复核 Verified later", dose.verified_later.readings)
    sheet.table(_COUNTS, rows)


def _calculation(sheet: Sheet, paper: PreparationRecord) -> None:
    dose, counted = paper.dose, paper.dose.counted
    formula = "" if counted is None else f"  {counted.result.formula}"
    sheet.section("4  计算与抽取", f"Calculation and volumes drawn{formula}")
    if not dose.counted_here:
        sheet.note(AS_IT_CAME, size=8)
        return
    if counted is None:
        sheet.table(_CALCULATION, ())
        return
    inputs = dose_inputs(paper.trial, paper.target_cells, counted.suspension_ml, counted.sample_ml)
    sheet.table(_CALCULATION, figures.calculation_rows(counted.result, inputs))
    sheet.space(4)
    sheet.table(
        _DRAWN,
        figures.drawn_rows(counted.result, dose.drawn),
    )
    sheet.section("5  放行标准", "Release criteria")
    sheet.table(_CRITERIA, figures.release_rows(counted.result, inputs))


def _bag(sheet: Sheet, paper: PreparationRecord) -> None:
    dose, time = paper.dose, paper.standing.time
    materials = () if dose.diluted is None else dose.diluted.materials
    covered = dose.covered
    sheet.section("6  稀释、遮光与封签", "Dilution, cover and seal")
    sheet.table(_MATERIALS, [(m.name, m.lot, m.expiry.isoformat()) for m in materials])
    sheet.fields(
        (
            Field(
                "最终体积",
                "Final volume",
                _of(dose.diluted, lambda it: f"{figures.plain(it.final_volume_ml)} mL"),
            ),
            Field("稀释结束", "Diluted at", time(dose.diluted_at)),
            Field("遮光与封签号", "Cover on, seal No.", _of(covered, lambda it: it.seal_number)),
            Field(
                "留样编号", "Retained sample", (_of(covered, lambda it: it.retained_sample)) or None
            ),
        )
    )


def _release(sheet: Sheet, paper: PreparationRecord) -> None:
    dose = paper.dose
    checked = "已复核 Checked" if dose.checked else None
    sheet.section("7  复核与标签", "Check and labels")
    sheet.fields(
        (
            Field("独立复核", "Independent check", checked, span=2),
            Field("待复核至", "To be verified by", paper.standing.time(dose.verify_by), span=2),
        )
    )
    sheet.table(
        _LABELS,
        [(str(c.copy), c.symbol, _LABEL_STATES.get(c.state, c.state)) for c in dose.labels],
    )


def _ward(sheet: Sheet, paper: PreparationRecord) -> None:
    dose, time = paper.dose, paper.standing.time
    handed, infusion, returned = dose.handed_over, dose.infusion, dose.returned
    sheet.section("8  交接、输注与退回", "Hand-over, infusion, return")
    sheet.fields(
        (
            Field("交接时间", "Handed over at", time(dose.handed_over_at)),
            Field(
                "接收人", "Receiver", _of(handed, lambda it: f"{it.receiver} ({it.receiver_role})")
            ),
            Field("输注开始", "Infusion started", _of(infusion, lambda it: time(it.started_at))),
            Field("输注结束", "Infusion stopped", _of(infusion, lambda it: time(it.ended_at))),
            Field(
                "未输注体积",
                "Not infused",
                _of(infusion, lambda it: f"{figures.plain(it.not_infused_ml)} mL"),
            ),
            Field("报告人", "Reported by", _of(infusion, lambda it: it.reported_by)),
            Field("退回人", "Bag returned by", _of(returned, lambda it: it.returned_by)),
            Field("退回原因", "Reason for return", _of(returned, lambda it: it.because)),
        )
    )


def _deviations(sheet: Sheet, paper: PreparationRecord) -> None:
    stopped = paper.dose.stopped
    sheet.section("9  偏差与终止", "Deviations and stop")
    lines = list(paper.deviations)
    wrong = paper.dose.wrong_kit
    if wrong is not None:
        lines.append(f"实际给药药盒 Kit actually given: {wrong.given}. {wrong.because}")
    if stopped is not None:
        lines.append(f"终止 Stopped: {', '.join(stopped.rules)} {stopped.remarks}".strip())
    for line in lines or ["无 None"]:
        sheet.note(line, size=8)


def _log(sheet: Sheet, paper: PreparationRecord) -> None:
    sheet.section("10  步骤记录", "Steps as recorded")
    sheet.table(
        _LOG,
        [
            (
                str(recorded.seq),
                paper.standing.time(recorded.occurred_at),
                step_words(str(recorded.event.__struct_config__.tag)),
                _name(paper, recorded.actor),
                recorded.reason or None,
            )
            for recorded in paper.dose.record
        ],
    )


def _signed(paper: PreparationRecord) -> list[Signed]:
    return [
        Signed(
            printed_name=signature.printed_name,
            meaning=signature.meaning,
            signed_at=signature.signed_at,
        )
        for recorded in paper.dose.record
        for signature in recorded.signatures
    ]


def _of(thing: _Thing | None, say: Callable[[_Thing], str | None]) -> str | None:
    """Return what is to be said of a thing, or None where it is not recorded or empty."""
    return None if thing is None else say(thing) or None


def _name(paper: PreparationRecord, person: PersonId | None) -> str:
    return "" if person is None else paper.names.get(person, person)
