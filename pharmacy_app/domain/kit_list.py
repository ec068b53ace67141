"""Does a kit list give the arm away? A tripwire for lists that were not made at random.

Whoever sees a kit's number, its blinded lot or its place in a shipment must learn nothing about its
type. Each statistic below is a standard score that is about normal where the list is random:

* runs (Wald and Wolfowitz 1940): types in blocks, or in too regular a change;
* rank sum (Wilcoxon 1945, ties averaged): one type early, the other late;
* a naive Bayes guess, leaving one out, from the characters of the number by place, its parity and
  its digit sum: prefixes, ranges, check characters.

`LIMIT` is 4 standard errors: a random list is refused about once in 2,000 by everything together,
while a list in order, or with any character that tells the type, is always found. It is no proof:
permuted blocks go unseen. What protects is that numbers are drawn at random and shuffled.
Scores are binary fractions, not decimals: they are estimates, and no quantity is taken from them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.package import KitLine, SitePackage
from pharmacy_app.domain.refusal import Violation, violation

LIMIT = Decimal(4)
FEWEST = 12
"""Fewer kits of a type than this could not reach the limit, even in perfect order."""

FEWEST_GUESSED = 16
"""The same for the guess."""

SPREAD = 1.3
"""Guesses that leave one out depend on each other: on random lists their score spreads this much
wider than a coin's (simulated, 24 to 400 kits)."""


@dataclass(frozen=True, slots=True)
class Score:
    """One statistic of one order of the list: how many standard errors from random."""

    test: str
    order: str
    kit_type: str
    errors: Decimal


def unplaced(package: SitePackage) -> Iterator[Violation]:
    """Yield every kit that stands twice, is of no type of the protocol, or comes in no one shipment."""
    types = {kit_type.code for kit_type in package.trial.kit_types}
    listed = Counter(kit.number for kit in package.kits)
    shipped = Counter(number for shipment in package.shipments for number in shipment.kits)
    for kit in package.kits:
        if listed[kit.number] != 1 or shipped[kit.number] != 1 or kit.kit_type not in types:
            yield violation("package.kit_unplaced", kit.number)
    for number in shipped.keys() - listed.keys():
        yield violation("package.kit_unplaced", number)


def changed(line: KitLine, known: Kit, expiries: Collection[datetime] = ()) -> Violation | None:
    """Return the violation of a kit of which a later package says something else than an earlier.

    ``expiries`` are those the kit had or has been given besides its own: the first one of a lot whose
    expiry was extended, and the extended one before its labels are on. Neither changes the kit.
    """
    now = (line.kit_type, line.lot, line.blinded_lot, line.pool)
    before = (known.kit_type, known.lot, known.blinded_lot, known.pool)
    if now == before and line.expiry in {known.expiry, *expiries}:
        return None
    return violation("package.kit_changed", line.number)


def leaks(kits: Sequence[KitLine], shipped: Sequence[KitNumber] = ()) -> list[Violation]:
    """Return everything by which the list gives a kit's type away; empty if nothing was found.

    ``kits`` in the order of the list, ``shipped`` the numbers in the order of the shipments.
    """
    found = [
        violation(
            f"kit_list.{score.test}", score.order, order=f"order_{score.order}", kit_type=score.kit_type,
            found=score.errors, limit=LIMIT,
        )
        for score in scores(kits, shipped)
        if abs(score.errors) > LIMIT
    ]  # fmt: skip
    return found + telling_lots(kits)


def scores(kits: Sequence[KitLine], shipped: Sequence[KitNumber] = ()) -> list[Score]:
    """Return every statistic of the list, one type against the others."""
    types = Counter(kit.kit_type for kit in kits)
    rare_first = sorted(types, key=lambda code: (types[code], code))
    compared = rare_first[:1] if len(types) == 2 else rare_first
    found = []
    for code in compared:
        if min(types[code], len(kits) - types[code]) >= FEWEST:
            found += _scores_of(code, kits, shipped)
    return found


def telling_lots(kits: Sequence[KitLine]) -> list[Violation]:
    """Return the blinded lots that hold several kits of one type only, or repeat a real lot."""
    types: dict[str, list[str]] = defaultdict(list)
    real = {kit.lot for kit in kits}
    for kit in kits:
        types[kit.blinded_lot].append(kit.kit_type)
    several = len({kit.kit_type for kit in kits}) > 1
    found = []
    for lot, held in sorted(types.items()):
        if several and len(held) > 1 and len(set(held)) == 1:
            found.append(
                violation("kit_list.lot_of_one_type", lot, kit_type=held[0], kits=len(held))
            )
        if lot in real:
            found.append(violation("kit_list.lot_is_real", lot))
    return found


