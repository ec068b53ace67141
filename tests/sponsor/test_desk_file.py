"""The randomisation desk's sealed file, its cards, and the sponsor's notice, from end to end."""

import io
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from pharmacy_app.cli.desk_file import cards_of
from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run
from pharmacy_app.documents.cards import render
from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.bundle import Expected, Kind, read_bundle
from pharmacy_app.exchange.notices import (
    DisposalAuthorised,
    Told,
    UnblindingAuthorised,
    read_notice,
)
from pharmacy_app.exchange.trial_package import read_package
from pharmacy_app.sponsor.build import build_packages
from pharmacy_app.sponsor.desk_file import lines_of, read_desk_file, write_desk_file
from pharmacy_app.sponsor.keys import load_keys, new_keys
from pharmacy_app.sponsor.sources import read_sources, read_trial
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock, SystemClock
from tests.cli.test_sponsor import PASSWORD, small

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CROSSOVER = Path(__file__).parents[1] / "data" / "trials" / "crossover"
CHANCE = SeededChance("desk")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("trial") / "trial")


@pytest.fixture(scope="module")
def made(folder: Path) -> tuple[bytes, str, list[str]]:
    """The sealed file, its code, and the arms it names."""
    keys = new_keys(CHANCE)
    built = build_packages(read_sources(folder, NOW), keys, CHANCE, SetClock(NOW))
    file = write_desk_file(built, keys, CHANCE, NOW, 30)
    opened = read_desk_file(file.raw, file.code, NOW)
    assert opened == lines_of(built)
    return file.raw, file.code, [line.arm for line in opened.lines]


def test_the_sealed_file_tells_no_arm_and_no_code_to_who_has_no_letter(
    made: tuple[bytes, str, list[str]],
) -> None:
    raw, code, arms = made
    for arm in set(arms):
        assert arm.encode() not in raw.replace(b"ACLF-MSC", b"")
    for line in read_desk_file(raw, code, NOW).lines:
        assert line.code.replace("-", "").encode() not in raw.replace(b"-", b"")
    with pytest.raises(Refused, match="activation"):
        read_desk_file(raw, code[:-1] + ("2" if code[-1] != "2" else "3"), NOW)
    with pytest.raises(Refused, match=r"bundle\.altered"):
        read_desk_file(raw[:-1] + bytes([raw[-1] ^ 1]), code, NOW)
    with pytest.raises(Refused, match=r"bundle\.expired"):
        read_desk_file(raw, code, NOW + timedelta(days=31))


def test_a_desks_file_is_no_package_and_a_package_no_desks_file(
    made: tuple[bytes, str, list[str]],
) -> None:
    raw, code, _ = made
    with pytest.raises(Refused, match=r"bundle\.other_kind"):
        read_package(raw, pinned=None, site=None, last_number=0, now=NOW, activation_code=code)
    assert read_bundle(raw, Expected(kind=Kind.DESK_LIST, now=NOW)).header.site == "DESK"


