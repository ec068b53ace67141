import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.package import SealedEntry
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.vault.release_codes import (
    EntryPlace,
    entry_of,
    new_secret,
    open_entry,
    release_code,
    seal_entry,
)

SITE = SiteCode("01")
KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()
SECRET = new_secret(SeededChance("secret"))


def sealed(
    arm: str = "MSC", entry_id: str = "K7M4", secret: str = SECRET, site: str = "01"
) -> SealedEntry:
    place = EntryPlace("ACLF", SiteCode(site), StageCode("1"), entry_id)
    return seal_entry(place, ArmCode(arm), PUBLIC, secret, SeededChance(entry_id + arm))


def rule(entry: SealedEntry, code: str, private: bytes = PRIVATE) -> str:
    with pytest.raises(Refused) as caught:
        open_entry("ACLF", SITE, entry, private, code)
    (found,) = caught.value.violations
    return found.rule


def test_an_entry_opens_with_the_code_that_names_it() -> None:
    code = release_code("K7M4", SECRET)
    assert entry_of(code) == "K7M4"
    assert open_entry("ACLF", SITE, sealed(), PRIVATE, code) == "MSC"


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", " "), lambda c: f" {c} "])
def test_how_a_code_is_written_does_not_matter(change: object) -> None:
    assert callable(change)
    written = str(change(release_code("K7M4", SECRET)))
    assert open_entry("ACLF", SITE, sealed(), PRIVATE, written) == "MSC"


def test_a_code_typed_through_a_chinese_input_method_is_read() -> None:
    code = release_code("K7M4", SECRET)
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert open_entry("ACLF", SITE, sealed(), PRIVATE, full_width) == "MSC"


def test_every_single_slip_is_called_a_slip_and_tried_on_nothing() -> None:
    code = release_code("K7M4", SECRET)
    for place, letter in enumerate(code):
        if letter != "-":
            slipped = code[:place] + ("7" if letter != "7" else "4") + code[place + 1 :]
            assert rule(sealed(), slipped) == "release_code.mistyped"
    assert rule(sealed(), code[:-1]) == "release_code.mistyped"
    assert rule(sealed(), code + code) == "release_code.mistyped"


def test_another_secret_for_the_same_entry_is_wrong() -> None:
    other = release_code("K7M4", new_secret(SeededChance("other")))
    assert rule(sealed(), other) == "release_code.wrong"


def test_a_code_for_another_entry_says_so() -> None:
    assert rule(sealed(), release_code("A2A2", SECRET)) == "release_code.other_entry"


def test_the_sites_key_alone_does_not_open_a_coded_entry_nor_the_code_alone() -> None:
    assert rule(sealed(), "") == "release_code.wrong"
    stranger = X25519PrivateKey.generate().private_bytes_raw()
    assert rule(sealed(), release_code("K7M4", SECRET), stranger) == "release_code.wrong"


def test_a_sequential_entry_opens_with_the_sites_key() -> None:
    assert open_entry("ACLF", SITE, sealed(secret=""), PRIVATE) == "MSC"


def test_an_entry_of_another_site_does_not_open_here() -> None:
    assert rule(sealed(site="02"), release_code("K7M4", SECRET)) == "release_code.wrong"


def test_a_damaged_entry_is_refused() -> None:
    entry = sealed()
    for cut in (0, 10, 32, len(entry.sealed) - 1):
        broken = SealedEntry(
            entry_id=entry.entry_id,
            stage=entry.stage,
            stratum="",
            salt=entry.salt,
            sealed=entry.sealed[:cut],
        )
        assert rule(broken, release_code("K7M4", SECRET)) == "release_code.wrong"


def test_the_length_of_an_entry_says_nothing_about_its_arm() -> None:
    assert len({len(sealed(arm).sealed) for arm in ("MSC", "PLACEBO", "A", "B" * 31)}) == 1


def test_an_arm_code_too_long_to_hide_is_never_sealed() -> None:
    with pytest.raises(ValueError, match="longer"):
        sealed("B" * 32)
