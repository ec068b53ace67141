"""The sponsor of a simulated trial: lists, kits, shipments, a package for every shipment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from pharmacy_app.demo.site import RESOURCES
from pharmacy_app.domain.check_characters import ALPHABET, make_code
from pharmacy_app.domain.ids import KitNumber, KitTypeCode, ShipmentId, SiteCode, StageCode
from pharmacy_app.domain.kit_list import leaks
from pharmacy_app.domain.package import KitLine
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.trial import Site, Stage, Text, Trial
from pharmacy_app.simulation.sealing import SeededSealing
from pharmacy_app.simulation.settings import SHIPMENTS, Settings, despatched_at
from pharmacy_app.sponsor.build import BuiltTrial, ReleaseLine, build_packages
from pharmacy_app.sponsor.keys import Register, SponsorKeys
from pharmacy_app.sponsor.lists import ListedEntry, ListedShipment
from pharmacy_app.sponsor.randomisation import Entry, Plan, randomise
from pharmacy_app.sponsor.sources import Sources, read_trial
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock

SERIAL = "10755220"
KIT_LIFE = timedelta(days=540)
SHORT_LIFE = timedelta(days=150)
MARGIN = 1.5
"""How many kits are sent for each that the plan expects to be used."""


def protocol(sites: int) -> Trial:
    """Return the training protocol with so many sites."""
    trial = read_trial(RESOURCES)
    made = tuple(_site(trial.sites[0], number) for number in range(1, sites + 1))
    return msgspec.structs.replace(trial, sites=made)


def _site(like: Site, number: int) -> Site:
    code = SiteCode(f"{number:02d}")
    name = Text(en=f"Simulated hospital {number}", zh=f"模拟医院{number}")
    pattern = f"{code}-[0-9]{{3}}"
    return msgspec.structs.replace(like, code=code, name=name, subject_pattern=pattern)


def entries_by_site(trial: Trial, subjects: int) -> dict[SiteCode, int]:
    """Return how many subjects each site enrols: whole units of the ratio, spread evenly.

    So the whole list has the exact ratio once everybody is enrolled. Raises Refused
    ``simulate.subjects`` for a number that is no multiple of the ratio's sum, or too few for the sites.
    """
    unit = sum(arm.ratio for arm in trial.stages[0].arms)
    units, rest = divmod(subjects, unit)
    if rest or units < len(trial.sites):
        least = unit * len(trial.sites)
        raise Refused([violation("simulate.subjects", str(subjects), unit=unit, least=least)])
    each, more = divmod(units, len(trial.sites))
    return {site.code: unit * (each + (n < more)) for n, site in enumerate(trial.sites)}


@dataclass(slots=True)
class Sponsor:
    """Everything the sponsor has for one site, and what it has sent so far."""

    settings: Settings
    trial: Trial
    site: SiteCode
    chance: SeededChance
    keys: SponsorKeys
    entries: dict[StageCode, tuple[ListedEntry, ...]]
    kits: tuple[KitLine, ...]
    shipments: tuple[ListedShipment, ...]
    register: Register = field(default_factory=Register)
    desk: dict[StageCode, Sequence[ReleaseLine]] = field(default_factory=dict)
    """What the randomisation desk may read out, in the order of the lists."""

    def package(self, number: int, clock: SetClock) -> BuiltTrial:
        """Build the site's package of a number: shipments so far, and the lists that are new."""
        sent = self.shipments[:number]
        numbers = {kit for shipment in sent for kit in shipment.kits}
        first = self.trial.stages[0].code
        sources = Sources(
            trial=self.trial,
            kits=tuple(kit for kit in self.kits if kit.number in numbers),
            shipments=sent,
            entries={s: e for s, e in self.entries.items() if number > 1 or s == first},
        )
        built = build_packages(
            sources, self.keys, self.chance, clock, register=self.register, sites=[self.site]
        )
        self.register = built.register
        self.desk |= {stage: lines for (_, stage), lines in built.release_codes.items()}
        return built


