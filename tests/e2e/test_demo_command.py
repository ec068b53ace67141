"""``main.py demo`` as a stranger runs it: a process of its own, no display."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 90

pytestmark = pytest.mark.xdist_group("demo command")  # one run of it serves every test


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("with a space") / "demo out"


@pytest.fixture(scope="module")
def told(out: Path) -> str:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--lang", "en", "demo", "--out", str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=3 * LONGEST_S,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert time.monotonic() - began < LONGEST_S
    return run.stdout


@pytest.fixture(scope="module")
def summary(told: str, out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.slow
def test_it_tells_what_was_done_what_was_refused_and_how_long_it_took(told: str) -> None:
    assert "handed over" in told
    assert "refused [kit.wrong_arm]" in told
    assert " s  labels decoded" in told
    assert "Ledger intact" in told


@pytest.mark.slow
def test_every_page_is_there_in_both_languages(summary: dict[str, Any], out: Path) -> None:
    places = {
        Path(file).stem.removesuffix("_dark").rsplit("_", 1)[0] for file in summary["screens"]
    }
    wanted = {"sign-in", "first-run", "today", "receive", "stock", "subjects", "account"}
    assert wanted | {"documents", "bench-count", "bench-label", "curtain"} <= places
    for place in places:
        assert {f"screens/{place}_{tongue}.png" for tongue in ("zh", "en")} <= set(
            summary["screens"]
        )
    assert all((out / file).read_bytes().startswith(b"\x89PNG") for file in summary["screens"])


@pytest.mark.slow
def test_another_decoder_reads_the_same_labels(summary: dict[str, Any], out: Path) -> None:
    reader = shutil.which("dmtxread")
    if reader is None:
        return  # the program's own decoder read them already; this is a second opinion
    for label in summary["labels"]:
        read = subprocess.run(
            [reader, "-N1", str(out / label["file"])], capture_output=True, check=True
        )
        plain = label["symbol"].replace("(", "").replace(")", "")
        assert read.stdout.decode().replace("\x1d", "") == plain


@pytest.mark.slow
def test_the_vault_that_is_left_verifies_with_replay(summary: dict[str, Any], out: Path) -> None:
    aids = json.loads((out / "TRAINING.json").read_text(encoding="utf-8"))
    words = ["--lang", "en", "verify", "--vault", str(out / "vault"), "--replay"]
    words += ["--person", aids["people"][0]["person_id"], "--password-stdin"]
    run = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words],
        input=f"{aids['people'][0]['password']}\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_S,
    )
    assert run.returncode == 0, run.stderr
    assert summary["ledger"]["head"] in run.stdout
