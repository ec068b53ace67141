import io
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run
from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.exchange.bundle import fingerprint
from pharmacy_app.exchange.receipts import Destination, SealedReceipt, write_receipt
from pharmacy_app.sponsor.keys import load_keys
from pharmacy_app.system.clock import SystemClock
from tests.documents import stock_papers

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes on standard input, once for every command."""
    monkeypatch.setattr("sys.stdin", io.StringIO((PASSWORD + "\n") * 3))


def small(folder: Path) -> Path:
    """The demo with three entries a site: the whole list takes seconds to seal."""
    shutil.copytree(DEMO, folder)
    path = folder / "allocations-stage1.csv"
    rows = [f"{n},{(n - 1) // 3 + 1:02d},,{'PLACEBO' if n % 3 else 'MSC'}" for n in range(1, 13)]
    swapped = [row.replace("PLACEBO", "?").replace("MSC", "PLACEBO") for row in rows]
    body = [row.replace("?", "MSC") for row in swapped]
    path.write_text("\n".join(["sequence,site,block,arm", *body]), encoding="utf-8")
    (folder / "allocations-stage2.csv").unlink()
    return folder


def test_keys_check_and_build_make_one_package_a_site(
    tmp_path: Path, typed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    sources, keys, out = small(tmp_path / "trial"), tmp_path / "keys", tmp_path / "out"
    assert run(["--lang", "zh", "sponsor", "keys", "--out", str(keys)]) == Exit.DONE
    assert run(["--lang", "zh", "sponsor", "check", str(sources)]) == Exit.DONE
    assert "未发现错误" in capsys.readouterr().out
    command = ["sponsor", "build", str(sources), "--keys", str(keys), "--out", str(out)]
    assert run(command) == Exit.DONE
    assert len(list(out.glob("*.package"))) == 4
    second = [*command[:-1], str(tmp_path / "second")]
    assert run(second) == Exit.DONE
    assert [p.name for p in sorted((tmp_path / "second").iterdir())] == [
        f"ACLF-MSC-0{n}-2.package" for n in range(1, 5)
    ]


def test_check_prints_every_mistake_and_ends_as_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = small(tmp_path / "trial")
    text = (sources / "trial.toml").read_text(encoding="utf-8")
    text = text.replace("final_volume_ml = 100", "final_volume_ml = true")
    (sources / "trial.toml").write_text(text, encoding="utf-8")
    (sources / "kits.csv").unlink()
    assert run(["--lang", "en", "sponsor", "check", str(sources)]) == Exit.REFUSED
    told = capsys.readouterr().err
    assert "dose.final_volume_ml: a number." in told
    assert "[sponsor.file_missing] kits.csv" in told


def test_build_with_a_wrong_password_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nanother password\n"))
    assert run(["sponsor", "keys", "--out", str(keys)]) == Exit.DONE
    command = ["sponsor", "build", str(DEMO), "--keys", str(keys), "--out", str(tmp_path / "out")]
    assert run(command) == Exit.REFUSED
    assert "sponsor.wrong_password" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_sites_sealed_receipt_is_opened_and_another_stations_refused(
    tmp_path: Path, typed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    del typed
    keys, file = tmp_path / "keys", tmp_path / "SHP-01-001.receipt"
    assert run(["sponsor", "keys", "--out", str(keys)]) == Exit.DONE
    opened = load_keys(keys, PASSWORD)
    paper = stock_papers.shipment_receipt()
    now = SystemClock().now()
    told = SealedReceipt(
        shipment_id=paper.shipment_id,
        opened_at=paper.opened_at,
        registered_at=paper.registered_at,
        seals_intact=True,
        tilt_ok=True,
        weight_kg=None,
        logger_serial="10755220",
        max_c=Decimal("-95.2"),
        seconds_above=3660,
        excursion=True,
        kits=paper.kits,
        found=paper.found,
        unexpected=paper.unexpected,
        received_by="王药师",
    )
    station = Ed25519PrivateKey.generate()
    to = Destination(opened.recovery_public, "ACLF-MSC", SiteCode("01"), 9)
    file.write_bytes(write_receipt(told, to, station.private_bytes_raw(), now))
    capsys.readouterr()
    command = ["--lang", "en", "sponsor", "receipt", str(file), "--keys", str(keys)]
    assert run(command) == Exit.DONE
    said = capsys.readouterr().out
    assert "Temperature excursion: -95.2 °C, 61 minutes above the limit." in said
    assert "! 7PD4PT0  in quarantine (temperature excursion on the way)" in said
    assert "Unexpected: 9ZZ9ZZ9" in said
    assert fingerprint(station.public_key().public_bytes_raw()) in said
    assert run([*command, "--station", "0000 1111"]) == Exit.REFUSED
    assert "bundle.foreign_sender" in capsys.readouterr().err


def test_a_notice_that_decides_on_kits_names_kits_of_the_list_alone(
    tmp_path: Path, typed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    del typed
    keys, out = tmp_path / "keys", tmp_path / "decision.notice"
    sources = small(tmp_path / "trial")
    assert run(["sponsor", "keys", "--out", str(keys)]) == Exit.DONE
    build = ["sponsor", "build", str(sources), "--keys", str(keys), "--out"]
    assert run([*build, str(tmp_path / "out")]) == Exit.DONE
    kit = (sources / "kits.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    shared = ["--keys", str(keys), "--site", "01", "--reference", "QA 7", "--out", str(out)]
    command = ["sponsor", "decide-kits", str(sources), *shared]
    assert run([*command, "--usable", "NOTHERE"]) == Exit.REFUSED
    assert "notice.unknown_kit" in capsys.readouterr().err
    assert run(command) == Exit.USAGE
    assert run([*command, "--usable", kit]) == Exit.DONE
    assert out.read_bytes().startswith(b"TRIAL-SITE-BUNDLE 1\n")
