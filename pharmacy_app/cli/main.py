"""The command line: a table of commands, each imported only when it is called."""

import io
import locale
import os
import sys
from collections.abc import Sequence
from datetime import tzinfo
from importlib import import_module
from typing import NamedTuple, get_args

import click

from pharmacy_app import __version__
from pharmacy_app.cli.exits import Exit, exit_code_of
from pharmacy_app.system.clock import Clock, SystemClock
from pharmacy_app.wording import Language

PROGRAM = "main.py"


class Entry(NamedTuple):
    """Where a command is, and what it does in half a line of each language."""

    target: str
    en: str
    zh: str


COMMANDS = {
    "demo": Entry(
        "pharmacy_app.cli.demo:demo",
        "Play the whole main job on training data and keep its papers.",
        "用培训数据演示完整主流程，并保存全部文件。",
    ),
    "site": Entry(
        "pharmacy_app.cli.site:site",
        "Set up a site's vault from a trial package.",
        "用试验数据包建立研究中心的保险库。",
    ),
    "account": Entry(
        "pharmacy_app.cli.account:account",
        "Show the accountability log and balances.",
        "查看药物清点记录与结存。",
    ),
    "receive": Entry(
        "pharmacy_app.cli.receive:receive",
        "Receive a shipment kit by kit.",
        "逐盒接收一批发货。",
    ),
    "stock": Entry(
        "pharmacy_app.cli.stock:stock",
        "List kits, put them away, move them.",
        "查看、上架和移动药盒。",
    ),
    "storage": Entry(
        "pharmacy_app.cli.storage:storage",
        "Look into storage units, move kits, block places, record daily checks.",
        "查看储存设备、移动药盒、封闭位置、登记每日检查。",
    ),
    "count": Entry(
        "pharmacy_app.cli.count:count",
        "Count what lies in storage, blind, and resolve what differs.",
        "盲法盘点库存，并处理差异。",
    ),
    "readiness": Entry(
        "pharmacy_app.cli.readiness:readiness",
        "Hold stock against the visits to come, forecast the demand, promise the ward.",
        "核对库存与计划访视，预测需求，向病区作出承诺。",
    ),
    "subject": Entry(
        "pharmacy_app.cli.subject:subject",
        "Enrol a subject, open an allocation, record consents and the end.",
        "入组受试者、打开分配、登记知情同意和结束。",
    ),
    "unblind": Entry(
        "pharmacy_app.cli.unblind:unblind",
        "Unblind one subject: as planned, or in an emergency, by a sealed letter.",
        "为一名受试者揭盲：按计划，或凭密封函紧急揭盲。",
    ),
    "dose": Entry(
        "pharmacy_app.cli.dose:dose",
        "Prepare, check, label and hand over a dose.",
        "配制、复核、贴签并交接一剂药。",
    ),
    "deviation": Entry(
        "pharmacy_app.cli.deviation:deviation",
        "List, record and close deviations; record that another kit was given.",
        "查看、登记和关闭方案偏离；登记实际给药为其他药盒。",
    ),
    "excursion": Entry(
        "pharmacy_app.cli.excursion:excursion",
        "Hold back the kits of a time outside the limits; record the decision on them.",
        "隔离温度超限期间在场的药盒；登记对其的决定。",
    ),
    "lot": Entry(
        "pharmacy_app.cli.lot:lot",
        "File a lot's papers, recall it, extend its expiry.",
        "归档批次文件、召回批次、延长有效期。",
    ),
    "look-back": Entry(
        "pharmacy_app.cli.look_back:look_back",
        "Name everybody that a lot, shipment, place, time or excursion touched.",
        "追溯批次、货件、位置、时间或超限案件涉及的药盒、剂次和受试者。",
    ),
    "disposal": Entry(
        "pharmacy_app.cli.disposal:disposal",
        "Record what comes back; waste, destroy, send back and transfer kits.",
        "登记回收；报废、销毁、退回和转出药盒。",
    ),
    "printers": Entry(
        "pharmacy_app.cli.printers:printers",
        "Add printers of this machine, try them out, ask how they are.",
        "添加本机打印机、打印测试页、查询状态。",
    ),
    "verify": Entry(
        "pharmacy_app.cli.verify:verify",
        "Prove that the record is intact (exit 0), or name the first altered place (exit 3).",
        "证明记录完好（退出码 0），或指出第一处篡改（退出码 3）。",
    ),
    "backup": Entry(
        "pharmacy_app.cli.backup:backup",
        "Copy the vault and verify the copy.",
        "备份保险库并核验备份。",
    ),
    "sponsor": Entry(
        "pharmacy_app.cli.sponsor:sponsor",
        "Check the sponsor's files and build sealed site packages.",
        "检查申办方文件并生成加密的中心数据包。",
    ),
    "simulate": Entry(
        "pharmacy_app.cli.simulate:simulate",
        "Play a whole trial at simulated sites and check what must hold of it.",
        "在模拟中心演练整个试验，并核验必须成立的各项条件。",
    ),
    "bench": Entry(
        "pharmacy_app.cli.bench:bench",
        "Measure the program against bare baselines.",
        "与基线对比测量程序性能。",
    ),
}


