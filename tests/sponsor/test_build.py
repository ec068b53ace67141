import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.trial import Concealment
from pharmacy_app.exchange.trial_package import OpenedPackage, read_package
from pharmacy_app.sponsor.build import BuiltTrial, build_packages
from pharmacy_app.sponsor.desk_file import write_desk_file
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.lists import ListedEntry
from pharmacy_app.sponsor.output import write_build
from pharmacy_app.sponsor.sources import Sources, read_sources
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.release_codes import open_entry

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
KEYS = new_keys(SeededChance("sponsor"))
SITE, STAGE, STAGE_2 = SiteCode("01"), StageCode("stage1"), StageCode("stage2")
DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def fewer(sources: Sources, each: int = 3) -> Sources:
    """The first entries of every site: hardening every code of the whole list takes seconds."""
    kept: dict[SiteCode, list[ListedEntry]] = {}
    for entry in sources.entries[STAGE]:
        kept.setdefault(entry.site, []).append(entry)
    entries = tuple(entry for listed in kept.values() for entry in listed[:each])
    return dataclasses.replace(sources, entries={STAGE: entries})


SOURCES = fewer(read_sources(DEMO, NOW))


def built(sources: Sources = SOURCES, seed: str = "build") -> BuiltTrial:
    return build_packages(sources, KEYS, SeededChance(seed), SetClock(NOW))


BUILT = built()


def opened(made: BuiltTrial, site: SiteCode = SITE) -> OpenedPackage:
    return read_package(
        made.packages[site],
        pinned=None,
        site=None,
        last_number=0,
        now=NOW,
        activation_code=made.activation_codes[site],
    )


def test_every_site_gets_a_package_that_its_letter_opens() -> None:
    for site in SOURCES.trial.sites:
        package = opened(BUILT, site.code).package
        assert package.site == site.code
        assert package.trial == SOURCES.trial
        assert {kit.number for kit in package.kits} == {
            number for shipment in package.shipments for number in shipment.kits
        }
        assert package.recovery_public_key == KEYS.recovery_public


def test_a_site_gets_only_its_own_kits() -> None:
    one, two = (opened(BUILT, SiteCode(code)).package for code in ("01", "02"))
    assert len(one.kits) == 34
    assert not {kit.number for kit in one.kits} & {kit.number for kit in two.kits}


def test_each_release_code_opens_its_entry_to_the_arm_of_the_list() -> None:
    site = opened(BUILT)
    entries = {entry.entry_id: entry for entry in site.package.entries}
    listed = {e.sequence: e.arm for e in SOURCES.entries[STAGE] if e.site == SITE}
    lines = BUILT.release_codes[SITE, STAGE]
    assert {line.sequence: line.arm for line in lines} == listed
    for line in lines:
        entry = entries[line.entry_id]
        assert (
            open_entry(site.package.trial.code, SITE, entry, site.site_private_key, line.code)
            == line.arm
        )


def test_the_order_of_entries_is_not_the_order_of_the_list() -> None:
    ids = [line.entry_id for line in BUILT.release_codes[SITE, STAGE]]
    assert [e.entry_id for e in opened(BUILT).package.entries] == sorted(ids)


def test_entries_are_named_once_in_the_whole_stage() -> None:
    ids = [line.entry_id for lines in BUILT.release_codes.values() for line in lines]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("arm", ["MSC", "PLACEBO"])
def test_the_length_of_a_package_does_not_depend_on_the_arms(arm: str) -> None:
    entries = tuple(dataclasses.replace(e, arm=ArmCode(arm)) for e in SOURCES.entries[STAGE])
    other = built(dataclasses.replace(SOURCES, entries={STAGE: entries}))
    for site, raw in BUILT.packages.items():
        assert len(other.packages[site]) == len(raw)
    inside, outside = opened(other).package, opened(BUILT).package
    assert len(msgspec.json.encode(inside)) == len(msgspec.json.encode(outside))