def shared_lots(kits: Sequence[KitLine], before: Sequence[KitLine] = ()) -> list[Violation]:
    """Return the lots of the list that hold more than one type; a lot is of one product.

    ``before`` are kits that were listed earlier: their lots count, but are not judged again.
    """
    types: dict[str, set[str]] = defaultdict(set)
    for kit in (*kits, *before):
        types[kit.lot].add(kit.kit_type)
    return [
        violation("kit_list.lot_of_two_types", lot, kit_types=", ".join(sorted(types[lot])))
        for lot in sorted({kit.lot for kit in kits})
        if len(types[lot]) > 1
    ]


def _scores_of(code: str, kits: Sequence[KitLine], shipped: Sequence[KitNumber]) -> list[Score]:
    known = {kit.number: kit for kit in kits}
    orders: Mapping[str, list[KitLine]] = {
        "list": list(kits),
        "numbers": sorted(kits, key=lambda kit: kit.number),
        "shipments": [known[number] for number in shipped if number in known],
    }
    found = []
    for order, members in orders.items():
        marks = [kit.kit_type == code for kit in members]
        if min(marks.count(True), marks.count(False)) >= FEWEST:
            found.append(Score("runs", order, code, _rounded(runs(marks))))
            ranks = rank_sum(list(range(len(marks))), marks)
            found.append(Score("rank_sum", order, code, _rounded(ranks)))
    marks = [kit.kit_type == code for kit in kits]
    expiries = rank_sum([kit.expiry.timestamp() for kit in kits], marks)
    found.append(Score("rank_sum", "expiries", code, _rounded(expiries)))
    if min(marks.count(True), marks.count(False)) >= FEWEST_GUESSED:
        guess = guessed([features(kit.number) for kit in kits], marks)
        found.append(Score("guess", "numbers", code, _rounded(max(guess, 0.0))))
    return found


def runs(marks: Sequence[bool]) -> float:
    """Return the standard score of the number of runs: negative for blocks, positive for change."""
    n = len(marks)
    ones = sum(marks)
    seen = 1 + sum(a != b for a, b in pairwise(marks))
    mean = 2 * ones * (n - ones) / n + 1
    variance = (mean - 1) * (mean - 2) / (n - 1)
    return (seen - mean) / math.sqrt(variance) if variance > 0 else 0.0


def rank_sum(values: Sequence[float], marks: Sequence[bool]) -> float:
    """Return the standard score of the marked ones' rank sum; ties share their mean rank."""
    n, ones = len(values), sum(marks)
    ties = Counter(values)
    rank, before = {}, 0
    for value in sorted(ties):
        rank[value] = before + (ties[value] + 1) / 2
        before += ties[value]
    total = sum(rank[value] for value, mark in zip(values, marks, strict=True) if mark)
    tied = sum(t**3 - t for t in ties.values()) / (n * (n - 1))
    variance = ones * (n - ones) / 12 * (n + 1 - tied)
    return (total - ones * (n + 1) / 2) / math.sqrt(variance) if variance > 0 else 0.0


def features(number: str) -> tuple[Hashable, ...]:
    """Return what a curious eye sees in a kit number: each character by place, parities, length."""
    values = [ord(character) for character in number]
    return (*number.ljust(20)[:20], values[-1] % 2, sum(values) % 2, sum(values) % 3, len(number))


def guessed(seen: Sequence[tuple[Hashable, ...]], marks: Sequence[bool]) -> float:
    """Return how much better than a coin the marks are guessed from the features, in errors.

    Naive Bayes with equal priors and add-one smoothing, each kit guessed from all the others; the
    score is the mean of both hit rates against one half.
    """
    sizes = Counter(marks)
    counts = Counter(
        (place, feature, mark)
        for row, mark in zip(seen, marks, strict=True)
        for place, feature in enumerate(row)
    )
    kinds = [len(set(column)) for column in zip(*seen, strict=True)]
    hits = Counter(
        mark
        for row, mark in zip(seen, marks, strict=True)
        if _log_odds(row, mark, counts, sizes, kinds) > 0
    )
    balanced = (hits[True] / sizes[True] + hits[False] / sizes[False]) / 2
    error = SPREAD * math.sqrt(1 / sizes[True] + 1 / sizes[False]) / 4
    return (balanced - 0.5) / error


def _log_odds(
    row: tuple[Hashable, ...],
    own: bool,  # noqa: FBT001 - the mark itself, not a switch
    counts: Mapping[tuple[int, Hashable, bool], int],
    sizes: Mapping[bool, int],
    kinds: Sequence[int],
) -> float:
    """Return the log odds for the kit's own mark, its own row taken out of the counts."""
    odds = 0.0
    for place, feature in enumerate(row):
        mine = (counts[place, feature, own] - 1 + 1) / (sizes[own] - 1 + kinds[place])
        other = (counts[place, feature, not own] + 1) / (sizes[not own] + kinds[place])
        odds += math.log(mine / other)
    return odds


def _rounded(score: float) -> Decimal:
    return Decimal(score).quantize(Decimal("0.1"))
