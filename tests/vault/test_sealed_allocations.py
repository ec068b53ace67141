"""Sealed allocations tell nothing before their time: by length, by trying codes, by those opened.

The lists are those of a package as the sponsor builds it: both stages and the unblinding codes,
arm codes of different lengths. Each look at the ciphertext fails a sealing that was weakened.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pharmacy_app.domain.check_characters import ALPHABET
from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.package import SealedEntry
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.trial_package import read_package
from pharmacy_app.sponsor.build import BuiltTrial, build_packages
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.lists import ListedEntry
from pharmacy_app.sponsor.sources import read_sources
from pharmacy_app.system.chance import Chance, SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault import release_codes
from pharmacy_app.vault.release_codes import EntryPlace, new_secret, open_entry, release_code
from tests.conftest import ROOT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SITE = SiteCode("01")
LISTS = {
    StageCode("stage1"): ("MSC", "PLACEBO", "MSC", "MSC", "PLACEBO"),
    StageCode("stage2"): ("MSC-LONG", "MSC-CTRL", "MSC-LONG"),
}
WRONG_CODES = 8
MILLION = 1_000_000
WINDOW = 6
"""Bytes: that two of these entries share six in a row by chance happens once in 10^7 packages."""


@dataclasses.dataclass(frozen=True)
class Sealings:
    """What a site holds, and what only the randomisation desk knows."""

    trial: str
    key: bytes
    entries: Sequence[SealedEntry]
    unblindings: Sequence[SealedEntry]
    codes: dict[tuple[str, str], str]
    """By stage and entry."""

    @property
    def everything(self) -> list[SealedEntry]:
        return [*self.entries, *self.unblindings]

    def opened(self, entry: SealedEntry, code: str) -> str:
        return open_entry(self.trial, SITE, entry, self.key, code)

    def refusal(self, entry: SealedEntry, code: str) -> str:
        """Return the rule by which a code is refused."""
        with pytest.raises(Refused) as caught:
            self.opened(entry, code)
        (found,) = caught.value.violations
        return found.rule


@pytest.fixture(scope="module")
def sealings() -> Sealings:
    """The package of one site with two stages, opened with its letter."""
    listed = {
        stage: tuple(
            ListedEntry(stage, place, SITE, ArmCode(arm), "")
            for place, arm in enumerate(arms, start=1)
        )
        for stage, arms in LISTS.items()
    }
    sources = dataclasses.replace(read_sources(ROOT / "resources" / "demo", NOW), entries=listed)
    keys = new_keys(SeededChance("sponsor"))
    built = build_packages(sources, keys, SeededChance("sealed"), SetClock(NOW), sites=[SITE])
    return _held(built)


def _held(built: BuiltTrial) -> Sealings:
    opened = read_package(
        built.packages[SITE],
        pinned=None,
        site=None,
        last_number=0,
        now=NOW,
        activation_code=built.activation_codes[SITE],
    )
    codes: dict[tuple[str, str], str] = {}
    for (_, stage), lines in built.release_codes.items():
        for line in lines:
            codes[stage, line.entry_id] = line.code
            codes[release_codes.unblinding_stage(stage), line.entry_id] = line.unblinding_code
    key = opened.site_private_key
    package = opened.package
    return Sealings(package.trial.code, key, package.entries, package.unblindings, codes)


def shapes(entries: Sequence[SealedEntry]) -> set[tuple[int, int, int]]:
    """Return what can be seen of entries from outside: the lengths of their parts."""
    return {(len(entry.entry_id), len(entry.salt), len(entry.sealed)) for entry in entries}


def sharing(entries: Sequence[SealedEntry]) -> list[tuple[str, str]]:
    """Return the pairs of entries that have `WINDOW` bytes in a row in common, wherever."""
    runs = {(entry.stage, entry.entry_id): set(_runs(entry)) for entry in entries}
    return [(str(a), str(b)) for a, b in combinations(runs, 2) if runs[a] & runs[b]]


def _runs(entry: SealedEntry) -> Iterator[bytes]:
    for part in (entry.salt, entry.sealed):
        for start in range(len(part) - WINDOW + 1):
            yield part[start : start + WINDOW]


class CountedDerivation:
    """Argon2id that keeps with which cost it was run."""

    run: list[tuple[int, int, int]]

    def __init__(
        self, *, salt: bytes, length: int, iterations: int, lanes: int, memory_cost: int
    ) -> None:
        self.run.append((memory_cost, iterations, lanes))
        self._real = Argon2id(
            salt=salt, length=length, iterations=iterations, lanes=lanes, memory_cost=memory_cost
        )

    def derive(self, secret: bytes) -> bytes:
        return self._real.derive(secret)


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """The derivations run so far: memory in KiB, passes, lanes."""
    CountedDerivation.run = []
    monkeypatch.setattr(release_codes, "Argon2id", CountedDerivation)
    return CountedDerivation.run


def wrong_codes(entry: SealedEntry, count: int) -> list[str]:
    """Return well-formed codes that name the entry, none of them its own."""
    chance = SeededChance("guesses")
    return [release_code(entry.entry_id, new_secret(chance)) for _ in range(count)]


def test_every_code_opens_its_own_entry_so_that_a_refusal_below_means_something(
    sealings: Sealings,
) -> None:
    told: dict[str, list[str]] = {}
    for entry in sealings.everything:
        code = sealings.codes[entry.stage, entry.entry_id]
        told.setdefault(entry.stage, []).append(sealings.opened(entry, code))
    for stage, arms in LISTS.items():
        assert sorted(told.pop(stage)) == sorted(arms)
    assert told == {"stage1/unblinding": ["UNBLIND"] * len(LISTS[StageCode("stage1")])}


def test_sealed_entries_of_every_arm_stage_and_purpose_have_one_length(sealings: Sealings) -> None:
    assert len({len(arm) for arms in LISTS.values() for arm in arms}) > 1
    assert len(shapes(sealings.everything)) == 1


def test_a_sealing_without_padding_is_noticed_by_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(release_codes, "_fixed_length", lambda arm: arm.encode())
    assert len(shapes([_sealed(arm, SeededChance(arm)) for arm in ("MSC", "PLACEBO")])) == 2


def test_wrong_codes_open_nothing_and_cost_one_derivation_each(
    sealings: Sealings, derivations: list[tuple[int, int, int]]
) -> None:
    entry = sealings.entries[0]
    for code in wrong_codes(entry, WRONG_CODES):
        assert sealings.refusal(entry, code) == "release_code.wrong"
    assert derivations == [(19 * 1024, 2, 1)] * WRONG_CODES
    assert sealings.opened(entry, sealings.codes[entry.stage, entry.entry_id])
    assert len(derivations) == WRONG_CODES + 1


def test_a_million_tries_reach_less_than_a_billionth_of_the_codes() -> None:
    codes = len(set(ALPHABET)) ** release_codes.SECRET
    assert codes > 2**52
    assert MILLION / codes < 1e-9


def test_a_slip_or_another_entrys_code_is_told_without_a_derivation(
    sealings: Sealings, derivations: list[tuple[int, int, int]]
) -> None:
    one, other = sealings.entries[:2]
    code = sealings.codes[one.stage, one.entry_id]
    assert sealings.refusal(one, code[:-1]) == "release_code.mistyped"
    assert sealings.refusal(other, code) == "release_code.other_entry"
    assert derivations == []


def test_a_code_that_is_not_hardened_is_noticed_by_counting(
    derivations: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hardened = release_codes._key
    monkeypatch.setattr(
        release_codes,
        "_key",
        lambda agreed, secret, salt, bound: hardened(agreed + secret.encode(), "", salt, bound),
    )
    entry = _sealed("MSC", SeededChance("soft"))
    for code in wrong_codes(entry, WRONG_CODES):
        with pytest.raises(Refused):
            open_entry("ACLF", SITE, entry, bytes(range(32)), code)
    assert derivations == []


def test_no_two_entries_share_bytes_not_even_of_one_arm(sealings: Sealings) -> None:
    everything = sealings.everything
    assert sharing(everything) == []
    assert len({entry.salt for entry in everything}) == len(everything)
    assert len(set(sealings.codes.values()) - {""}) == len(everything)


def test_a_sealing_that_draws_the_same_twice_is_noticed() -> None:
    class Stuck(SeededChance):
        def token_bytes(self, count: int) -> bytes:
            return b"\x07" * count

    places = ("K7M4", "A2A2")
    stuck: list[Chance] = [Stuck("stuck"), Stuck("stuck")]
    entries = [_sealed("MSC", c, place) for c, place in zip(stuck, places, strict=True)]
    assert sharing(entries) == [("('S1', 'K7M4')", "('S1', 'A2A2')")]


def test_the_sites_key_opens_nothing_without_a_code(sealings: Sealings) -> None:
    rules = {sealings.refusal(entry, "") for entry in sealings.everything}
    assert rules == {"release_code.wrong"}


def test_entries_opened_so_far_do_not_help_with_the_next(sealings: Sealings) -> None:
    *before, following = (e for e in sealings.entries if e.stage == "stage1")
    keys = [_key_of(sealings, entry) for entry in before]
    bound, sealed = _bound(sealings, following), following.sealed[release_codes.KEY_BYTES :]
    for entry, key in zip(before, keys, strict=True):
        secret = _secret(sealings.codes[entry.stage, entry.entry_id])
        spent = release_code(following.entry_id, secret)
        assert sealings.refusal(following, spent) == "release_code.wrong"
        with pytest.raises(InvalidTag):
            AESGCM(key).decrypt(release_codes.NONCE, sealed, bound)
    assert AESGCM(_key_of(sealings, following)).decrypt(release_codes.NONCE, sealed, bound)


def test_the_unblinding_code_of_an_entry_does_not_open_its_allocation_nor_the_other_way(
    sealings: Sealings,
) -> None:
    (entry, proof) = next(
        (e, u) for e in sealings.entries for u in sealings.unblindings if e.entry_id == u.entry_id
    )
    unblinding = sealings.codes[proof.stage, proof.entry_id]
    assert sealings.refusal(entry, unblinding) == "release_code.wrong"
    assert (
        sealings.refusal(proof, sealings.codes[entry.stage, entry.entry_id]) == "release_code.wrong"
    )


def _sealed(arm: str, chance: Chance, entry_id: str = "K7M4") -> SealedEntry:
    public = X25519PrivateKey.from_private_bytes(bytes(range(32))).public_key()
    place = EntryPlace("ACLF", SITE, StageCode("S1"), entry_id)
    secret = new_secret(SeededChance("secret"))
    return release_codes.seal_entry(place, ArmCode(arm), public.public_bytes_raw(), secret, chance)


def _secret(code: str) -> str:
    """Return the secret in a spoken code, without entry and check character."""
    return code.replace("-", "")[release_codes.ENTRY_ID : -1]


def _bound(sealings: Sealings, entry: SealedEntry) -> bytes:
    place = EntryPlace(sealings.trial, SITE, entry.stage, entry.entry_id)
    public = X25519PrivateKey.from_private_bytes(sealings.key).public_key().public_bytes_raw()
    return release_codes._bound(place, entry.sealed[: release_codes.KEY_BYTES], public)


def _key_of(sealings: Sealings, entry: SealedEntry) -> bytes:
    """Return the key that an entry's code and the site's key give: what is known once it is open."""
    private = X25519PrivateKey.from_private_bytes(sealings.key)
    ephemeral = X25519PublicKey.from_public_bytes(entry.sealed[: release_codes.KEY_BYTES])
    secret = _secret(sealings.codes[entry.stage, entry.entry_id])
    agreed = private.exchange(ephemeral)
    return release_codes._key(agreed, secret, entry.salt, _bound(sealings, entry))
