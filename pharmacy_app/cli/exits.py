"""What an exit code of the command line means, and who turns an error into one."""

import sys
from collections.abc import Callable
from datetime import tzinfo
from enum import IntEnum

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.wording import Language, refusal_in_words


class Exit(IntEnum):
    """The exit codes. Usage errors are 64, as is the custom, so that 2 always means a rule."""

    DONE = 0
    REFUSED = 2
    ALTERED = 3
    ENVIRONMENT = 4
    USAGE = 64
    BUG = 70
    INTERRUPTED = 130


HEADINGS = {
    "en": ("Rule", "Expected", "Found", "What to do"),
    "zh": ("规则", "应为", "实际", "处理方法"),
}
CRASHED = {
    "en": "The program made a mistake and stopped. What was recorded before is safe. Report: {path}",
    "zh": "程序出现错误并已停止。此前的记录安全无损。错误报告：{path}",
}


def on_the_machines_clock() -> tzinfo | None:
    """Return no zone: the machine's own is meant, as long as no site has been opened."""
    return None


def exit_code_of(
    action: Callable[[], int],
    language: Callable[[], Language],
    zone: Callable[[], tzinfo | None] = on_the_machines_clock,
) -> int:
    """Run ``action``; tell whatever stopped it on stderr in words and return its exit code.

    Language and zone are asked for afterwards, because the action may have read the one from its
    arguments, and the other from the site it opened.
    """
    try:
        return action()
    except (Refused, EnvironmentProblem) as problem:
        print(in_words(problem, language(), zone()), file=sys.stderr)
        return Exit.REFUSED if isinstance(problem, Refused) else Exit.ENVIRONMENT
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as bug:  # noqa: BLE001 - the last border: what is left is a bug, reported here
        return _reported(bug, language())


def in_words(
    problem: Refused | EnvironmentProblem, language: Language, zone: tzinfo | None = None
) -> str:
    """Return every reason of a refusal or problem, a heading before each part.

    Times are on the clock of ``zone``; on the machine's where there is none.
    """
    blocks = []
    for reason in refusal_in_words(problem, language, zone):
        parts = zip(
            HEADINGS[language],
            (reason.rule, reason.expected, reason.found, reason.remedy),
            strict=True,
        )
        told = [f"[{reason.code}] {reason.record}".rstrip()]
        told += [f"  {heading}: {text}" for heading, text in parts if text]
        blocks.append("\n".join(told))
    return "\n".join(blocks)


def _reported(bug: Exception, language: Language) -> int:
    from pharmacy_app.system import crash, paths  # noqa: PLC0415 - only when something broke
    from pharmacy_app.system.clock import SystemClock  # noqa: PLC0415 - the same

    path = crash.write_report(bug, paths.log_folder(), SystemClock().now())
    print(CRASHED[language].format(path=path or "-"), file=sys.stderr)
    return Exit.BUG
