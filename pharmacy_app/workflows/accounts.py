"""People with an account: who they are, what they may do, how one is added."""

import re
from dataclasses import dataclass, field

from pharmacy_app.domain.events.site import PasswordChanged, PersonAdded
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Role, Task, name_key
from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.vault.keys import PersonalKey
from pharmacy_app.vault.session import NewPerson, OpenVault
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.texts import unfit_text

_PERSON_ID = re.compile(r"[a-z][a-z0-9._-]{1,30}")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who gets a way in: they chose the password themselves."""

    person_id: PersonId
    printed_name: str
    roles: frozenset[Role]
    password: str = field(repr=False)


def account_mistakes(account: Account) -> tuple[Violation | None, ...]:
    """Return what is wrong with an account apart from its password."""
    return (
        None
        if _PERSON_ID.fullmatch(account.person_id)
        else violation("people.id_shape", account.person_id),
        None
        if account.printed_name.strip()
        else violation("people.name_missing", account.person_id),
        None if account.roles else violation("people.no_role", account.person_id),
        *unfit_text("printed_name", account.printed_name),
    )


def add_person(
    pharmacy: Pharmacy,
    vault: OpenVault,
    account: Account,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Give somebody a way in; the newcomer typed their own password, an administrator signs.

    Raises Refused for a taken id or name, a weak password, an administrator without the right.
    """
    pharmacy.require(Task.ADD_PERSON)
    people = queries.people(pharmacy.reader)
    names = {name_key(person.printed_name) for person in people}
    refuse(
        *account_mistakes(account),
        violation("people.name_taken", account.printed_name)
        if name_key(account.printed_name) in names
        else None,
    )
    # The administrator's signature is tried first: a refused one leaves no slot without an account.
    with pharmacy.signers(Task.ADD_PERSON, [credential]):
        pass
    newcomer = NewPerson(account.person_id, account.printed_name, account.password)
    # A slot whose account was never recorded (power cut, full disk) is nobody's: it gives way.
    with vault.add_person(newcomer, known={person.person_id for person in people}) as key:
        event = person_added(account, key)
    return pharmacy.record(Task.ADD_PERSON, event, credentials=[credential], op_id=op_id)


def person_added(account: Account, key: PersonalKey) -> PersonAdded:
    """Return the event that makes a person and their public key known."""
    return PersonAdded(
        person_id=account.person_id,
        printed_name=account.printed_name,
        roles=tuple(sorted(account.roles)),
        public_key=key.public_key,
    )


def change_password(
    pharmacy: Pharmacy, vault: OpenVault, old: str, new: str, *, op_id: str = ""
) -> Appended:
    """Change the password of the person at the desk. Raises Refused for a wrong or weak one."""
    vault.change_password(pharmacy.person.person_id, old, new)
    event = PasswordChanged(person_id=pharmacy.person.person_id)
    return pharmacy.record(Task.READ, event, op_id=op_id)
