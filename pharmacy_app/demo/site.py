"""Making a training site: the sponsor's part and the site's, from the demonstration trial's files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pharmacy_app.demo.aids import (
    TrainingAids,
    TrainingCode,
    TrainingPerson,
    TrainingShipment,
    write_aids,
)
from pharmacy_app.domain.ids import PersonId, ShipmentId, SiteCode, StageCode
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.exchange.loggers import NeedsAnswers
from pharmacy_app.sponsor.build import ReleaseLine, build_packages
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.sources import Sources, read_sources
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import accounts, receiving, sessions, storing
from pharmacy_app.workflows.founding import found_site
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.sessions import Machine
from pharmacy_app.workflows.site import add_storage_unit

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "demo"
LOGGERS = RESOURCES / "loggers"
STATION = "training"
SITE = SiteCode("01")
SUBJECTS = 6
TANK = Capacity("T1", racks=2, boxes=4, rows=9, columns=9)

WANG = TrainingPerson(
    person_id=PersonId("wang"),
    printed_name="王药师",
    roles=(Role.ADMINISTRATOR, Role.PHARMACIST),
    password="bamboo raft crosses misty lake",  # noqa: S106 - training: published on purpose
)
LI = TrainingPerson(
    person_id=PersonId("li"),
    printed_name="李核对",
    roles=(Role.CHECKER,),
    password="copper kettle sings near dawn",  # noqa: S106 - training: published on purpose
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A training site as it was made; ``desk`` is what the randomisation desk has before it."""

    folder: Path
    machine: Machine
    aids: TrainingAids
    package: bytes = field(repr=False)
    desk: Mapping[StageCode, Sequence[ReleaseLine]] = field(repr=False)

    def credential(self, person: PersonId) -> Credential:
        """Return somebody's password as they would type it."""
        return Credential(person, self.aids.person(person).password)


def make_demo_site(
    folder: Path,
    machine: Machine,
    *,
    site: SiteCode = SITE,
    with_stock: bool = False,
    progress: Progress = lambda _done, _of: None,
) -> DemoSite:
    """Found a training site in a new folder, with two people and a tank, and write its aids.

    The sponsor's keys are made for it and forgotten: no later package can come for it. With
    ``with_stock`` the first shipment is received and put away, so that a dose can be made at once.
    Raises EnvironmentProblem for a folder that is not empty or a disk that is full.
    """
    steps = 5
    sources = read_sources(RESOURCES, machine.clock.now())
    progress(1, steps)
    built = build_packages(
        sources, new_keys(machine.chance), machine.chance, machine.clock, sites=[site]
    )
    progress(2, steps)
    recovery_code = found_site(
        machine,
        folder,
        built.packages[site],
        built.activation_codes[site],
        _account(WANG),
        STATION,
    )
    progress(3, steps)
    desk = {stage: tuple(lines) for (of, stage), lines in built.release_codes.items() if of == site}
    aids = _aids(sources, site, desk, recovery_code)
    made = DemoSite(folder, machine, aids, built.packages[site], desk)
    with sessions.sign_in(machine, folder, WANG.person_id, WANG.password) as opened:
        accounts.add_person(
            opened.pharmacy, opened.vault, _account(LI), made.credential(WANG.person_id)
        )
        add_storage_unit(opened.pharmacy, TANK, "液氮罐 1 LN2 tank 1", _limit(sources))
        progress(4, steps)
        if with_stock:
            receive_whole(opened.pharmacy, made, aids.shipments[0])
    write_aids(folder, aids)
    progress(5, steps)
    return made


def receive_whole(pharmacy: Pharmacy, made: DemoSite, shipment: TrainingShipment) -> None:
    """Receive a shipment in which everything is in order, and put every kit away."""
    receiving.open_receipt(pharmacy, shipment.shipment_id, seals_intact=True, tilt_ok=True)
    for number in shipment.kits:
        receiving.examine(pharmacy, shipment.shipment_id, Scanned(number))
    read_logger_file(pharmacy, shipment.shipment_id, logger_bytes(shipment))
    signer = made.credential(pharmacy.person.person_id)
    receiving.sign_receipt(pharmacy, shipment.shipment_id, signer)
    stow_all(pharmacy, shipment.kits)


def logger_bytes(shipment: TrainingShipment) -> bytes:
    """Return the file that the shipment's logger holds. Raises EnvironmentProblem if it is lost."""
    try:
        return (LOGGERS / shipment.logger_file).read_bytes()
    except OSError as problem:
        raise EnvironmentProblem("demo.resource_missing", shipment.logger_file) from problem


def read_logger_file(pharmacy: Pharmacy, shipment_id: ShipmentId, raw: bytes) -> None:
    """Read a logger's file; what it leaves open is answered as the file's writer meant it."""
    read = receiving.read_temperatures(pharmacy, shipment_id, raw, {})
    if isinstance(read, NeedsAnswers):
        answers = {question.name: question.default for question in read.questions}
        receiving.read_temperatures(pharmacy, shipment_id, raw, answers)


def stow_all(pharmacy: Pharmacy, kits: Sequence[str]) -> None:
    """Put kits into the first empty positions. Raises LookupError if there are too few."""
    for number in kits:
        place = storing.next_free_position(pharmacy)
        if place is None:
            raise LookupError(number)
        storing.stow(pharmacy, Scanned(number), place)


def _account(person: TrainingPerson) -> accounts.Account:
    return accounts.Account(
        person.person_id, person.printed_name, frozenset(person.roles), person.password
    )


def _limit(sources: Sources) -> Decimal:
    return min(kit_type.storage_limit_c for kit_type in sources.trial.kit_types)


def _aids(
    sources: Sources,
    site: SiteCode,
    desk: Mapping[StageCode, Sequence[ReleaseLine]],
    recovery_code: str,
) -> TrainingAids:
    shipments = sorted(
        (sent for sent in sources.shipments if sent.site == site), key=lambda s: s.despatched_at
    )
    return TrainingAids(
        site=site,
        people=(WANG, LI),
        subjects=tuple(f"{site}-{number:03d}" for number in range(1, SUBJECTS + 1)),
        release_codes=tuple(
            TrainingCode(stage=stage, entry_id=line.entry_id, code=line.code)
            for stage, lines in desk.items()
            for line in lines
        ),
        unblinding_codes=tuple(
            TrainingCode(stage=stage, entry_id=line.entry_id, code=line.unblinding_code)
            for stage, lines in desk.items()
            for line in lines
            if line.unblinding_code
        ),
        shipments=tuple(
            TrainingShipment(
                shipment_id=sent.shipment_id,
                kits=tuple(sorted(sent.kits)),
                logger_file=f"{sent.shipment_id}.csv",
            )
            for sent in shipments
        ),
        recovery_code=recovery_code,
    )