def sponsor_of(settings: Settings, site: SiteCode) -> Sponsor:
    """Return the sponsor as one site meets it: the lists are the same whichever site asks."""
    trial = protocol(settings.sites)
    counts = entries_by_site(trial, settings.subjects)
    lists = SeededChance(f"{settings.seed}/lists")
    seeds = {stage.code: lists.token_bytes(32) for stage in trial.stages}
    chance = SeededChance(f"{settings.seed}/sponsor/{site}")
    entries = {}
    for stage in trial.stages:
        made = randomise(_plan(trial, stage, counts), seeds[stage.code])
        entries[stage.code] = tuple(_listed(stage, entry) for entry in made if entry.site == site)
    signing = SponsorKeys(lists.token_bytes(32), lists.token_bytes(32), SeededSealing(chance))
    kits, shipments = _supplies(trial, site, counts[site], chance)
    return Sponsor(settings, trial, site, chance, signing, entries, kits, shipments)


def _plan(trial: Trial, stage: Stage, counts: dict[SiteCode, int]) -> Plan:
    unit = sum(arm.ratio for arm in stage.arms)
    enough = {
        site: count if not stage.after else unit * math.ceil(count / unit)
        for site, count in counts.items()
    }
    return Plan(trial, stage, tuple(enough.items()), (unit, 2 * unit))


def _listed(stage: Stage, entry: Entry) -> ListedEntry:
    return ListedEntry(stage.code, entry.sequence, entry.site, entry.arm, f"#{entry.sequence}")


def expected_doses(trial: Trial, subjects: int) -> dict[KitTypeCode, float]:
    """Return how many kits of each type a site uses if every subject comes to every visit."""
    found: dict[KitTypeCode, float] = {kit_type.code: 0.0 for kit_type in trial.kit_types}
    for stage in trial.stages:
        unit = sum(arm.ratio for arm in stage.arms)
        for arm in stage.arms:
            found[arm.kit_type] += subjects * arm.ratio / unit * len(stage.visits)
    return found


def _supplies(
    trial: Trial, site: SiteCode, subjects: int, chance: SeededChance
) -> tuple[tuple[KitLine, ...], tuple[ListedShipment, ...]]:
    """Return kits and shipments; lists whose numbers tell the types apart are drawn again."""
    while True:
        kits: list[KitLine] = []
        shipments: list[ListedShipment] = []
        for number in range(1, SHIPMENTS + 1):
            sent_at = despatched_at(number)
            added = _kits_sent(trial, subjects, number, sent_at, chance)
            kits += added
            shipments.append(
                ListedShipment(
                    shipment_id=ShipmentId(f"SIM-{site}-{number:02d}"),
                    site=site,
                    despatched_at=sent_at,
                    logger_serial=SERIAL,
                    kits=tuple(sorted(kit.number for kit in added)),
                )
            )
        so_far = [{k for s in shipments[:n] for k in s.kits} for n in range(1, SHIPMENTS + 1)]
        listed = sorted(kits, key=lambda kit: kit.number)
        told = any(leaks([kit for kit in listed if kit.number in known]) for known in so_far)
        if not told and len({kit.number for kit in kits}) == len(kits):
            return tuple(kits), tuple(shipments)


def _kits_sent(
    trial: Trial, subjects: int, number: int, sent_at: datetime, chance: SeededChance
) -> list[KitLine]:
    """Return the kits of one shipment. Both types share the blinded lots, and so the expiries."""
    made = []
    for kit_type, doses in expected_doses(trial, subjects).items():
        for place in range(math.ceil(doses * MARGIN / SHIPMENTS) + 2):
            short = place % 4 == 0
            made.append(
                KitLine(
                    number=_number(chance),
                    kit_type=kit_type,
                    lot=f"{kit_type[:2]}-{number}",
                    blinded_lot=f"B{number}{'S' if short else 'L'}",
                    expiry=sent_at + (SHORT_LIFE if short else KIT_LIFE),
                )
            )
    return chance.shuffled(made)


def _number(chance: SeededChance) -> KitNumber:
    while True:
        number = make_code("".join(chance.choice(ALPHABET) for _ in range(6)), "mod37-36")
        if number[-1] in ALPHABET:
            return KitNumber(number)
