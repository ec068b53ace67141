"""Simulated people: they sign with keys already opened.

What a password costs belongs to its owner, not to each of ten thousand acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pharmacy_app.domain.events.envelope import SigningKey
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Role
from pharmacy_app.vault.keys import PersonalKey
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.accounts import Account

PREPARER = Account(
    PersonId("zhang"),
    "张药师 Zhang",
    frozenset({Role.PHARMACIST, Role.ADMINISTRATOR}),
    "simulated preparer of this site",
)
CHECKER = Account(
    PersonId("chen"), "陈核对 Chen", frozenset({Role.CHECKER}), "simulated checker of this site"
)
FIRST = Credential(PREPARER.person_id, PREPARER.password)
SECOND = Credential(CHECKER.person_id, CHECKER.password)


class _Held:
    """A key that stays open when the act that used it has closed it."""

    def __init__(self, key: PersonalKey) -> None:
        self.person_id, self.printed_name = key.person_id, key.printed_name
        self.public_key, self.sign = key.public_key, key.sign


@dataclass(frozen=True, slots=True)
class OpenKeys:
    """Signs with keys that were opened once."""

    keys: Mapping[PersonId, PersonalKey]

    def unlock(self, credential: Credential) -> SigningKey:
        """Return the person's key, without asking for the password again."""
        return _Held(self.keys[credential.person_id])
