"""One site of a simulated trial: founded, supplied, worked at for a year and a half, and closed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from pharmacy_app.demo.site import read_logger_file, stow_all
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import ShipmentId, SiteCode, SubjectId
from pharmacy_app.domain.kits import KitState, unlawful
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.simulation.bench import Bench
from pharmacy_app.simulation.calendar import Calendar
from pharmacy_app.simulation.course import Course, Site
from pharmacy_app.simulation.desk import Desk
from pharmacy_app.simulation.facts import SiteFacts, facts_of
from pharmacy_app.simulation.people import CHECKER, FIRST, PREPARER, OpenKeys
from pharmacy_app.simulation.settings import (
    ENROLMENT,
    SHIPMENTS,
    START,
    TRANSPORT,
    Settings,
    despatched_at,
)
from pharmacy_app.simulation.supply import SERIAL, Sponsor, entries_by_site, sponsor_of
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock, SystemClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows import accounts, founding, receiving, sessions, site, stock
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.sessions import Machine, OpenSite

TANK = Capacity("T1", racks=3, boxes=3, rows=9, columns=9)
RECALLED, RECALL_AFTER = 3, timedelta(days=110)
"""A lot of this shipment is recalled, so long after the first."""


@dataclass(frozen=True, slots=True)
class Played:
    """What one site left: its facts, what was refused, how long acts took, its ledger's head."""

    facts: SiteFacts
    refusals: dict[str, int]
    seconds: dict[str, list[float]]
    events: int
    head: str
    intact: bool
    finding: str


def play_site(settings: Settings, code: SiteCode, folder: Path) -> Played:
    """Play one site in a new folder, verify its ledger with a replay, and return what it left."""
    chance = SeededChance(f"{settings.seed}/site/{code}")
    sponsor = sponsor_of(settings, code)
    clock = SetClock(START - timedelta(days=5))
    machine = Machine(clock, chance, FLOOR, ballast=False)
    _found(sponsor, machine, clock, folder)
    with _at_work(machine, folder) as opened:
        desk = Desk(opened.pharmacy, clock, chance, settings.rates, SystemClock())
        _work(desk, sponsor, settings)
        facts = facts_of(opened.pharmacy)
    return _verified(machine, folder, desk, facts)


def _found(sponsor: Sponsor, machine: Machine, clock: SetClock, folder: Path) -> None:
    built = sponsor.package(1, clock)
    founding.found_site(
        machine,
        folder,
        built.packages[sponsor.site],
        built.activation_codes[sponsor.site],
        PREPARER,
        "desk-1",
    )
    with sessions.sign_in(machine, folder, PREPARER.person_id, PREPARER.password) as opened:
        accounts.add_person(opened.pharmacy, opened.vault, CHECKER, FIRST)
        site.add_storage_unit(opened.pharmacy, TANK, "液氮罐 LN2 tank", Decimal(-150))


@contextmanager
def _at_work(machine: Machine, folder: Path) -> Iterator[OpenSite]:
    """Sign in with both people's keys held open."""
    with sessions.sign_in(machine, folder, PREPARER.person_id, PREPARER.password) as opened:
        keys = {
            person.person_id: opened.vault.unlock(person.person_id, person.password)
            for person in (PREPARER, CHECKER)
        }
        opened.pharmacy.session.signing = OpenKeys(keys)
        yield opened


