from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.bundle import (
    LARGEST,
    MAGIC,
    PADDING,
    SIGNATURE_BYTES,
    Address,
    Expected,
    Kind,
    fingerprint,
    open_bundle,
    read_bundle,
    seal_bundle,
)
from pharmacy_app.system.chance import SeededChance

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SPONSOR = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SITE = X25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
SPONSOR_PUBLIC = SPONSOR.public_key().public_bytes_raw()
EXPECTED = Expected(
    kind=Kind.TRIAL_PACKAGE, now=NOW, last_number=2, sender=SPONSOR_PUBLIC, site="01", trial="ACLF"
)
PAYLOAD = b'{"hello":"site"}'


def made(
    payload: bytes = PAYLOAD,
    *,
    signer: Ed25519PrivateKey = SPONSOR,
    site: str = "01",
    number: int = 3,
    kind: Kind = Kind.TRIAL_PACKAGE,
) -> bytes:
    address = Address(
        kind=kind,
        trial="ACLF",
        site=site,
        number=number,
        created=NOW - timedelta(days=1),
        expires=NOW + timedelta(days=1),
        recipient=SITE.public_key().public_bytes_raw(),
    )
    return seal_bundle(address, payload, signer.private_bytes_raw())


def rules(raw: bytes, expected: Expected = EXPECTED) -> list[str]:
    with pytest.raises(Refused) as caught:
        read_bundle(raw, expected)
    return [v.rule for v in caught.value.violations]


def test_what_was_sealed_is_what_the_site_opens() -> None:
    bundle = read_bundle(made(), EXPECTED)
    assert open_bundle(bundle, SITE.private_bytes_raw()) == PAYLOAD
    assert bundle.header.number == 3


@given(payload=st.binary(max_size=9000))
def test_every_payload_comes_back_whole_and_its_length_is_a_multiple_of_the_padding(
    payload: bytes,
) -> None:
    bundle = read_bundle(made(payload), EXPECTED)
    assert open_bundle(bundle, SITE.private_bytes_raw()) == payload
    overhead = 32 + 16  # encapsulated key, tag
    assert (len(bundle.ciphertext) - overhead) % PADDING == 0


def test_a_flipped_bit_anywhere_is_never_accepted() -> None:
    raw = made()
    chance = SeededChance("flips")
    positions = {chance.below(len(raw) * 8) for _ in range(600)}
    positions |= set(range(0, 8 * 700, 7))  # the whole header, densely
    for position in sorted(positions):
        flipped = bytearray(raw)
        flipped[position // 8] ^= 1 << position % 8
        assert rules(bytes(flipped)) in (["bundle.altered"], ["bundle.not_a_bundle"]), position


@pytest.mark.parametrize("cut", [1, 63, 65, 100, 4000])
def test_a_truncated_bundle_is_altered(cut: int) -> None:
    assert rules(made()[:-cut]) == ["bundle.altered"]


def test_bytes_behind_the_signature_are_refused() -> None:
    assert rules(made() + b"\0") == ["bundle.altered"]


@pytest.mark.parametrize("ending", [b"", bytes(SIGNATURE_BYTES)])
def test_a_bundle_without_its_signature_is_called_unsigned(ending: bytes) -> None:
    assert rules(made()[:-SIGNATURE_BYTES] + ending) == ["bundle.unsigned"]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"SQLite format 3\0", MAGIC[:-1]])
def test_another_file_is_not_a_bundle(raw: bytes) -> None:
    assert rules(raw) == ["bundle.not_a_bundle"]


def test_a_bundle_over_five_megabytes_is_refused_unread_and_never_written() -> None:
    assert rules(MAGIC + bytes(LARGEST)) == ["bundle.too_big"]
    with pytest.raises(Refused, match="too_big"):
        made(bytes(LARGEST))


def test_everything_foreign_about_a_bundle_is_told_at_once() -> None:
    raw = made(signer=STRANGER, site="02", number=2, kind=Kind.SITE_REPORT)
    late = Expected(
        kind=Kind.TRIAL_PACKAGE,
        now=NOW + timedelta(days=1),
        last_number=2,
        sender=SPONSOR_PUBLIC,
        site="01",
        trial="OTHER",
    )
    assert rules(raw, late) == [
        "bundle.other_kind",
        "bundle.foreign_sender",
        "bundle.foreign_site",
        "bundle.foreign_trial",
        "bundle.replayed",
        "bundle.expired",
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_an_old_or_repeated_number_is_a_replay(number: int) -> None:
    assert rules(made(number=number)) == ["bundle.replayed"]


def test_a_bundle_expires_at_the_moment_it_names() -> None:
    raw = made()
    just_before = Expected(kind=Kind.TRIAL_PACKAGE, now=NOW + timedelta(days=1, microseconds=-1))
    assert read_bundle(raw, just_before).header.number == 3
    assert rules(raw, Expected(kind=Kind.TRIAL_PACKAGE, now=NOW + timedelta(days=1))) == [
        "bundle.expired"
    ]


def test_a_header_that_says_a_thing_twice_is_refused_even_if_it_is_signed() -> None:
    raw = made()
    end = raw.index(b"\n", len(MAGIC))
    doubled = MAGIC + raw[len(MAGIC) : end - 1] + b',"number":9}' + raw[end:-SIGNATURE_BYTES]
    assert rules(doubled + SPONSOR.sign(doubled)) == ["bundle.altered"]


def test_a_header_without_an_end_or_nested_deeply_is_refused() -> None:
    assert rules(MAGIC + b"x" * 5000) == ["bundle.altered"]
    assert rules(MAGIC + b"[" * 4000 + b"\n") == ["bundle.altered"]


def test_a_ciphertext_in_another_envelope_does_not_open() -> None:
    one = read_bundle(made(number=3), EXPECTED)
    other = read_bundle(made(number=4), EXPECTED)
    moved = type(one)(other.header, one.ciphertext, one.sha256)
    with pytest.raises(Refused, match="sealed_for_another"):
        open_bundle(moved, SITE.private_bytes_raw())


def test_a_bundle_does_not_open_with_another_sites_key() -> None:
    bundle = read_bundle(made(), EXPECTED)
    with pytest.raises(Refused, match="sealed_for_another"):
        open_bundle(bundle, X25519PrivateKey.generate().private_bytes_raw())


def test_a_fingerprint_is_eighty_bits_in_groups_to_compare_by_eye() -> None:
    assert len(fingerprint(SPONSOR_PUBLIC).replace(" ", "")) == 20
    assert fingerprint(SPONSOR_PUBLIC) != fingerprint(STRANGER.public_key().public_bytes_raw())
