"""Whose keys may speak in the ledger, at every point of it. One rule for writing and for verifying.

Until the first sign-in the station's key signs the rows. From then on the key of the open session
does, which its owner's personal key certified in the event of the sign-in; the station's key is
left with the kinds that say ``by_station``. The actor of a row is the session's owner, or somebody
who signed the act personally. Persons sign with the key that an earlier event made known.
"""

from collections.abc import Collection
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.signing import certificate_message


class Authority:
    """What the events so far say about keys; `learn` each event in order, then ask.

    ``session`` is the person and public key of the newest sign-in.
    """

    def __init__(self, site: str, station_key: bytes) -> None:
        self._site = site
        self._station_key = station_key
        self.keys: dict[PersonId, bytes] = {}
        self.session: tuple[PersonId, bytes] | None = None

    def copy(self) -> "Authority":
        """Return one that may learn more without this one knowing."""
        other = Authority(self._site, self._station_key)
        other.keys.update(self.keys)
        other.session = self.session
        return other

    def learn(self, event: Event) -> str | None:
        """Take in the keys an event brings; return what is wrong with them, or None."""
        self.keys.update(event.introduced_keys)
        opened = event.opened_session
        if opened is None:
            return None
        person_key = self.keys.get(opened.person)
        if person_key is None:
            return "session_of_nobody"
        message = certificate_message(self._site, opened.person, opened.session_key)
        if not is_signed(person_key, opened.certificate, message):
            return "session_certificate"
        self.session = (opened.person, opened.session_key)
        return None

    def objection(
        self,
        session_key: bytes,
        actor: PersonId,
        signers: Collection[tuple[PersonId, bytes]],
        *,
        by_station: bool,
    ) -> str | None:
        """Return why a row may not stand under this key, or None. ``signers``: persons and keys."""
        for person, public_key in signers:
            if self.keys.get(person) != public_key:
                return "signer_key"
        if session_key == self._station_key:
            return None if self.session is None or by_station else "station_key"
        if self.session is None or session_key != self.session[1]:
            return "session_key"
        if actor != self.session[0] and actor not in {person for person, _ in signers}:
            return "actor"
        return None


def is_signed(public_key: bytes, value: bytes, message: bytes) -> bool:
    """Tell whether ``value`` is this key's Ed25519 signature over the message."""
    try:
        _opened(public_key).verify(value, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _opened(public_key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_key)