def _work(desk: Desk, sponsor: Sponsor, settings: Settings) -> None:
    calendar = Calendar(desk.clock)
    shared = Site(desk, Bench(desk), calendar, sponsor)
    for number in range(1, SHIPMENTS + 1):
        due = despatched_at(number) + TRANSPORT
        calendar.at(due, partial(_resupply, desk, sponsor, number))
    calendar.at(START + RECALL_AFTER, partial(_recall, desk, sponsor))
    count = entries_by_site(sponsor.trial, settings.subjects)[sponsor.site]
    minutes = int(ENROLMENT.total_seconds() // 60)
    for number, after in enumerate(sorted(desk.chance.below(minutes) for _ in range(count)), 1):
        course = Course(shared, SubjectId(f"{sponsor.site}-{number:03d}"))
        calendar.at(_in_hours(START + timedelta(minutes=after)), course.enrol)
    calendar.run()


def _in_hours(when: datetime) -> datetime:
    """Return the same day between 8 and 13 o'clock at the site."""
    return when.replace(hour=when.hour % 5, minute=when.minute)


def _resupply(desk: Desk, sponsor: Sponsor, number: int) -> None:
    """Import the package of a shipment, receive it, put it away; decide on an excursion."""
    pharmacy = desk.pharmacy
    if number > 1:
        raw = sponsor.package(number, desk.clock).packages[sponsor.site]
        desk.do("import_package", lambda: site.import_package(pharmacy, raw))
    shipment = sponsor.shipments[number - 1]
    warm = desk.happens(desk.rates.excursion)
    receive(desk, shipment.shipment_id, shipment.kits, shipment.despatched_at, warm=warm)
    if warm:
        held = [
            kit.kit_number
            for kit in kit_queries.of_shipment(pharmacy.reader, shipment.shipment_id)
            if kit.state is KitState.QUARANTINED
        ]
        usable = desk.happens(desk.rates.excursion_usable)
        _decide(desk, held, usable=usable, reference=f"DEV-{number}")


def receive(
    desk: Desk,
    shipment: ShipmentId,
    kits: tuple[str, ...],
    sent_at: datetime,
    *,
    warm: bool,
) -> None:
    """Receive a shipment kit by kit; some are damaged or missing."""
    pharmacy = desk.pharmacy
    receiving.open_receipt(pharmacy, shipment, seals_intact=True, tilt_ok=True)
    for number in kits:
        if desk.happens(desk.rates.missing_kit):
            continue
        damaged = desk.happens(desk.rates.damaged_kit)
        desk.do(
            "examine",
            partial(
                receiving.examine,
                pharmacy,
                shipment,
                Scanned(number),
                Condition.DAMAGED if damaged else Condition.INTACT,
                "bag torn" if damaged else "",
            ),
        )
    if len(receiving.receipt(pharmacy, shipment).examined) < len(kits):
        receiving.mark_missing(pharmacy, shipment)
    read_logger_file(pharmacy, shipment, logger_file(sent_at, desk.clock.now(), warm=warm))
    desk.minutes(8)
    desk.do("sign_receipt", lambda: receiving.sign_receipt(pharmacy, shipment, FIRST))
    there = [
        kit.kit_number
        for kit in kit_queries.of_shipment(pharmacy.reader, shipment)
        if kit.state is not KitState.MISSING
    ]
    desk.do("stow_shipment", lambda: stow_all(pharmacy, there))


def logger_file(sent_at: datetime, until: datetime, *, warm: bool) -> bytes:
    """Return what a shipper's logger would hold: a reading each half hour, warm for four or none."""
    lines = [
        '"Plot Title: SHIPPER-SIM"',
        f'"#","Date Time, GMT+08:00","Temp, °C (LGR S/N: {SERIAL}, SEN S/N: {SERIAL})"',
    ]
    at, number = sent_at + timedelta(hours=8), 1  # the clock of the zone in the heading
    while at <= until + timedelta(hours=8):
        reading = "-141.20" if warm and 20 <= number < 24 else f"-18{number % 7}.{number % 10}0"
        lines.append(f"{number},{at:%m/%d/%y %I:%M:%S %p},{reading}")
        at, number = at + timedelta(minutes=30), number + 1
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _recall(desk: Desk, sponsor: Sponsor) -> None:
    """Take every kit of one lot out of use, wherever a lawful way leads there, and reject it."""
    first = sponsor.trial.kit_types[0].code
    lot = next(
        k.lot for k in sponsor.kits if k.kit_type == first and k.lot.endswith(f"-{RECALLED}")
    )
    wanted = kit_queries.KitFilter(lot=lot)
    found = kit_queries.page(desk.pharmacy.reader, wanted, None, 500)
    for kit in found:
        if unlawful(kit, KitState.QUARANTINED) is None and kit.state is not KitState.MISSING:
            desk.do(
                "quarantine",
                partial(stock.quarantine, desk.pharmacy, Scanned(kit.kit_number), "recall"),
            )
    held = [
        kit.kit_number
        for kit in kit_queries.page(desk.pharmacy.reader, wanted, None, 500)
        if kit.state is KitState.QUARANTINED
    ]
    _decide(desk, held, usable=False, reference="RECALL-1")


def _decide(desk: Desk, kits: Sequence[str], *, usable: bool, reference: str) -> None:
    if kits:
        desk.do(
            "decide_quarantine",
            lambda: stock.decide_quarantine(
                desk.pharmacy,
                list(kits),
                usable=usable,
                authorisation=reference,
                credential=FIRST,
            ),
        )


def _verified(machine: Machine, folder: Path, desk: Desk, facts: SiteFacts) -> Played:
    """Open the closed site once more and prove its ledger, with a replay."""
    with sessions.sign_in(machine, folder, PREPARER.person_id, PREPARER.password) as opened:
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
    return Played(
        facts=facts,
        refusals=dict(desk.refusals),
        seconds=dict(desk.seconds),
        events=report.events,
        head=report.head.hex(),
        intact=report.intact,
        finding="" if report.first_bad is None else str(report.first_bad),
    )