def test_a_later_package_is_sealed_for_the_site_and_seals_no_list_twice() -> None:
    first = opened(BUILT)
    clock = SetClock(NOW + timedelta(days=30))
    later = build_packages(
        SOURCES, KEYS, SeededChance("later"), clock, register=BUILT.register, sites=[SITE]
    )
    assert later.activation_codes == {}
    assert later.release_codes == {}
    second = read_package(
        later.packages[SITE],
        pinned=first.sponsor_public_key,
        site=SITE,
        last_number=first.number,
        now=clock.now(),
        trial=first.package.trial.code,
        site_private_key=first.site_private_key,
    )
    assert second.number == 2
    assert second.package.entries == ()
    assert second.package.kits == first.package.kits


def test_the_second_stages_list_comes_with_a_later_package() -> None:
    first = opened(BUILT)
    stage_2 = tuple(
        ListedEntry(STAGE_2, n, SITE, ArmCode(arm), "")
        for n, arm in enumerate(("MSC-LONG", "MSC-CTRL"), start=1)
    )
    both = dataclasses.replace(SOURCES, entries={**SOURCES.entries, STAGE_2: stage_2})
    later = build_packages(
        both, KEYS, SeededChance("2"), SetClock(NOW), register=BUILT.register, sites=[SITE]
    )
    second = read_package(
        later.packages[SITE],
        pinned=KEYS.signing_public,
        site=SITE,
        last_number=1,
        now=NOW,
        site_private_key=first.site_private_key,
    )
    assert [entry.stage for entry in second.package.entries] == [STAGE_2, STAGE_2]
    record = later.register.site(SOURCES.trial.code, SITE)
    assert record is not None
    assert record.stages == (STAGE, STAGE_2)


def test_a_sequential_stage_is_named_by_place_and_needs_no_code() -> None:
    stages = tuple(
        msgspec.structs.replace(stage, concealment=Concealment.SEQUENTIAL)
        for stage in SOURCES.trial.stages
    )
    trial = msgspec.structs.replace(SOURCES.trial, stages=stages)
    made = built(dataclasses.replace(SOURCES, trial=trial))
    site = opened(made)
    assert [entry.entry_id for entry in site.package.entries] == ["0001", "0002", "0003"]
    arms = [
        open_entry(trial.code, SITE, entry, site.site_private_key) for entry in site.package.entries
    ]
    assert arms == [e.arm for e in SOURCES.entries[STAGE] if e.site == SITE]
    assert {line.code for line in made.release_codes[SITE, STAGE]} == {""}


def test_a_used_number_and_an_unknown_site_are_refused() -> None:
    chance, clock = SeededChance("x"), SetClock(NOW)
    with pytest.raises(Refused, match="number_used"):
        build_packages(SOURCES, KEYS, chance, clock, register=BUILT.register, number=1)
    with pytest.raises(Refused, match="site_unknown"):
        build_packages(SOURCES, KEYS, chance, clock, sites=[SiteCode("09")])


def test_no_code_or_key_shows_in_a_trace() -> None:
    told = repr(BUILT)
    for code in BUILT.activation_codes.values():
        assert code not in told
    assert BUILT.release_codes[SITE, STAGE][0].code not in repr(BUILT.release_codes)


DESK = write_desk_file(BUILT, KEYS, SeededChance("desk"), NOW, 30)


def test_the_files_of_a_build_are_private_and_never_overwritten(tmp_path: Path) -> None:
    paths = write_build(BUILT, KEYS.signing_public, tmp_path / "out", DESK)
    assert sorted(path.name for path in paths) == sorted(
        [f"ACLF-MSC-0{n}-1.package" for n in range(1, 5)]
        + [f"ACLF-MSC-0{n}-activation-letter.txt" for n in range(1, 5)]
        + ["ACLF-MSC-desk-1.desk", "ACLF-MSC-desk-letter.txt"]
    )
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}
    with pytest.raises(EnvironmentProblem, match="output_exists"):
        write_build(BUILT, KEYS.signing_public, tmp_path / "out", DESK)


def test_the_letter_says_training_and_holds_the_code_in_both_languages(tmp_path: Path) -> None:
    write_build(BUILT, KEYS.signing_public, tmp_path)
    letter = (tmp_path / "ACLF-MSC-01-activation-letter.txt").read_text(encoding="utf-8")
    assert BUILT.activation_codes[SITE] in letter
    assert "培训数据" in letter
    assert "ACLF-MSC-01-1.package" in letter