class Commands(click.Group):
    """The group of `COMMANDS`; listing them imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the shape click asks for
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - the shape click asks for
        cmd_name: str,
    ) -> click.Command | None:
        """Import one command, or return None for a name that is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name].target} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, in the language asked for."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, getattr(entry, language_of(ctx))) for name, entry in COMMANDS.items()]
            )


def _set_language(ctx: click.Context, _: click.Parameter, value: Language | None) -> None:
    if value is not None:
        ctx.ensure_object(Chosen).language = value


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    is_eager=True,
    expose_value=False,
    callback=_set_language,
    help="Language of what is printed / 输出语言; otherwise that of the system.",
)
@click.version_option(__version__, prog_name="trial-site-pharmacy")
def commands() -> None:
    """The site pharmacy of a blinded cell-therapy trial. Without a command, the window opens.

    Exit codes: 0 done, 2 a rule refused, 3 the record was altered, 4 the machine could not,
    64 wrong usage, 70 a mistake of the program.
    """


class Chosen:
    """What holds for the whole call; commands read it with `language_of` and `clock_of`.

    ``zone`` is that of the site once one is open: refusals tell their times on its clock.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.language: Language = language_of_system()
        self.zone: tzinfo | None = None
        self.clock = clock or SystemClock()


def language_of(ctx: click.Context) -> Language:
    """Return the language a command speaks."""
    return ctx.find_root().ensure_object(Chosen).language


def clock_of(ctx: click.Context) -> Clock:
    """Return the clock by which a command acts: the machine's, unless a test hands in another."""
    return ctx.find_root().ensure_object(Chosen).clock


def tell_times_in(ctx: click.Context, zone: tzinfo) -> None:
    """Have every time told on the clock of this zone from here on."""
    ctx.find_root().ensure_object(Chosen).zone = zone


def language_of_system() -> Language:
    """Return Chinese where the environment or the system's own setting is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if told := os.environ.get(name):
            return "zh" if told.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"


def run(argv: Sequence[str]) -> int:
    """Run one command line; return its exit code, never raise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a console without Chinese letters must not stop us
            stream.reconfigure(errors="replace")
    chosen = Chosen()
    return exit_code_of(
        lambda: _invoke(list(argv), chosen), lambda: chosen.language, lambda: chosen.zone
    )


def _invoke(argv: list[str], chosen: Chosen) -> int:
    try:
        outcome = commands.main(argv, prog_name=PROGRAM, standalone_mode=False, obj=chosen)
    except click.UsageError as mistake:
        mistake.show()
        return Exit.USAGE
    except click.ClickException as problem:
        problem.show()
        return Exit.ENVIRONMENT
    except click.Abort:
        return Exit.INTERRUPTED
    return outcome if isinstance(outcome, int) else Exit.DONE
