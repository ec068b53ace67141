"""Recovery: the code from the sealed envelope gives somebody a way in whose password is lost."""

from contextlib import closing
from pathlib import Path

from pharmacy_app.domain.events.envelope import Act
from pharmacy_app.domain.events.site import PersonRecovered
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.ledger import Appended, set_back
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.system.instance import InstanceLock
from pharmacy_app.vault.session import NewPerson
from pharmacy_app.workflows.sessions import Machine, last_recorded_at, open_ledger
from pharmacy_app.workflows.texts import unfit_text


def recover(
    machine: Machine,
    folder: Path,
    typed_code: str,
    person_id: PersonId,
    new_password: str,
    reason: str,
) -> Appended:
    """Give somebody of the records a new password and a new signing key, recorded with the reason.

    Nobody is signed in by it. Slow on purpose and fit for any thread: it opens and closes its own
    ledger. The code stays valid. Raises Refused for a mistyped or wrong code, somebody unknown, a
    weak password, no reason or a clock set back; EnvironmentProblem as `unlock_vault`.

    The slot is written first and the event after it: cut short between them, the new password
    opens the vault, and the next sign-in of anybody records the new key.
    """
    with (
        InstanceLock(folder, machine.clock),
        closing(machine.vault(folder).open_with_recovery(typed_code)) as vault,
        closing(open_ledger(machine, vault)) as ledger,
    ):
        person = queries.person(ledger.reader, person_id)
        if person is None:
            raise Refused([violation("people.unknown", person_id)])
        op_id = machine.chance.token_bytes(16).hex()
        act = Act(op_id, person_id, machine.clock.now(), reason=reason.strip())
        last = last_recorded_at(ledger)
        refuse(
            None if act.reason else violation("recovery.no_reason"),
            *unfit_text("reason", act.reason),
            None if last is None else set_back(stamp(last), act),
        )
        renewed = NewPerson(person_id, person.printed_name, new_password)
        with vault.renew_person(renewed) as key:
            event = PersonRecovered(person_id=person_id, public_key=key.public_key)
        appended = ledger.append([event], act)
        ledger.checkpoint(act.recorded_at)
        return appended
