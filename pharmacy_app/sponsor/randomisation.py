"""The sponsor's randomisation lists: permuted blocks of varying size, made again from a seed.

Within each site and stratum the list is cut into blocks. The size of each block is drawn, every size
equally likely among those that leave a rest which blocks can fill; the block then holds every arm in
its exact ratio, shuffled. So the ratio is exact at every block's end and the end of no block can be
known.

The generator (version 1) can be programmed again by anybody: for a list's part, *key* =
HMAC-SHA-256(seed, ``randomisation v1`` + the names of trial, stage, site and stratum, each as UTF-8
with its length in four bytes, big-endian, before it). Draw *n* (from 1) is the first bytes of
HMAC-SHA-256(key, n in eight bytes). A number below a limit is as many bytes as the limit minus one
needs, shifted right to its bits, thrown away and drawn again if it is not below the limit. A choice
takes the element at such a number; a shuffle takes elements out one by one, each at such a number.
"""

import hashlib
import hmac
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.trial import Stage, Trial
from pharmacy_app.exchange.tables import write_table
from pharmacy_app.system.chance import Chance

SEED_BYTES = 32
_STRATUM = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._<>=+-]{0,39}")
GENERATOR = "HMAC-SHA-256, version 1"
HEADER = ("sequence", "site", "stratum", "block", "arm")

