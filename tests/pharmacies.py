"""Makes real sites for tests: a signed package, a founded vault, people, a tank, a stocked shelf."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import (
    ArmCode,
    DoseId,
    KitNumber,
    KitTypeCode,
    PersonId,
    ShipmentId,
)
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.domain.package import KitLine, SealedEntry, ShipmentAdvice, SitePackage
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.domain.trial import Concealment, Trial
from pharmacy_app.exchange.trial_package import Founding, write_package
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.activation import new_activation_code
from pharmacy_app.vault.derivation import Cost
from pharmacy_app.vault.release_codes import (
    EntryPlace,
    new_secret,
    release_code,
    seal_entry,
    unblinding_stage,
)
from pharmacy_app.vault.signing import Credential
from pharmacy_app.vault.spoken_codes import draw
from pharmacy_app.workflows import (
    accounts,
    custody,
    dosing,
    enrolment,
    founding,
    labelling,
    preparation,
    receiving,
    releasing,
    sessions,
    site,
    storing,
)
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.sessions import Machine, OpenSite
from tests.small_trials import CELLS, SHAM, SITE, STAGE, small_trial

START = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
SHIPMENT = ShipmentId("SH-0001")
WANG, LI = PersonId("wang"), PersonId("li")
PASSWORDS = {WANG: "ox lamp river quiet seven", LI: "tea stone window apple nine"}
CREDENTIALS = {person: Credential(person, password) for person, password in PASSWORDS.items()}
FLOOR = Cost(memory_kib=64 * 1024, iterations=1, lanes=2)
TWO_COUNTS: tuple[Reading, ...] = (
    HaemocytometerReading(live=212, dead=28, squares=4, dilution_factor=Decimal(20)),
    HaemocytometerReading(live=206, dead=31, squares=4, dilution_factor=Decimal(20)),
)


@dataclass
class MadeSite:
    """A site as a test wants it: its folder, machine, and what the sponsor's desk knows."""

    folder: Path
    machine: Machine
    clock: SetClock
    codes: dict[str, list[str]]
    kits: dict[KitTypeCode, list[KitNumber]]
    sponsor_key: bytes
    package: SitePackage
    raw: bytes
    recovery_code: str = ""
    site_public_key: bytes = b""
    unblinding_codes: dict[str, str] = field(default_factory=dict)
    """By entry."""
    taken: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def signed_in(self, person: PersonId = WANG) -> Iterator[OpenSite]:
        """Open the site as a person, and close it."""
        with sessions.sign_in(self.machine, self.folder, person, PASSWORDS[person]) as opened:
            yield opened

    def code_for(self, arm: str) -> str:
        """Return a release code of an arm that was not read out yet."""
        place = self.taken.get(arm, 0)
        self.taken[arm] = place + 1
        return self.codes[arm][place]


def make_site(
    folder: Path,
    *,
    seed: str = "test",
    kits_of_each: int = 6,
    entries_of_each: int = 4,
    kits: dict[KitTypeCode, list[KitNumber]] | None = None,
    trial: Trial | None = None,
    ballast: bool = False,
    start: datetime = START,
) -> MadeSite:
    """Found a training site in ``folder`` at ``start``; nobody is signed in afterwards."""
    clock = SetClock(start)
    chance = SeededChance(seed)
    machine = Machine(clock, chance, FLOOR, ballast=ballast)
    trial = trial or small_trial()
    site_key = X25519PrivateKey.generate()
    public = site_key.public_key().public_bytes_raw()
    sponsor = Ed25519PrivateKey.generate().private_bytes_raw()
    entries, codes = _entries(chance, trial, public, entries_of_each)
    unblindings, unblinding_codes = _unblindings(chance, trial, public, entries)
    kits = kits or {
        code: [KitNumber(f"K{chance.code(7)}") for _ in range(kits_of_each)]
        for code in (CELLS, SHAM)
    }
    package = _package(trial, kits, entries, unblindings, start)
    activation = new_activation_code(chance)
    raw = write_package(
        package,
        recipient=public,
        signing_key=sponsor,
        created=start - timedelta(days=3),
        expires=start + timedelta(days=300),
        chance=chance,
        founding=Founding(site_key.private_bytes_raw(), activation),
    )
    made = MadeSite(folder, machine, clock, codes, kits, sponsor, package, raw)
    made.site_public_key, made.unblinding_codes = public, unblinding_codes
    first = accounts.Account(
        WANG, "王药师 Wang", frozenset({Role.PHARMACIST, Role.ADMINISTRATOR}), PASSWORDS[WANG]
    )
    made.recovery_code = founding.found_site(machine, folder, raw, activation, first, "desk-1")
    second = accounts.Account(LI, "李核对 Li", frozenset({Role.CHECKER}), PASSWORDS[LI])
    with made.signed_in() as opened:
        accounts.add_person(opened.pharmacy, opened.vault, second, CREDENTIALS[WANG])
        tank = Capacity("T1", racks=2, boxes=2, rows=9, columns=9)
        site.add_storage_unit(opened.pharmacy, tank, "液氮罐 1", Decimal(-150))
    return made


