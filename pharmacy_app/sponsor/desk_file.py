"""The randomisation desk's codes in a sealed file, opened with a code that goes by letter.

The desk's file is made as a site's first package is: sealed for a key made for it alone, the key
wrapped under a code, the whole signed by the sponsor. So who finds the file learns no arm, and who
finds the letter learns none either. It is opened on the desk's own machine, never at a site.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec import Struct

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.exchange.bundle import (
    Address,
    Expected,
    Kind,
    open_bundle,
    read_bundle,
    require_strict,
    seal_bundle,
)
from pharmacy_app.sponsor.build import BuiltTrial
from pharmacy_app.sponsor.keys import SponsorKeys
from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.activation import (
    binding_of,
    new_activation_code,
    unwrap_site_key,
    wrap_site_key,
)

DESK = "DESK"
SUFFIX = ".desk"


class DeskLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry as the desk knows it. UNBLINDED: it names the arm."""

    site: SiteCode
    stage: StageCode
    sequence: int
    stratum: str
    entry_id: str
    code: str
    arm: ArmCode
    unblinding_code: str


class DeskList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every entry of one build, in the order of the lists."""

    trial: str
    protocol: str
    training: bool
    lines: tuple[DeskLine, ...]


@dataclass(frozen=True, slots=True)
class DeskFile:
    """The sealed file and the code that opens it."""

    raw: bytes
    code: str = field(repr=False)


def lines_of(built: BuiltTrial) -> DeskList:
    """Return what a build made for the desk, in the order of stages, sequences and sites."""
    lines = [
        DeskLine(
            site=site,
            stage=stage,
            sequence=line.sequence,
            stratum=line.stratum,
            entry_id=line.entry_id,
            code=line.code,
            arm=line.arm,
            unblinding_code=line.unblinding_code,
        )
        for (site, stage), listed in built.release_codes.items()
        for line in listed
    ]
    lines.sort(key=lambda line: (line.stage, line.sequence, line.site))
    trial = built.trial
    return DeskList(
        trial=trial.code, protocol=trial.protocol, training=trial.training, lines=tuple(lines)
    )


def write_desk_file(
    built: BuiltTrial, keys: SponsorKeys, chance: Chance, created: datetime, valid_days: int
) -> DeskFile:
    """Return the desk's file of a build and its code. Raises Refused ``bundle.too_big``."""
    private = X25519PrivateKey.from_private_bytes(chance.token_bytes(32))
    public, code = private.public_key().public_bytes_raw(), new_activation_code(chance)
    trial = built.trial.code
    binding = binding_of(keys.signing_public, public, trial, DESK)
    address = Address(
        kind=Kind.DESK_LIST,
        trial=trial,
        site=SiteCode(DESK),
        number=max(built.numbers.values()),
        created=created,
        expires=created + timedelta(days=valid_days),
        recipient=public,
        founding=wrap_site_key(code, private.private_bytes_raw(), binding, chance),
    )
    raw = seal_bundle(address, msgspec.json.encode(lines_of(built)), keys.signing, keys.sealing)
    return DeskFile(raw, code)


def read_desk_file(raw: bytes, code: str, now: datetime) -> DeskList:
    """Return the desk's lines.

    Raises Refused ``bundle.*`` for another kind of file or one that was altered or is too old,
    ``activation.*`` for a wrong code, ``desk.contents``.
    """
    bundle = read_bundle(raw, Expected(kind=Kind.DESK_LIST, now=now))
    header = bundle.header
    binding = binding_of(header.sender, header.recipient, header.trial, header.site)
    private = unwrap_site_key(code, header.founding, binding)
    try:
        payload = open_bundle(bundle, private)
        require_strict(payload)
        return msgspec.json.decode(payload, type=DeskList)
    except (msgspec.DecodeError, ValueError) as problem:
        raise Refused([violation("desk.contents", header.trial, found=str(problem))]) from problem
