"""What trying a million release codes on one sealed entry takes, against as many bare derivations.

The secret of an entry is hardened, so that every try costs one derivation with the parameters of
`pharmacy_app.vault.release_codes`. One wrong code is timed; a million is that, a million times over.
"""

import contextlib

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.release_codes import (
    HARDENING_KIB,
    HARDENING_LANES,
    HARDENING_PASSES,
    KEY_BYTES,
    EntryPlace,
    new_secret,
    open_entry,
    release_code,
    seal_entry,
)

REPEATS = 20
HOURS_OF_A_MILLION = 1_000_000 / 3_600_000
"""Hours that a million acts take, for each millisecond of one."""


def measured(seconds: Seconds, chance: Chance, repeats: int) -> Figure:
    """Return the hours that a million wrong codes would take, one after another."""
    site_key = X25519PrivateKey.from_private_bytes(chance.token_bytes(32))
    private, public = site_key.private_bytes_raw(), site_key.public_key().public_bytes_raw()
    place = EntryPlace("BENCH", SiteCode("01"), StageCode("S1"), "K7M4")
    entry = seal_entry(place, ArmCode("A"), public, new_secret(chance), chance)

    def try_a_code() -> None:
        wrong = release_code(entry.entry_id, new_secret(chance))
        with contextlib.suppress(Refused):
            open_entry(place.trial, place.site, entry, private, wrong)

    def derive() -> None:
        Argon2id(
            salt=entry.salt,
            length=KEY_BYTES,
            iterations=HARDENING_PASSES,
            lanes=HARDENING_LANES,
            memory_cost=HARDENING_KIB,
        ).derive(b"a wrong code")

    one = compared(
        "million_wrong_codes",
        lambda: milliseconds(seconds, try_a_code),
        lambda: milliseconds(seconds, derive),
        goal=None,
        repeats=repeats,
    )
    bare = 0.0 if one.baseline is None else one.baseline
    return msgspec.structs.replace(
        one, ours=one.ours * HOURS_OF_A_MILLION, baseline=bare * HOURS_OF_A_MILLION, unit="h"
    )