def _package(
    trial: Trial,
    kits: dict[KitTypeCode, list[KitNumber]],
    entries: tuple[SealedEntry, ...],
    unblindings: tuple[SealedEntry, ...],
    start: datetime,
) -> SitePackage:
    pools = [stage.pool for stage in trial.stages]
    return SitePackage(
        number=1,
        site=SITE,
        trial=trial,
        # By number, which is drawn at random: a list in the order of types is refused.
        kits=tuple(
            sorted(
                (
                    KitLine(
                        number=number,
                        kit_type=code,
                        lot=f"L-{code}",
                        blinded_lot="BL-7",
                        expiry=start + timedelta(days=365 + place // 2),
                        pool=pools[place % len(pools)],
                    )
                    for code, numbers in kits.items()
                    for place, number in enumerate(numbers)
                ),
                key=lambda line: line.number,
            )
        ),
        shipments=(
            ShipmentAdvice(
                shipment_id=SHIPMENT,
                despatched_at=start - timedelta(days=2),
                logger_serial="",
                kits=tuple(sorted(number for numbers in kits.values() for number in numbers)),
            ),
        ),
        entries=entries,
        unblindings=unblindings,
        recovery_public_key=X25519PrivateKey.generate().public_key().public_bytes_raw(),
    )


def _entries(
    chance: SeededChance, trial: Trial, public: bytes, each: int
) -> tuple[tuple[SealedEntry, ...], dict[str, list[str]]]:
    entries: list[SealedEntry] = []
    codes: dict[str, list[str]] = {}
    for stage in trial.stages:
        for arm in stage.arms:
            for _ in range(each):
                sequential = stage.concealment is Concealment.SEQUENTIAL
                named = f"{len(entries) + 1:04d}" if sequential else draw(chance, 4)
                place = EntryPlace(trial.code, SITE, stage.code, named)
                secret = "" if sequential else new_secret(chance)
                entries.append(seal_entry(place, arm.code, public, secret, chance))
                code = "" if sequential else release_code(named, secret)
                codes.setdefault(arm.code, []).append(code)
    return tuple(entries), codes


def _unblindings(
    chance: SeededChance, trial: Trial, public: bytes, entries: tuple[SealedEntry, ...]
) -> tuple[tuple[SealedEntry, ...], dict[str, str]]:
    waited_for = {stage.after_unblinding_of for stage in trial.stages}
    sealed: list[SealedEntry] = []
    codes: dict[str, str] = {}
    for entry in entries:
        if entry.stage in waited_for:
            secret = new_secret(chance)
            place = EntryPlace(trial.code, SITE, unblinding_stage(entry.stage), entry.entry_id)
            sealed.append(seal_entry(place, ArmCode("UNBLIND"), public, secret, chance))
            codes[entry.entry_id] = release_code(entry.entry_id, secret)
    return tuple(sealed), codes


def stocked_site(folder: Path, trial: Trial | None = None) -> MadeSite:
    """Found a site and fill its shelf; nobody is signed in afterwards."""
    made = make_site(folder, trial=trial)
    with made.signed_in() as opened:
        stock_shelf(made, opened.pharmacy)
    return made


def copied(made: MadeSite, folder: Path, seed: str) -> MadeSite:
    """Return a site of its own, as the one given stands."""
    shutil.copytree(made.folder, folder)
    clock = SetClock(made.clock.now())
    machine = Machine(clock, SeededChance(seed), FLOOR)
    return replace(made, folder=folder, clock=clock, machine=machine, taken={})


def stock_shelf(made: MadeSite, pharmacy: Pharmacy) -> None:
    """Receive the shipment, every kit intact, and put each away."""
    for number in receive_all(made, pharmacy):
        place = storing.next_free_position(pharmacy)
        storing.stow(pharmacy, Scanned(number), str(place))


def receive_all(made: MadeSite, pharmacy: Pharmacy) -> list[KitNumber]:
    """Receive the shipment, every kit intact, and return the kits, which have no place yet."""
    receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
    numbers = [number for kits in made.kits.values() for number in kits]
    for number in numbers:
        receiving.examine(pharmacy, SHIPMENT, Scanned(number), Condition.INTACT)
    receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG])
    return numbers


def enrolled(made: MadeSite, pharmacy: Pharmacy, subject: str, arm: str) -> str:
    """Enrol a subject and open an entry of the given arm for them."""
    enrolment.enrol(pharmacy, subject, "Dr Zhao", "REQ-1")
    code = made.code_for(arm)
    enrolment.open_allocation(pharmacy, subject, STAGE, code, CREDENTIALS[WANG])
    return subject


