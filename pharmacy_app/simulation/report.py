"""The report of a simulated trial. UNBLINDED: it tells groups and kits by type."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from msgspec import Struct

from pharmacy_app.simulation.facts import SiteFacts
from pharmacy_app.simulation.invariants import SITE_INVARIANTS, broken, groups_in_their_ratio
from pharmacy_app.simulation.settings import Settings
from pharmacy_app.simulation.site import Played


class LedgerLine(Struct, frozen=True, kw_only=True):
    """The ledger of one site: its length, its head, and whether a verification with replay held."""

    site: str
    events: int
    head: str
    intact: bool
    finding: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """Everything a simulated trial came to. Times are medians in milliseconds."""

    subjects: int
    sites: int
    seed: str
    groups: Mapping[str, int]
    doses: Mapping[str, int]
    doses_stopped: int
    endings: Mapping[str, int]
    kits: Mapping[str, Mapping[str, int]]
    balances: Mapping[str, tuple[int, int]]
    refusals: Mapping[str, int]
    milliseconds: Mapping[str, float]
    ledgers: Sequence[LedgerLine]
    invariants: Sequence[str]
    broken: Sequence[str]

    @property
    def holds(self) -> bool:
        """Return whether every invariant held and every ledger is intact."""
        return not self.broken and all(ledger.intact for ledger in self.ledgers)


def report_of(settings: Settings, played: Sequence[Played]) -> Report:
    """Return the report of all sites together."""
    sites = [one.facts for one in played]
    refusals: Counter[str] = Counter()
    seconds: dict[str, list[float]] = {}
    for one in played:
        refusals.update(one.refusals)
        for act, times in one.seconds.items():
            seconds.setdefault(act, []).extend(times)
    invariants = [*SITE_INVARIANTS, groups_in_their_ratio]
    return Report(
        subjects=settings.subjects,
        sites=settings.sites,
        seed=settings.seed,
        groups=_sorted(_groups(sites)),
        doses=_sorted(_doses(sites)),
        doses_stopped=sum(d.handed_over_at is None for s in sites for d in s.doses.values()),
        endings=_sorted(_endings(sites)),
        kits=_kits(sites),
        balances=_balances(sites),
        refusals=dict(refusals.most_common()),
        milliseconds={act: round(1000 * median(t), 2) for act, t in sorted(seconds.items())},
        ledgers=[
            LedgerLine(
                site=one.facts.site,
                events=one.events,
                head=one.head,
                intact=one.intact,
                finding=one.finding,
            )
            for one in played
        ],
        invariants=[one.__name__ for one in invariants],
        broken=broken(sites),
    )


def _sorted(counted: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counted.items()))


def _groups(sites: Sequence[SiteFacts]) -> Counter[str]:
    return Counter(
        f"{one.stage}/{one.arm}"
        for site in sites
        for subject in site.subjects.values()
        for one in subject.allocations
    )


def _doses(sites: Sequence[SiteFacts]) -> Counter[str]:
    """Count the doses given, by stage, arm and visit."""
    counted: Counter[str] = Counter()
    for site in sites:
        for dose in site.doses.values():
            if dose.handed_over_at is None or dose.returned:
                continue
            mine = site.subjects[dose.subject].allocations
            listed = site.trial.stage(dose.stage).list_stage
            arm = next(one.arm for one in mine if one.stage == listed)
            counted[f"{dose.stage}/{arm}/{dose.visit}"] += 1
    return counted


def _endings(sites: Sequence[SiteFacts]) -> Counter[str]:
    return Counter(subject.ending or "none" for site in sites for subject in site.subjects.values())


def _kits(sites: Sequence[SiteFacts]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {}
    for site in sites:
        for kit in site.kits.values():
            counted.setdefault(kit.kit_type, Counter())[kit.state] += 1
    return {kit_type: _sorted(states) for kit_type, states in sorted(counted.items())}


def _balances(sites: Sequence[SiteFacts]) -> dict[str, tuple[int, int]]:
    return {
        f"{site.site}/{kit_type}": balance
        for site in sites
        for kit_type, balance in site.balances.items()
    }


def in_words(report: Report) -> str:
    """Return the report as plain text, one fact a line."""
    lines = [
        "UNBLINDED 揭盲: simulated trial, training data only",
        f"subjects {report.subjects}, sites {report.sites}, seed {report.seed}",
        *_block("groups, subjects", report.groups),
        *_block("doses given", report.doses),
        f"preparations stopped: {report.doses_stopped}",
        *_block("end of participation", report.endings),
    ]
    for kit_type, states in report.kits.items():
        lines += _block(f"kits of {kit_type} by fate", states)
    lines += _block(
        "balance / shelf",
        {name: f"{log} / {there}" for name, (log, there) in report.balances.items()},
    )
    lines += _block("refusals by rule", report.refusals)
    lines += _block("median time of an act, ms", report.milliseconds)
    lines.append("ledgers, verified with replay")
    lines += [
        f"  {one.site}  {one.events} events  {one.head}  {'intact' if one.intact else one.finding}"
        for one in report.ledgers
    ]
    lines.append(f"invariants checked at every site: {len(report.invariants)}")
    lines += [f"  BROKEN {sentence}" for sentence in report.broken]
    lines.append("every invariant holds" if report.holds else "NOT EVERYTHING HOLDS")
    return "\n".join(lines) + "\n"


def _block(head: str, facts: Mapping[str, object]) -> list[str]:
    width = max((len(name) for name in facts), default=0)
    return [head, *(f"  {name:<{width}}  {value}" for name, value in facts.items())]
