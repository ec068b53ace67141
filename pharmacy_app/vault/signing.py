"""A person's signature: the password opens their key, for this one act."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pharmacy_app.domain.events.envelope import SigningKey
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.vault.keys import PersonalKey
from pharmacy_app.vault.session import OpenVault


@dataclass(frozen=True, slots=True)
class Credential:
    """Who wants to sign, and their password; never printed."""

    person_id: PersonId
    password: str = field(repr=False)


class PasswordSigning:
    """Opens a person's key with their password: the only way to sign at a site."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault

    def unlock(self, credential: Credential) -> PersonalKey:
        """Return the person's key, open; close it after the act.

        Raises Refused as `OpenVault.unlock` does.
        """
        return self._vault.unlock(credential.person_id, credential.password)


class HeldKeys:
    """Keys that are open already: for simulations, where nobody types. Never at a site."""

    def __init__(self, keys: Iterable[SigningKey]) -> None:
        self._keys = {key.person_id: _Held(key) for key in keys}

    def unlock(self, credential: Credential) -> SigningKey:
        """Return the person's key, whatever the password. Raises KeyError for a stranger."""
        return self._keys[credential.person_id]


class _Held:
    """A key that nobody closes after an act: it has no ``close``."""

    def __init__(self, key: SigningKey) -> None:
        self.person_id = key.person_id
        self.printed_name = key.printed_name
        self.public_key = key.public_key
        self.sign = key.sign