def test_the_cards_name_every_code_and_no_arm(
    made: tuple[bytes, str, list[str]], folder: Path
) -> None:
    raw, code, _ = made
    opened, trial = read_desk_file(raw, code, NOW), read_trial(folder)
    cards = list(cards_of(opened, trial))
    assert len(cards) == 2 * len(opened.lines)
    pdf = render(cards)
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert len(document) == -(-len(cards) // 10)
    assert all(card.code in text for card in cards)
    for arm in trial.stages[0].arms:
        assert arm.code not in text.replace(trial.code, "")
        assert arm.name.en not in text
    places = [(card.site, card.number) for card in cards[: len(opened.lines)]]
    assert places == sorted(places)


def test_cards_are_the_same_whatever_the_arms(
    made: tuple[bytes, str, list[str]], folder: Path
) -> None:
    raw, code, arms = made
    opened, trial = read_desk_file(raw, code, NOW), read_trial(folder)
    other = {a: b for a in set(arms) for b in set(arms) if a != b}

    swapped = msgspec.structs.replace(
        opened,
        lines=tuple(msgspec.structs.replace(line, arm=other[line.arm]) for line in opened.lines),
    )
    assert render(list(cards_of(swapped, trial))) == render(list(cards_of(opened, trial)))


def noticed(path: Path, kind: type[Told], keys: Path, out: Path) -> Told:
    """Return what a notice says to the site that the package in ``out`` founds."""
    told = (out / "ACLF-MSC-01-activation-letter.txt").read_text(encoding="utf-8").splitlines()
    founded = read_package(
        (out / "ACLF-MSC-01-1.package").read_bytes(),
        pinned=None,
        site=None,
        last_number=0,
        now=SystemClock().now(),
        activation_code=next(line.strip() for line in told if line.strip().count("-") == 4),
    )
    return read_notice(
        path.read_bytes(),
        kind,
        pinned=load_keys(keys, PASSWORD).signing_public,
        site=SiteCode("01"),
        trial="ACLF-MSC",
        now=SystemClock().now(),
        site_private_key=founded.site_private_key,
    )


def test_the_commands_build_open_print_and_write_a_notice(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, keys, out = tmp_path / "trial", tmp_path / "keys", tmp_path / "out"
    shutil.copytree(folder, sources)

    def said(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    said(PASSWORD)
    assert run(["sponsor", "keys", "--out", str(keys)]) == Exit.DONE
    said(PASSWORD)
    build = ["sponsor", "build", str(sources), "--keys", str(keys), "--out", str(out)]
    assert run(build) == Exit.DONE
    file = out / "ACLF-MSC-desk-1.desk"
    letter = (out / "ACLF-MSC-desk-letter.txt").read_text(encoding="utf-8").splitlines()
    code = next(line.strip() for line in letter if line.strip().count("-") == 4)
    desk = tmp_path / "desk"
    desk.mkdir()
    said(code)
    assert run(["sponsor", "desk-list", str(file), "--out", str(desk)]) == Exit.DONE
    table = (desk / "release-codes-stage1.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("sequence,site,stratum,entry,release_code,arm,unblinding_code")
    assert len(table) == 13
    said(code)
    assert run(["sponsor", "desk-list", str(file), "--out", str(desk)]) == Exit.ENVIRONMENT
    said(code)
    cards = ["sponsor", "desk-cards", str(file), "--trial", str(sources)]
    assert run([*cards, "--out", str(tmp_path / "cards.pdf")]) == Exit.DONE
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")
    said(code)
    others = ["sponsor", "desk-cards", str(file), "--trial", str(CROSSOVER)]
    assert run([*others, "--out", str(tmp_path / "others.pdf")]) == Exit.REFUSED
    assert not (tmp_path / "others.pdf").exists()
    notice = ["sponsor", "notice", str(sources), "--keys", str(keys), "--subject", "01-001"]
    notice += ["--stage", "stage1", "--reference", "AUTH-7", "--out", str(tmp_path / "a.notice")]
    said(PASSWORD)
    assert run([*notice, "--site", "09"]) == Exit.REFUSED
    for unfit in (("--subject", "1"), ("--subject", "\udcff"), ("--reference", " \u202e")):
        assert run([*notice, "--site", "01", *unfit]) == Exit.REFUSED
    said(PASSWORD)
    assert run([*notice, "--site", "01"]) == Exit.DONE
    read = noticed(tmp_path / "a.notice", UnblindingAuthorised, keys, out)
    assert (read.subject_id, read.stage, read.reference) == ("01-001", "stage1", "AUTH-7")
    with pytest.raises(Refused) as refused:
        noticed(tmp_path / "a.notice", DisposalAuthorised, keys, out)
    assert [v.rule for v in refused.value.violations] == ["notice.another_kind"]
    dispose = ["sponsor", "authorise-disposal", str(sources), "--keys", str(keys), "--site", "01"]
    dispose += ["--way", "destroyed", "--reference", "D-3", "--out", str(tmp_path / "d.notice")]
    kit = next(line.number for line in read_sources(sources, SystemClock().now()).kits)
    for wrong in (["NO-KIT"], [kit, "--to-site", "02"], [kit, "--reference", " "]):
        assert run([*dispose, *wrong]) == Exit.REFUSED
    said(PASSWORD)
    assert run([*dispose, kit, kit]) == Exit.DONE
    meant = noticed(tmp_path / "d.notice", DisposalAuthorised, keys, out)
    assert (meant.kits, meant.way, meant.reference) == ((kit,), Way.DESTROYED, "D-3")


@pytest.mark.parametrize(
    ("subject", "reference", "rule"),
    [
        ("01-001", "  ", "notice.no_reference"),
        ("02-001", "AUTH-7", "subject.number"),
        (" ", "AUTH-7", "subject.number_missing"),
        ("1-1", "AUTH-7", "subject.number"),
    ],
)
def test_a_notice_its_site_would_refuse_is_not_written(
    subject: str,
    reference: str,
    rule: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "a.notice"
    notice = ["sponsor", "notice", str(folder), "--keys", str(tmp_path), "--site", "01"]
    notice += ["--subject", subject, "--stage", "stage1", "--reference", reference]
    assert run([*notice, "--out", str(out)]) == Exit.REFUSED
    assert f"[{rule}]" in capsys.readouterr().err
    assert not out.exists()
