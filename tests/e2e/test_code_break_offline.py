"""The emergency code break where there is no network at all, by the real program at a command line."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.named_arms import (
    IN_THE_LETTER,
    SUBJECT,
    WORDS,
    named_in,
    on_disk,
    site_with_a_subject_in_either_arm,
)
from tests.pharmacies import PASSWORDS, WANG

CUT_OFF = ["unshare", "--map-root-user", "--net"]
"""Runs a program in a network of its own that leads nowhere: not even to itself."""
CALL = "import socket; socket.create_connection(('127.0.0.1', 9))"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("unshare") is None
        or subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode != 0,
        reason="needs Linux that lets a program be cut off from the network",
    ),
]


def cut_off(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """Run Python where there is no network."""
    return subprocess.run(
        [*CUT_OFF, sys.executable, *words], input=typed, capture_output=True, text=True, check=False
    )


def test_a_code_is_broken_with_no_network_and_only_the_letter_names_an_arm(
    tmp_path: Path, own_home: Path
) -> None:
    before = datetime.now(UTC) - timedelta(hours=1)
    made = site_with_a_subject_in_either_arm(tmp_path / "site", before)
    envelope = tmp_path / "envelope"
    envelope.mkdir()
    assert on_disk(tmp_path, own_home) == set()
    asked = [
        "--requester",
        "Dr Sun",
        "--category",
        "safety",
        "--role",
        "intensive care",
        "--reason",
        "anaphylaxis",
    ]
    vault = ["--vault", str(made.folder), "--person", WANG, "--password-stdin"]
    command = ["unblind", "emergency", *vault, SUBJECT, "--to", str(envelope), *asked]
    done = cut_off(str(ROOT / "main.py"), *command, typed=PASSWORDS[WANG] + "\n")
    assert done.returncode == 0, done.stderr
    assert not any(word in done.stdout + done.stderr for word in WORDS)
    letter, notice = sorted(envelope.iterdir())
    assert letter.name == f"UNBLINDED_letter_{SUBJECT}_1.pdf"
    assert notice.name == f"notice_{SUBJECT}_1.pdf"
    assert named_in(letter.read_bytes()) == IN_THE_LETTER
    assert named_in(notice.read_bytes()) == {SUBJECT}
    assert on_disk(tmp_path, own_home) == set()


def test_a_program_that_calls_out_fails_there() -> None:
    assert "Network is unreachable" in cut_off("-c", CALL).stderr
