"""The sponsor's package for one site: how it is written, and how a site opens it.

The first package of a site ("founding") brings the site's private key, wrapped under the
activation code; its sender becomes the pinned sponsor. Every later one is sealed for that key and
must be signed by that sponsor.
"""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.exchange.bundle import (
    Address,
    Expected,
    Header,
    Kind,
    SignedBundle,
    open_bundle,
    read_bundle,
    require_strict,
    seal_bundle,
)
from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.activation import binding_of, unwrap_site_key, wrap_site_key
from pharmacy_app.vault.sealed import Sealing, seal

SUFFIX = ".package"


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """A package that was opened, and what the site keeps of how it came.

    Keys are 32 raw bytes; ``sha256`` is of the whole file, in hexadecimal digits.
    """

    package: SitePackage
    number: int
    sha256: str
    sponsor_public_key: bytes
    site_public_key: bytes
    site_private_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Founding:
    """What makes a site's first package: its new private key and the code that opens it."""

    site_private_key: bytes = field(repr=False)
    activation_code: str = field(repr=False)


def write_package(
    package: SitePackage,
    *,
    recipient: bytes,
    signing_key: bytes,
    created: datetime,
    expires: datetime,
    chance: Chance,
    founding: Founding | None = None,
    sealing: Sealing = seal,
) -> bytes:
    """Return the sealed, signed file for the site whose X25519 public key is ``recipient``.

    Raises Refused ``bundle.too_big``.
    """
    wrapped = b""
    if founding is not None:
        sender = Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()
        binding = binding_of(sender, recipient, package.trial.code, package.site)
        wrapped = wrap_site_key(
            founding.activation_code, founding.site_private_key, binding, chance
        )
    address = Address(
        kind=Kind.TRIAL_PACKAGE,
        trial=package.trial.code,
        site=package.site,
        number=package.number,
        created=created,
        expires=expires,
        recipient=recipient,
        founding=wrapped,
    )
    return seal_bundle(address, msgspec.json.encode(package), signing_key, sealing)


def read_package(
    raw: bytes,
    *,
    pinned: bytes | None,
    site: SiteCode | None,
    last_number: int,
    now: datetime,
    trial: str | None = None,
    activation_code: str | None = None,
    site_private_key: bytes | None = None,
) -> OpenedPackage:
    """Return the package, opened with the activation code (first) or the site's key (later).

    ``pinned`` is the sponsor's key, None only at the founding of a site. Raises Refused with
    ``bundle.*`` (see `read_bundle`), ``activation.*``, or ``package.not_founding`` /
    ``package.already_founded`` / ``package.contents``.
    """
    expected = Expected(
        kind=Kind.TRIAL_PACKAGE,
        now=now,
        last_number=last_number,
        sender=pinned,
        site=site,
        trial=trial,
    )
    bundle = read_bundle(raw, expected)
    private = site_private_key or _founded_key(bundle.header, pinned, activation_code)
    return OpenedPackage(
        package=_contents(bundle, open_bundle(bundle, private)),
        number=bundle.header.number,
        sha256=bundle.sha256,
        sponsor_public_key=bundle.header.sender,
        site_public_key=bundle.header.recipient,
        site_private_key=private,
    )


def is_founding(raw: bytes, now: datetime) -> bool:
    """Return whether the file is a site's first package, to be opened with an activation code.

    Raises Refused as `read_bundle` does.
    """
    return bool(read_bundle(raw, Expected(kind=Kind.TRIAL_PACKAGE, now=now)).header.founding)


def _founded_key(header: Header, pinned: bytes | None, activation_code: str | None) -> bytes:
    name = f"{header.trial}-{header.site}-{header.number}"
    if pinned is not None:
        raise Refused([violation("package.already_founded", name)])
    if not header.founding:
        raise Refused([violation("package.not_founding", name)])
    binding = binding_of(header.sender, header.recipient, header.trial, header.site)
    private = unwrap_site_key(activation_code or "", header.founding, binding)
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    if public != header.recipient:
        raise Refused([violation("activation.wrong")])
    return private


def _contents(bundle: SignedBundle, payload: bytes) -> SitePackage:
    """Decode strictly; a signed package that contradicts its own envelope is still refused."""
    header = bundle.header
    name = f"{header.trial}-{header.site}-{header.number}"
    try:
        require_strict(payload)
        package = msgspec.json.decode(payload, type=SitePackage)
    except (msgspec.DecodeError, ValueError) as problem:
        raise Refused([violation("package.contents", name, found=str(problem))]) from problem
    inside = (package.trial.code, package.site, package.number)
    if inside != (header.trial, header.site, header.number):
        raise Refused([violation("package.contents", name, found="-".join(map(str, inside)))])
    return package
