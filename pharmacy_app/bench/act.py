"""One act signed by two people, against the bare transaction that leaves the same rows.

Ours is `Pharmacy.record` of a release: right, signatures, hashes, ledger, state, commit; what turns
passwords into keys is a figure of its own. The baseline inserts and updates the same rows, values in
hand, in a copy of the same file with the same settings: no rule, no JSON, no hash, no signature, no
trigger, no authorizer. Both wait for the disk.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from pharmacy_app.bench.figure import Figure, Seconds, alone, compared, milliseconds
from pharmacy_app.bench.site import Prepared, at_the_bench
from pharmacy_app.demo.site import LI, WANG
from pharmacy_app.domain.doses import STEP_AFTER
from pharmacy_app.domain.events.dose import CheckSigned
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.chain import EventRow, SignatureRow
from pharmacy_app.records.driver import (
    EncryptedDatabase,
    Maintenance,
    copy_database,
    create_database,
)
from pharmacy_app.records.ledger import INSERT_EVENT, INSERT_SIGNATURE
from pharmacy_app.records.reading import Reader
from pharmacy_app.records.verify import EVENTS, SIGNATURES
from pharmacy_app.vault.derivation import Cost, derive
from pharmacy_app.workflows import releasing
from pharmacy_app.workflows.sessions import OpenSite

GOAL = 2.5
REPEATS = 150
DERIVATIONS = 3
MOVE_KIT = (
    "UPDATE kit SET state = ?, because = ?, position = CASE WHEN ? THEN position END"
    " WHERE kit_number = ?"
)
RELEASE_DOSE = "UPDATE dose SET use_before = ?, verify_by = ? WHERE dose_id = ?"
STEP_ON = "UPDATE dose SET step = ? WHERE dose_id = ?"
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def derivation(seconds: Seconds, cost: Cost, repeats: int) -> Figure:
    """Return how long one password takes at a real site's cost, which is calibrated here."""

    def derive_once() -> None:
        derive("ox lamp river quiet seven", bytes(16), cost)

    return alone("key_derivation", lambda: milliseconds(seconds, derive_once), repeats)


def measured(seconds: Seconds, site: Prepared, opened: OpenSite, repeats: int) -> Figure:
    """Return the figure of the signed act at an open copy of the site."""
    released = brought_to_release(site, opened)
    both = (site.made.credential(WANG.person_id), site.made.credential(LI.person_id))

    def sign() -> None:
        opened.pharmacy.record(Task.CHECK, released, credentials=both)

    with bare_copy(opened) as bare:
        write = bare_transaction(bare, released, site.kit)
        return compared(
            "signed_act",
            lambda: milliseconds(seconds, sign),
            lambda: milliseconds(seconds, write),
            goal=GOAL,
            repeats=repeats,
        )


def brought_to_release(site: Prepared, opened: OpenSite) -> CheckSigned:
    """Prepare the dose up to its release, and return the event of the release."""
    desk, bench = at_the_bench(site.made, site.clock, opened.vault.folder, opened)
    bench.thaw(site.dose_id)
    bench.begin_count(site.dose_id)
    readings = bench.good_readings(site.dose_id)
    bench.count(site.dose_id, readings)
    bench.fill(site.dose_id, "SEAL-1")
    done = releasing.check(desk.pharmacy, site.dose_id, readings, bench.both())
    return done[0].told(CheckSigned)


@contextmanager
def bare_copy(opened: OpenSite) -> Iterator[EncryptedDatabase]:
    """Open a copy of the records from which every guard of the program was taken."""
    path = opened.vault.folder / "bare.db"
    bare = create_database(path, opened.vault.database_key)
    try:
        copy_database(opened.pharmacy.ledger.database, bare)
        with bare.maintenance(Maintenance.MIGRATION):
            for (name,) in Reader(bare).rows(TRIGGERS):
                bare.execute(f'DROP TRIGGER "{name}"')
            yield bare
    finally:
        bare.conn.close()


def bare_transaction(
    bare: EncryptedDatabase, released: CheckSigned, kit: str
) -> Callable[[], None]:
    """Return a function that writes the rows of one release and commits."""
    reader = Reader(bare)
    event = EventRow._make(reader.rows(EVENTS)[-1])
    signed = [row for row in reader.rows(SIGNATURES) if row[0] == event.seq]
    signatures: Sequence[SignatureRow] = [SignatureRow._make(row) for row in signed]
    use_before, step = stamp(released.use_before), str(STEP_AFTER[CheckSigned])
    execute = bare.conn.execute
    numbers = count(event.seq + 1)

    def write() -> None:
        seq = next(numbers)
        identity = f"{seq:032x}"
        row = event._replace(seq=seq, event_id=f"{identity}----", op_id=identity)
        execute("BEGIN IMMEDIATE")
        execute(INSERT_EVENT, row)
        for signature in signatures:
            execute(INSERT_SIGNATURE, signature._replace(seq=seq))
        execute(MOVE_KIT, (str(KitState.RELEASED), "", 0, kit))
        execute(RELEASE_DOSE, (use_before, None, released.dose_id))
        execute(STEP_ON, (step, released.dose_id))
        execute("COMMIT")

    return write