class MemoryPrinter:
    """A printer that keeps what it was given; absent when told so."""

    name = "folder"

    def __init__(self, *, absent: bool = False) -> None:
        self.printed: list[tuple[str, bytes]] = []
        self.absent = absent

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Keep the paper, or refuse as an unplugged printer would."""
        if self.absent:
            raise EnvironmentProblem(
                "print.no_printer", self.name, printer=self.name, answer="no_answer"
            )
        self.printed.append((paper.file_name, paper.pdf))
        return PrintOutcome(self.name, job_title)


def thawed(
    made: MadeSite, pharmacy: Pharmacy, subject: str, visit: str = "W0", *, outside: str = ""
) -> DoseId:
    """Bring a dose to its count: opened, kit scanned, thawed, judged, counting begun."""
    dose_id = dosing.open_dose(pharmacy, subject, visit, outside=outside)
    proposal = dosing.assign(pharmacy, dose_id)
    dosing.scan_kit(pharmacy, dose_id, Scanned(proposal.kit.kit_number))
    dosing.take_out(pharmacy, dose_id)
    preparation.start_thaw(pharmacy, dose_id, "WB-1", Decimal("37.0"))
    made.clock.advance(timedelta(minutes=3))
    preparation.end_thaw(pharmacy, dose_id)
    preparation.judge_appearance(pharmacy, dose_id, "clear")
    preparation.begin_count(
        pharmacy,
        dose_id,
        method="haemocytometer",
        instrument="NB-1",
        calibration_due=made.clock.now().date() + timedelta(days=30),
    )
    return dose_id


def readings_for(pharmacy: Pharmacy, dose_id: DoseId) -> tuple[Reading, ...]:
    """Return the card of a sham count, or counts as a good thaw gives them."""
    counting = dosing.dose(pharmacy, dose_id).counting
    return counting.card if counting is not None and counting.card else TWO_COUNTS


def covered(made: MadeSite, pharmacy: Pharmacy, subject: str, visit: str = "W0") -> DoseId:
    """Bring a dose to its check: counted, drawn, diluted, covered."""
    dose_id = thawed(made, pharmacy, subject, visit)
    preparation.record_count(
        pharmacy,
        dose_id,
        readings_for(pharmacy, dose_id),
        suspension_ml=Decimal(20),
        sample_ml=Decimal("0.5"),
    )
    counted = dosing.dose(pharmacy, dose_id).counted
    if counted is None:
        raise LookupError(dose_id)
    result = counted.result
    preparation.draw(pharmacy, dose_id, result.drawn_ml, result.diluent_drawn_ml)
    lot = Material(name="0.9 % NaCl", lot="N-1", expiry=pharmacy.today())
    preparation.dilute(pharmacy, dose_id, [lot])
    preparation.cover(pharmacy, dose_id, "SEAL-1", "RS-1")
    made.clock.advance(timedelta(minutes=20))
    return dose_id


def checked(made: MadeSite, pharmacy: Pharmacy, subject: str, visit: str = "W0") -> DoseId:
    """Bring a dose to its label: both people signed."""
    dose_id = covered(made, pharmacy, subject, visit)
    readings = readings_for(pharmacy, dose_id)
    releasing.check(pharmacy, dose_id, readings, (CREDENTIALS[WANG], CREDENTIALS[LI]))
    return dose_id


def labelled(made: MadeSite, pharmacy: Pharmacy, subject: str, visit: str = "W0") -> DoseId:
    """Bring a dose to its hand-over: label printed and scanned back."""
    dose_id = checked(made, pharmacy, subject, visit)
    copy = labelling.reserve(pharmacy, dose_id)
    labelling.print_label(pharmacy, copy, dose_id, MemoryPrinter())
    labelling.scan_back(pharmacy, dose_id, Scanned(copy.symbol))
    return dose_id


def handed_over(made: MadeSite, pharmacy: Pharmacy, subject: str, visit: str = "W0") -> DoseId:
    """Bring a dose into a nurse's hands."""
    dose_id = labelled(made, pharmacy, subject, visit)
    custody.hand_over(pharmacy, dose_id, "Nurse Qian", "nurse", CREDENTIALS[WANG])
    return dose_id


def reported(made: MadeSite, pharmacy: Pharmacy, dose_id: DoseId) -> None:
    """Have the ward report a dose as infused to the last drop."""
    made.clock.advance(timedelta(hours=1))
    now = pharmacy.now()
    custody.report_infusion(
        pharmacy,
        dose_id,
        started_at=now - timedelta(minutes=50),
        ended_at=now,
        not_infused_ml=Decimal(0),
        reported_by="Nurse Qian",
    )


def repacked(
    made: MadeSite, trial: Trial, number: int = 2, entries: tuple[SealedEntry, ...] = ()
) -> bytes:
    """Return a later package of the same sponsor with this protocol and no list, or a new one."""
    content = msgspec.structs.replace(
        made.package, number=number, trial=trial, entries=entries, unblindings=()
    )
    return packed(made, content)


def packed(made: MadeSite, content: SitePackage) -> bytes:
    """Return a package of the same sponsor for the same site, sealed and signed now."""
    return write_package(
        content,
        recipient=made.site_public_key,
        signing_key=made.sponsor_key,
        created=made.clock.now(),
        expires=made.clock.now() + timedelta(days=30),
        chance=made.machine.chance,
    )
