"""``main.py bench``: the program measured against bare baselines, as ratios."""

import gc
import time
from pathlib import Path
from unicodedata import east_asian_width

import click
import msgspec

from pharmacy_app.bench.everything import Tools, measure
from pharmacy_app.bench.figure import Figure
from pharmacy_app.bench.lists import MANY
from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import language_of
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import Language

NAMES = {
    "start": {"en": "start to sign-in / bare form", "zh": "启动至登录页 / 最简表单窗口"},
    "start_empty": {"en": "start to sign-in / empty window", "zh": "启动至登录页 / 空窗口"},
    "scan_growth": {"en": "scan answered, 100,000 / 1,000 kits", "zh": "扫码判定，10 万盒 / 1 千盒"},
    "scan_frame": {"en": "scan answered, 100,000 kits / frame", "zh": "扫码判定，10 万盒 / 屏幕一帧"},
    "signed_act": {"en": "signed act / bare transaction", "zh": "签名操作 / 直接写库"},
    "key_derivation": {"en": "password to key, at a real site", "zh": "密码派生密钥（正式中心）"},
    "million_wrong_codes": {"en": "a million wrong codes / bare derivations", "zh": "试一百万个错误代码 / 直接派生"},
    "logger_file": {"en": "logger file, 100,000 lines / bare loop", "zh": "温度文件 10 万行 / 直接转换"},
    "label_pdf": {"en": "label PDF / bare canvas", "zh": "标签 PDF / 直接绘制"},
    "forecast": {"en": "forecast, 1,000 runs / bare Poisson draws", "zh": "需求预测千次 / 直接泊松抽样"},
    "list_opened": {"en": "list opened, all kits / 1,000", "zh": "打开列表，全部 / 1 千盒"},
    "list_sorted": {"en": "list sorted, all kits / 1,000", "zh": "列表排序，全部 / 1 千盒"},
    "list_numbered": {"en": "list by number, all kits / 1,000", "zh": "列表按盒号排序，全部 / 1 千盒"},
    "list_filtered": {"en": "list filtered, all kits / 1,000", "zh": "列表筛选，全部 / 1 千盒"},
    "list_searched": {"en": "list searched, all kits / 1,000", "zh": "列表搜索，全部 / 1 千盒"},
    "list_end": {"en": "list at its end, all kits / 1,000", "zh": "跳至列表末尾，全部 / 1 千盒"},
    "list_middle": {"en": "list in its middle, all kits / 1,000", "zh": "跳至列表中部，全部 / 1 千盒"},
    "look_back_lot": {"en": "look-back from a lot, all / 1,000 kits", "zh": "批次追溯，全部 / 1 千盒"},
    "look_back_shipment": {"en": "… from a shipment, all / 1,000 kits", "zh": "运输追溯，全部 / 1 千盒"},
    "look_back_unit": {"en": "… from a unit's day, all / 1,000 kits", "zh": "设备当日追溯，全部 / 1 千盒"},
    "look_back_time": {"en": "… from a day, all / 1,000 kits", "zh": "当日追溯，全部 / 1 千盒"},
    "look_back_month": {"en": "… from a month, all / 1,000 kits", "zh": "当月追溯，全部 / 1 千盒"},
    "verification": {"en": "ledger proof / bare hashes", "zh": "记录核验 / 直接哈希与验签"},
    "verification_with_replay": {"en": "… with replay / bare hashes", "zh": "……含重放 / 直接哈希与验签"},
}  # fmt: skip
NAME_WIDE, NUMBER_WIDE = 40, 9
HEADS = {
    "en": ("figure", "ours", "bare", "unit", "ratio", "goal", "pairs", ""),
    "zh": ("指标", "本程序", "基线", "单位", "比值", "目标", "对数", ""),
}
VERDICTS = {
    "en": {True: "met", False: "MISSED", None: ""},
    "zh": {True: "达到", False: "未达到", None: ""},
}


@click.command()
@click.option(
    "--json",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the figures to this file.",
)
@click.option(
    "--repeats",
    type=click.IntRange(1, 10_000),
    help="Pairs of every figure; otherwise as many as each needs to be steady.",
)
@click.option(
    "--kits",
    type=click.IntRange(1_000, 10_000_000),
    default=MANY,
    show_default=True,
    help="Kits of the longest list; the look-back goes over a tenth of them.",
)
@click.pass_context
def bench(ctx: click.Context, target: Path | None, repeats: int | None, kits: int) -> int:
    """Measure the program against bare baselines. A goal that is missed is shown, no error."""
    language = language_of(ctx)
    print(_row(HEADS[language]))
    figures = []
    tools = Tools(SystemClock(), SystemChance(), time.perf_counter, lambda usual: repeats or usual)
    for figure in measure(tools, kits):
        figures.append(figure)
        print(_row(_cells(figure, language)), flush=True)
        gc.collect()
    if target is not None:
        write_replacing(target, msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    return Exit.DONE


def _cells(figure: Figure, language: Language) -> tuple[str, ...]:
    return (
        NAMES[figure.figure][language],
        _number(figure.ours),
        _number(figure.baseline),
        figure.unit,
        _number(figure.ratio),
        "" if figure.goal is None else f"≤ {figure.goal}",
        str(figure.repeats),
        VERDICTS[language][figure.met],
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _row(cells: tuple[str, ...]) -> str:
    name, *numbers, verdict = cells
    told = name + " " * (NAME_WIDE - _columns(name))
    for cell in numbers:
        told += " " * (NUMBER_WIDE - _columns(cell)) + cell
    return f"{told}  {verdict}".rstrip()


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
