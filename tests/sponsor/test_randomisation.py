"""Randomisation lists: exact at every block's end, uniform within, made again from their seed."""

import hashlib
import hmac
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, product
from itertools import count as count_from
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pharmacy_app.cli.main import commands
from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.sponsor.randomisation import (
    Entry,
    Plan,
    blocks,
    certificate_of,
    fills,
    mistakes,
    randomise,
    read_certificate,
    table_of,
)
from pharmacy_app.sponsor.sources import read_sources, read_trial
from pharmacy_app.system.chance import SeededChance
from tests.sponsor.conftest import DEMO

TRIAL = read_trial(DEMO)
STAGE = TRIAL.stage(StageCode("stage1"))
MSC, PLACEBO = ArmCode("MSC"), ArmCode("PLACEBO")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LISTS = 10_000
SITES = tuple((SiteCode(f"0{n}"), count) for n, count in enumerate((42, 36, 36, 36), start=1))


def seed(number: int) -> bytes:
    return hashlib.sha256(b"test %d" % number).digest()


def plan(**changed: object) -> Plan:
    facts = {"entries": SITES, "block_sizes": (3, 6), "strata": ("",)} | changed
    return Plan(trial=TRIAL, stage=STAGE, **facts)  # type: ignore[arg-type] # as the test wants


def by_block(entries: list[Entry]) -> list[tuple[ArmCode, ...]]:
    count = entries[-1].block
    return [tuple(e.arm for e in entries if e.block == n) for n in range(1, count + 1)]


def test_ten_thousand_lists_are_exact_at_every_blocks_end_and_arranged_uniformly() -> None:
    arranged: dict[int, Counter[tuple[ArmCode, ...]]] = {3: Counter(), 6: Counter()}
    first_size: Counter[int] = Counter()
    for number in range(LISTS):
        made = list(blocks(STAGE, 15, (3, 6), SeededChance(f"list {number}")))
        assert sum(map(len, made)) == 15
        assert all(2 * block.count(PLACEBO) == block.count(MSC) for block in made)
        first_size[len(made[0])] += 1
        for block in made:
            arranged[len(block)][tuple(block)] += 1
    assert len(arranged[3]) == 3
    assert len(arranged[6]) == 15
    assert all(is_uniform(counts) for counts in arranged.values())
    assert is_uniform(first_size)


def is_uniform(counts: Counter[Any]) -> bool:
    """Chi-square within six standard deviations of its mean: a false alarm in millions of runs."""
    freedom, mean = len(counts) - 1, counts.total() / len(counts)
    chi_square = sum((n - mean) ** 2 / mean for n in counts.values())
    return chi_square < freedom + 6 * sqrt(2 * freedom)


def test_a_shuffle_that_favours_an_order_is_noticed() -> None:
    chance = SeededChance("biased")
    counts: Counter[tuple[ArmCode, ...]] = Counter()
    for _ in range(LISTS):
        block = [MSC, MSC, PLACEBO]
        for place in range(3):  # the well-known wrong shuffle: swap with any place
            other = chance.below(3)
            block[place], block[other] = block[other], block[place]
        counts[tuple(block)] += 1
    assert len(counts) == 3
    assert not is_uniform(counts)


def test_a_list_is_exact_at_every_blocks_end_in_every_site_and_stratum() -> None:
    made = randomise(plan(strata=("young", "old")), seed(1))
    assert [entry.sequence for entry in made] == list(range(1, 301))
    assert Counter(entry.arm for entry in made) == {MSC: 200, PLACEBO: 100}
    for (site, count), stratum in product(SITES, ("young", "old")):
        mine = [e for e in made if (e.site, e.stratum) == (site, stratum)]
        assert len(mine) == count
        ends = list(accumulate(len(block) for block in by_block(mine) if block))
        for end in ends:
            arms = Counter(entry.arm for entry in mine[:end])
            assert arms[MSC] == 2 * arms[PLACEBO]
    assert {len(block) for block in by_block(made)} == {3, 6}


def test_the_same_seed_makes_the_same_list_and_no_other_does() -> None:
    lists = [table_of(randomise(plan(), seed(n))) for n in (1, 1, 2)]
    assert lists[0] == lists[1] != lists[2]


def written_down(key: bytes) -> Iterator[int]:
    """The draws as the module's docstring describes them, programmed again."""
    for number in count_from(1):
        yield hmac.digest(key, number.to_bytes(8, "big"), hashlib.sha256)[0]