CERTIFICATE = """\
# Certificate of a randomisation list. UNBLINDING: who has the seed has the list.
# 随机化列表证书。含揭盲信息：持有种子即可重现整个列表。
#
# Keep it apart from every site. `main.py sponsor reproduce` makes the list again from this file and
# compares. 请与各中心隔离保存；用 `main.py sponsor reproduce` 可据此重现列表并比对。

trial = "{trial}"
protocol = "{protocol}"
version = {version}
stage = "{stage}"
generator = "{generator}"
made_at = {made_at}
seed = "{seed}"
block_sizes = {sizes}
strata = {strata}
sha256 = "{sha256}"

# Arms with their ratio, and how many entries each has. 组别、比例及条目数。
[arms]
{arms}

# Entries of each site in each stratum. 各中心每层的条目数。
[entries]
{entries}

# Blocks of each size. 各区组大小的区组数。
[blocks]
{blocks}
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list shall be. ``entries``: how many for each site, in every stratum."""

    trial: Trial
    stage: Stage
    entries: tuple[tuple[SiteCode, int], ...]
    block_sizes: tuple[int, ...]
    strata: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; blocks are counted through the whole list."""

    sequence: int
    site: SiteCode
    stratum: str
    block: int
    arm: ArmCode = field(repr=False)


class _Draws(Chance):
    """The draws of one site and stratum; see the module."""

    def __init__(self, seed: bytes, names: Sequence[str]) -> None:
        framed = b"".join(len(n.encode()).to_bytes(4, "big") + n.encode() for n in names)
        self._key = hmac.digest(seed, b"randomisation v1" + framed, hashlib.sha256)
        self._drawn = 0

    def token_bytes(self, count: int) -> bytes:
        """Return the first bytes of the next draw, 32 at most."""
        self._drawn += 1
        return hmac.digest(self._key, self._drawn.to_bytes(8, "big"), hashlib.sha256)[:count]


def randomise(plan: Plan, seed: bytes) -> list[Entry]:
    """Return the list of a plan, the same for the same seed of 32 bytes.

    Raises Refused ``randomise.…`` with everything that is wrong with the plan.
    """
    refuse(*mistakes(plan), _short_seed(seed))
    made: list[Entry] = []
    block = 0
    for site, count in plan.entries:
        for stratum in plan.strata:
            draws = _Draws(seed, (plan.trial.code, plan.stage.code, site, stratum))
            for arms in blocks(plan.stage, count, plan.block_sizes, draws):
                block += 1
                made += [
                    Entry(len(made) + n, site, stratum, block, arm)
                    for n, arm in enumerate(arms, start=1)
                ]
    return made


def blocks(
    stage: Stage, count: int, sizes: Sequence[int], draws: Chance
) -> Iterator[list[ArmCode]]:
    """Yield the blocks of one site and stratum; together they have ``count`` entries."""
    unit = [arm.code for arm in stage.arms for _ in range(arm.ratio)]
    left = count
    while left:
        fit = [size for size in sorted(sizes) if size <= left and fills(left - size, tuple(sizes))]
        size = draws.choice(fit)
        yield draws.shuffled(unit * (size // len(unit)))
        left -= size


@cache
def fills(count: int, sizes: tuple[int, ...]) -> bool:
    """Return whether blocks of these sizes make up ``count`` entries exactly."""
    reached = {0}
    for total in range(1, count + 1):
        if any(total - size in reached for size in sizes):
            reached.add(total)
    return count in reached


def mistakes(plan: Plan) -> Iterator[Violation]:
    """Yield everything that makes a plan impossible."""
    if plan.stage.allocated_in:
        yield violation("allocation_list.no_list", plan.stage.code, listed=plan.stage.allocated_in)
    unit = sum(arm.ratio for arm in plan.stage.arms)
    known = {site.code for site in plan.trial.sites}
    for size in plan.block_sizes:
        if size < unit or size % unit:
            yield violation("randomise.block_size", str(size), unit=unit)
    if not plan.block_sizes:
        yield violation("randomise.block_size", "-", unit=unit)
    for site, count in Counter(site for site, _ in plan.entries).items():
        if count > 1 or site not in known:
            yield violation("randomise.site", site, known=", ".join(sorted(known)))
    named = plan.strata == ("",) or all(_STRATUM.fullmatch(name) for name in plan.strata)
    if len(set(plan.strata)) < len(plan.strata) or not named:
        yield violation("randomise.strata", ", ".join(plan.strata))
    lawful = [size for size in plan.block_sizes if size >= unit and size % unit == 0]
    for site, count in plan.entries:
        if lawful and (count < 1 or not fills(count, tuple(lawful))):
            near = [n for n in range(1, count + 3 * max(lawful)) if fills(n, tuple(lawful))]
            near.sort(key=lambda n: abs(n - count))
            yield violation(
                "randomise.count", site, found=count, near=", ".join(map(str, sorted(near[:3])))
            )


def _short_seed(seed: bytes) -> Violation | None:
    if len(seed) == SEED_BYTES:
        return None
    return violation("randomise.seed", "", expected=SEED_BYTES, found=len(seed))


def table_of(entries: Sequence[Entry]) -> bytes:
    """Return the list as the file ``allocations-<stage>.csv``; the column of strata where needed."""
    strata = any(entry.stratum for entry in entries)
    header = [name for name in HEADER if strata or name != "stratum"]
    rows = [[str(getattr(entry, name)) for name in header] for entry in entries]
    return write_table(header, rows, bom=False)


def certificate_of(plan: Plan, seed: bytes, entries: Sequence[Entry], made_at: datetime) -> str:
    """Return the certificate, TOML: everything the list is made again from, and its counts."""
    counts = Counter(entry.arm for entry in entries)
    sizes = Counter(Counter(entry.block for entry in entries).values())
    return CERTIFICATE.format(
        trial=plan.trial.code,
        protocol=plan.trial.protocol,
        version=plan.trial.version,
        stage=plan.stage.code,
        generator=GENERATOR,
        made_at=made_at.isoformat(timespec="seconds"),
        seed=seed.hex(),
        sizes=list(plan.block_sizes),
        strata=_quoted(plan.strata),
        sha256=hashlib.sha256(table_of(entries)).hexdigest(),
        arms="\n".join(
            f'"{arm.code}" = {{ ratio = {arm.ratio}, entries = {counts[arm.code]} }}'
            for arm in plan.stage.arms
        ),
        entries="\n".join(f'"{site}" = {count}' for site, count in plan.entries),
        blocks="\n".join(f'"{size}" = {count}' for size, count in sorted(sizes.items())),
    )


def _quoted(names: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says."""

    plan: Plan
    seed: bytes = field(repr=False)
    sha256: str


def read_certificate(text: str, trial: Trial) -> Certified:
    """Return what a certificate says of a list of this trial.

    Raises Refused ``randomise.certificate`` for another trial's, or one that cannot be read.
    """
    try:
        told = tomllib.loads(text)
        plan = Plan(
            trial=trial,
            stage=trial.stage(StageCode(told["stage"])),
            entries=tuple((SiteCode(site), int(n)) for site, n in told["entries"].items()),
            block_sizes=tuple(int(size) for size in told["block_sizes"]),
            strata=tuple(str(name) for name in told["strata"]),
        )
        named = (told["trial"], told["generator"])
        seed, sha256 = bytes.fromhex(told["seed"]), str(told["sha256"])
    except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError, AttributeError) as problem:
        raise Refused([violation("randomise.certificate", "", found=str(problem))]) from problem
    refuse(
        None
        if named == (trial.code, GENERATOR)
        else violation("randomise.certificate", "", found=" · ".join(map(str, named)))
    )
    return Certified(plan, seed, sha256)
