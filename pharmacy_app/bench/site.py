"""The training sites that are measured, made by the same workflows as any site."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec

from pharmacy_app.demo.bench import Bench
from pharmacy_app.demo.desk import Desk
from pharmacy_app.demo.site import LI, WANG, DemoSite, make_demo_site
from pharmacy_app.documents.printers.folder import FolderPrinter
from pharmacy_app.domain.events.site import PackageImported
from pharmacy_app.domain.ids import DoseId, KitNumber, ShipmentId, SubjectId
from pharmacy_app.domain.package import KitLine, ShipmentAdvice, SitePackage
from pharmacy_app.domain.people import Task
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.system.clock import SetClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.vault.signing import HeldKeys
from pharmacy_app.workflows import enrolment
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import Machine, OpenSite, sign_in


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stocked training site with one dose that waits for the scan of its kit."""

    made: DemoSite
    clock: SetClock
    dose_id: DoseId
    kit: str
    other_kit: str

    @contextmanager
    def signed_in(self, folder: Path) -> Iterator[OpenSite]:
        """Open the site, or a copy of it, with both people's keys held open: nobody types."""
        machine = self.made.machine
        with sign_in(machine, folder, WANG.person_id, WANG.password) as opened:
            keys = [opened.vault.unlock(p.person_id, p.password) for p in (WANG, LI)]
            opened.pharmacy.session.signing = HeldKeys(keys)
            yield opened
            for key in keys:
                key.close()

    def copied(self, name: str) -> Path:
        """Return the folder of a copy of the site; nobody may be signed in."""
        folder = self.made.folder.with_name(name) / "vault"
        shutil.copytree(self.made.folder, folder)
        return folder


def prepared(folder: Path, machine: Machine) -> Prepared:
    """Make the site in a new folder, and sign out."""
    clock = SetClock(machine.clock.now())
    by_hand = Machine(clock, machine.chance, FLOOR)
    made = make_demo_site(folder, by_hand, with_stock=True)
    with sign_in(by_hand, folder, WANG.person_id, WANG.password) as opened:
        desk, bench = at_the_bench(made, clock, folder, opened)
        subject = SubjectId(made.aids.subjects[0])
        stage = desk.pharmacy.trial.stages[0]
        enrolment.enrol(desk.pharmacy, subject, "Dr Lin", "REQ-1")
        code = made.desk[stage.code][0].code
        enrolment.open_allocation(desk.pharmacy, subject, stage.code, code, desk.signs())
        dose_id = bench.open(subject, stage.visits[0].code)
        kit = bench.kit_of(dose_id)
    other = next(number for number in made.aids.shipments[0].kits if number != kit)
    return Prepared(made, clock, dose_id, kit, other)


class SeatedDesk(Desk):
    """A desk at which somebody sits already."""

    def __init__(self, made: DemoSite, clock: SetClock, opened: OpenSite) -> None:
        super().__init__(made, clock)
        self._open = opened


def at_the_bench(
    made: DemoSite, clock: SetClock, folder: Path, opened: OpenSite
) -> tuple[Desk, Bench]:
    """Return the desk of an open site, and its bench, which prints into a folder."""
    desk = SeatedDesk(made, clock, opened)
    return desk, Bench(desk, FolderPrinter(folder, write_replacing))


def bring_kits(pharmacy: Pharmacy, total: int) -> None:
    """Let a second package bring so many kits that there are ``total``; they are still to arrive.

    Written by the same projection as any package; only its seal and its statistics are left out.
    """
    known = pharmacy.package
    shipment = ShipmentId("SH-BENCH")
    first = known.kits[0]
    kits = tuple(
        KitLine(
            number=KitNumber(f"B{place:06d}"),
            kit_type=first.kit_type,
            lot=first.lot,
            blinded_lot=first.blinded_lot,
            expiry=first.expiry + timedelta(minutes=place),
        )
        for place in range(total - len(known.kits))
    )
    advice = ShipmentAdvice(
        shipment_id=shipment,
        despatched_at=pharmacy.now(),
        logger_serial="",
        kits=tuple(kit.number for kit in kits),
    )
    package: SitePackage = msgspec.structs.replace(
        known, number=known.number + 1, kits=kits, shipments=(advice,)
    )
    content = Attachment("application/json", msgspec.json.encode(package))
    event = PackageImported(
        number=package.number,
        trial_version=package.trial.version,
        package_sha256=content.sha256.hex(),
        content=content.sha256.hex(),
        kits=len(kits),
    )
    pharmacy.record(Task.IMPORT_PACKAGE, event, attachments=[content])