def test_the_generator_is_the_one_that_is_written_down() -> None:
    names = (TRIAL.code, "stage1", "01", "")
    framed = b"".join(len(n.encode()).to_bytes(4, "big") + n.encode() for n in names)
    key = hmac.digest(bytes(32), b"randomisation v1" + framed, hashlib.sha256)
    draws = written_down(key)

    def below(limit: int) -> int:
        bits = (limit - 1).bit_length()
        return next(n for n in (byte >> (8 - bits) if bits else 0 for byte in draws) if n < limit)

    expected: list[str] = []
    while len(expected) < 12:
        sizes = [size for size in (3, 6) if size <= 12 - len(expected)]
        pool = ["MSC", "MSC", "PLACEBO"] * (sizes[below(len(sizes))] // 3)
        expected += [pool.pop(below(len(pool))) for _ in range(len(pool))]
    made = randomise(plan(entries=((SiteCode("01"), 12),)), bytes(32))
    assert [entry.arm for entry in made] == expected


def test_the_certificate_makes_the_list_again() -> None:
    made = randomise(plan(strata=("young", "old")), seed(3))
    text = certificate_of(plan(strata=("young", "old")), seed(3), made, NOW)
    told = tomllib.loads(text)
    assert told["arms"] == {
        "MSC": {"ratio": 2, "entries": 200},
        "PLACEBO": {"ratio": 1, "entries": 100},
    }
    assert sum(int(size) * n for size, n in told["blocks"].items()) == 300
    certified = read_certificate(text, TRIAL)
    again = table_of(randomise(certified.plan, certified.seed))
    assert again == table_of(made)
    assert certified.sha256 == hashlib.sha256(again).hexdigest()


@pytest.mark.parametrize(
    "text", ["", "stage = 1", "not toml =", 'stage = "stage9"', "\u0000", 'stage = "stage1"']
)
def test_what_is_no_certificate_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="certificate"):
        read_certificate(text, TRIAL)


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"block_sizes": (4,)}, ["block_size"]),
        ({"block_sizes": ()}, ["block_size"]),
        ({"block_sizes": (0, 3)}, ["block_size"]),
        ({"entries": ((SiteCode("09"), 6),)}, ["site"]),
        ({"entries": ((SiteCode("01"), 6), (SiteCode("01"), 6))}, ["site"]),
        ({"entries": ((SiteCode("01"), 7), (SiteCode("02"), 0))}, ["count", "count"]),
        ({"strata": ("a", "a")}, ["strata"]),
        ({"strata": ('a"', "b")}, ["strata"]),
        ({"strata": ("a", "")}, ["strata"]),
        ({"block_sizes": (6,), "entries": ((SiteCode("01"), 9),)}, ["count"]),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_every_reason(
    changed: dict[str, object], rules: list[str]
) -> None:
    found = [v.rule for v in mistakes(plan(**changed))]
    assert found == [f"randomise.{rule}" for rule in rules]


def test_a_seed_has_thirty_two_bytes() -> None:
    with pytest.raises(Refused, match="seed"):
        randomise(plan(), b"short")


def test_counts_that_blocks_fill_are_found() -> None:
    assert [n for n in range(20) if fills(n, (6, 9))] == [0, 6, 9, 12, 15, 18]


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["sponsor", *words])


def test_a_list_is_made_certified_used_and_made_again_by_commands(folder: Path) -> None:
    (folder / "allocations-stage1.csv").unlink()
    entries = ("--stage", "stage1", "--entries", "01=42,02=36,03=36,04=36")
    assert run("randomise", str(folder), *entries).exit_code == 0
    table, certificate = folder / "allocations-stage1.csv", folder / "randomisation-stage1.toml"
    assert len(read_sources(folder, NOW).entries[StageCode("stage1")]) == 150
    assert run("reproduce", str(certificate), str(folder)).exit_code == 0
    again = run("randomise", str(folder), *entries)
    assert isinstance(again.exception, EnvironmentProblem)
    drawn = tomllib.loads(certificate.read_text(encoding="utf-8"))["seed"]
    reused = run("randomise", str(folder), *entries, "--seed", drawn)
    assert isinstance(reused.exception, Refused)
    assert reused.exception.violations[0].rule == "randomise.seed_used"
    table.write_bytes(table.read_bytes().replace(b"MSC", b"PLACEBO", 1))
    assert run("reproduce", str(certificate), str(folder)).exit_code == 3
    forged = certificate.read_text(encoding="utf-8").replace(drawn, "00" * 32)
    certificate.write_text(forged, encoding="utf-8")
    assert run("reproduce", str(certificate), str(folder)).exit_code == 3


def test_strata_reach_the_desks_list_and_are_refused_in_sequence(folder: Path) -> None:
    (folder / "allocations-stage1.csv").unlink()
    words = ("--stage", "stage1", "--entries", "01=6,02=6,03=6,04=6", "--strata", "mild,severe")
    assert run("randomise", str(folder), *words).exit_code == 0
    entries = read_sources(folder, NOW).entries[StageCode("stage1")]
    assert Counter(entry.stratum for entry in entries) == {"mild": 24, "severe": 24}
    trial = (folder / "trial.toml").read_text(encoding="utf-8")
    (folder / "trial.toml").write_text(
        trial.replace('concealment = "release_code"', 'concealment = "sequential"', 1),
        encoding="utf-8",
    )
    with pytest.raises(Refused, match="strata_in_sequence"):
        read_sources(folder, NOW)


def test_what_the_command_line_cannot_use_is_said(folder: Path) -> None:
    for words in (
        ("--stage", "stage9", "--entries", "01=6"),
        ("--stage", "stage1", "--entries", "01=6", "--seed", "zz"),
    ):
        assert isinstance(run("randomise", str(folder), *words).exception, Refused)
    assert run("randomise", str(folder), "--stage", "stage1", "--entries", "x").exit_code != 0
    blocks_given = ("--stage", "stage1", "--entries", "01=6", "--blocks", "x")
    assert run("randomise", str(folder), *blocks_given).exit_code != 0
