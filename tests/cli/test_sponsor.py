import io
import shutil
from pathlib import Path

import pytest

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run

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
