"""``main.py demo``: play the whole main job on training data and keep everything it leaves."""

import os
from datetime import tzinfo
from importlib import import_module
from pathlib import Path

import click

from pharmacy_app.cli.main import language_of
from pharmacy_app.demo.desk import Desk, Met
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.performance import Audience, Camera, NoCamera, perform
from pharmacy_app.demo.summary import Summary
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.wording import Language, worded

MOMENTS: dict[str, dict[Language, str]] = {
    "receiving": {"en": "Shipment {subject} is being received", "zh": "正在接收货件 {subject}"},
    "stock": {
        "en": "Shipment {subject} received and put away; one kit damaged, one missing",
        "zh": "货件 {subject} 已接收并上架；一盒破损，一盒缺失",
    },
    "subjects": {
        "en": "Three subjects enrolled, their allocations opened",
        "zh": "三名受试者已入组，分配已打开",
    },
    "kit_proposed": {"en": "Dose {subject}: a kit is proposed", "zh": "剂次 {subject}：已选定药盒"},
    "kit_refused": {"en": "Dose {subject}: wrong kits refused", "zh": "剂次 {subject}：错误药盒均被拒绝"},
    "counting": {"en": "Dose {subject}: thawed, at the count", "zh": "剂次 {subject}：已复苏，正在计数"},
    "counted": {"en": "Dose {subject}: counted and calculated", "zh": "剂次 {subject}：已计数并计算"},
    "checking": {"en": "Dose {subject}: in its bag, waits for the check", "zh": "剂次 {subject}：已装袋，待复核"},
    "label_printed": {"en": "Dose {subject}: label printed", "zh": "剂次 {subject}：标签已打印"},
    "handed_over": {"en": "Dose {subject}: handed over", "zh": "剂次 {subject}：已交接"},
    "infused": {"en": "Dose {subject}: infused in part", "zh": "剂次 {subject}：部分输注"},
    "viability_failed": {"en": "Dose {subject}: viability failed", "zh": "剂次 {subject}：活率不合格"},
    "replaced": {"en": "Dose {subject}: the replacement was given", "zh": "剂次 {subject}：替代剂次已给药"},
    "quarantine": {"en": "Shipment {subject}: excursion, in quarantine", "zh": "货件 {subject}：超温，已隔离"},
    "decided": {"en": "Shipment {subject}: the sponsor decided", "zh": "货件 {subject}：申办方已作决定"},
    "today": {"en": "A week later", "zh": "一周后"},
    "bag_returned": {"en": "Dose {subject}: the bag came back", "zh": "剂次 {subject}：输液袋已退回"},
    "end": {"en": "Dose {subject}: given late, with a reason", "zh": "剂次 {subject}：超窗给药，已说明原因"},
}  # fmt: skip
PARTS: dict[str, dict[Language, str]] = {
    "site": {"en": "sponsor's package and site", "zh": "申办方数据包与中心建立"},
    "story": {"en": "main job", "zh": "主流程"},
    "screens": {"en": "screens", "zh": "界面截图"},
    "papers": {"en": "papers", "zh": "文件"},
    "labels": {"en": "labels", "zh": "标签"},
    "verify": {"en": "ledger verified and replayed", "zh": "记录核验与重放"},
    "decode": {"en": "labels decoded", "zh": "标签解码"},
}
SAID: dict[str, dict[Language, str]] = {
    "refused": {"en": "  refused [{rule}] {text}", "zh": "  已拒绝 [{rule}] {text}"},
    "part": {"en": "{seconds:7.2f} s  {part}", "zh": "{seconds:7.2f} 秒  {part}"},
    "ledger": {
        "en": "Ledger intact: {events} events, head {head}",
        "zh": "记录完好：{events} 个事件，链首 {head}",
    },
    "counts": {
        "en": "{doses} doses, {labels} labels decoded, {refusals} refusals, {papers} papers, "
        "{screens} screens in {out}",
        "zh": "{doses} 个剂次，{labels} 张标签已解码，{refusals} 项拒绝，{papers} 份文件，"
        "{screens} 张截图，保存于 {out}",
    },
}


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder that does not exist yet, or is empty.",
)
@click.option("--screens/--no-screens", default=True, help="Take pictures of every page.")
@click.pass_context
def demo(ctx: click.Context, out: Path, *, screens: bool) -> None:
    """Play the whole main job on training data and keep its papers.

    Leaves vault/, papers/, labels/, screens/, summary.json and TRAINING.json (passwords and codes
    of the training site), all of them or nothing. The story's clock is its own: it begins on
    2026-11-22 and ends weeks later, so a vault opened before asks for --clock-reason.
    """
    language = language_of(ctx)

    def moment(now: Moment, desk: Desk) -> None:
        when = desk.clock.now().astimezone(desk.pharmacy.zone)
        print(f"{when:%Y-%m-%d %H:%M}  {MOMENTS[now.name][language].format(subject=now.subject)}")

    def refused(met: Met, desk: Desk) -> None:
        _tell_refusal(met, language, desk.pharmacy.zone)

    audience = Audience(_camera if screens else _no_camera, moment, refused)
    _tell(perform(out, SystemClock(), audience), out, language)


def _camera(folder: Path) -> Camera:
    """Return the camera of the real windows, drawn without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    camera: Camera = import_module("pharmacy_app.ui.screens").Screens(folder)
    return camera


def _no_camera(_: Path) -> Camera:
    return NoCamera()


def _tell_refusal(met: Met, language: Language, zone: tzinfo) -> None:
    for reason in met.reasons:
        told = worded(reason, language, zone)
        text = " ".join(part for part in (told.rule, told.found) if part)
        print(SAID["refused"][language].format(rule=reason.rule, text=text))


def _tell(summary: Summary, out: Path, language: Language) -> None:
    for part, seconds in summary.seconds.items():
        print(SAID["part"][language].format(seconds=seconds, part=PARTS[part][language]))
    ledger = summary.ledger
    print(SAID["ledger"][language].format(events=ledger.events, head=ledger.head))
    print(
        SAID["counts"][language].format(
            doses=len(summary.doses),
            labels=len(summary.labels),
            refusals=len(summary.refusals),
            papers=len(summary.papers),
            screens=len(summary.screens),
            out=out,
        )
    )
