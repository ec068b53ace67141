from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.bundle import Address, Kind, seal_bundle
from pharmacy_app.exchange.trial_package import (
    Founding,
    OpenedPackage,
    is_founding,
    read_package,
    write_package,
)
from pharmacy_app.sponsor.protocol_shape import read_protocol
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.vault.activation import new_activation_code

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=90)
CHANCE = SeededChance("package")
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SITE_KEY = X25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
SITE_PUBLIC = SITE_KEY.public_key().public_bytes_raw()
CODE = new_activation_code(CHANCE)
SPONSOR = SIGNING.public_key().public_bytes_raw()

_PROTOCOL = Path(__file__).resolve().parents[2] / "resources" / "demo" / "trial.toml"
_FILE, _ = read_protocol(_PROTOCOL.read_bytes())
assert _FILE.trial is not None
TRIAL = _FILE.trial


def content(number: int = 1, site: str = "01") -> SitePackage:
    return SitePackage(
        number=number,
        site=SiteCode(site),
        trial=TRIAL,
        kits=(),
        shipments=(),
        entries=(),
        recovery_public_key=b"r" * 32,
    )


def written(
    package: SitePackage, *, signer: Ed25519PrivateKey = SIGNING, founding: bool = False
) -> bytes:
    return write_package(
        package,
        recipient=SITE_PUBLIC,
        signing_key=signer.private_bytes_raw(),
        created=NOW,
        expires=EXPIRES,
        chance=CHANCE,
        founding=Founding(SITE_KEY.private_bytes_raw(), CODE) if founding else None,
    )


def found(raw: bytes, code: str = CODE, now: datetime = NOW) -> OpenedPackage:
    return read_package(raw, pinned=None, site=None, last_number=0, now=now, activation_code=code)


def imported(raw: bytes, *, last_number: int = 1, pinned: bytes = SPONSOR) -> OpenedPackage:
    return read_package(
        raw,
        pinned=pinned,
        site=SiteCode("01"),
        last_number=last_number,
        now=NOW,
        trial=TRIAL.code,
        site_private_key=SITE_KEY.private_bytes_raw(),
    )


def test_a_founding_package_brings_the_sites_key_and_names_its_sponsor() -> None:
    raw = written(content(), founding=True)
    opened = found(raw)
    assert is_founding(raw, NOW)
    assert opened.package == content()
    assert opened.site_private_key == SITE_KEY.private_bytes_raw()
    assert opened.sponsor_public_key == SPONSOR
    assert opened.site_private_key.hex() not in repr(opened)
    assert str(opened.site_private_key) not in repr(opened)


def test_a_stranger_who_signs_the_sponsors_wrapping_anew_cannot_use_the_code() -> None:
    """The stranger holds the genuine package and signs one of their own around its wrapping."""
    genuine = written(content(), founding=True)
    header = msgspec.json.decode(genuine.split(b"\n")[1])
    address = Address(
        kind=Kind.TRIAL_PACKAGE,
        trial=TRIAL.code,
        site="01",
        number=1,
        created=NOW,
        expires=EXPIRES,
        recipient=SITE_PUBLIC,
        founding=msgspec.convert(header["founding"], bytes),
    )
    forged = seal_bundle(address, msgspec.json.encode(content()), STRANGER.private_bytes_raw())
    with pytest.raises(Refused, match=r"activation\.wrong"):
        found(forged)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("", "activation.mistyped"),
        (CODE[:-1], "activation.mistyped"),
        (new_activation_code(CHANCE), "activation.wrong"),
    ],
)
def test_a_wrong_code_says_whether_it_was_a_slip(code: str, rule: str) -> None:
    with pytest.raises(Refused, match=rule):
        found(written(content(), founding=True), code)


def test_a_later_package_needs_the_key_and_not_the_code() -> None:
    later = written(content(number=2))
    assert imported(later).number == 2
    assert not is_founding(later, NOW)
    with pytest.raises(Refused, match="not_founding"):
        found(later)


def test_a_site_that_has_a_sponsor_is_not_founded_again() -> None:
    with pytest.raises(Refused, match="already_founded"):
        read_package(
            written(content(number=2), founding=True),
            pinned=SPONSOR,
            site=SiteCode("01"),
            last_number=1,
            now=NOW,
            activation_code=CODE,
        )


def test_foreign_replayed_and_misdirected_packages_are_each_refused_by_name() -> None:
    with pytest.raises(Refused, match="foreign_sender"):
        imported(written(content(number=2), signer=STRANGER))
    with pytest.raises(Refused, match="replayed"):
        imported(written(content(number=2)), last_number=2)
    with pytest.raises(Refused, match="foreign_site"):
        imported(written(content(number=2, site="02")))
    with pytest.raises(Refused, match="expired"):
        found(written(content(), founding=True), now=EXPIRES)


def test_a_flipped_bit_in_a_package_is_never_accepted() -> None:
    raw = written(content(), founding=True)
    for _ in range(400):
        position = CHANCE.below(len(raw) * 8)
        flipped = bytearray(raw)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(Refused, match=r"altered|not_a_bundle"):
            found(bytes(flipped))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"number":1,"number":1}',
        msgspec.json.encode(content())[:-1] + b',"extra":1}',
        msgspec.json.encode(content()).replace(b'"number":1,', b'"number":1,"number":1,', 1),
        msgspec.json.encode(content()).replace(b'"number":1,', b'"number":NaN,', 1),
        msgspec.json.encode(content(number=2)),
        msgspec.json.encode(content(site="02")),
        b"[" * 100_000,
    ],
)
def test_a_signed_package_with_another_content_than_its_envelope_says_is_refused(
    payload: bytes,
) -> None:
    address = Address(
        kind=Kind.TRIAL_PACKAGE,
        trial=TRIAL.code,
        site="01",
        number=1,
        created=NOW,
        expires=EXPIRES,
        recipient=SITE_PUBLIC,
    )
    raw = seal_bundle(address, payload, SIGNING.private_bytes_raw())
    with pytest.raises(Refused, match=r"package\.contents"):
        imported(raw, last_number=0)
