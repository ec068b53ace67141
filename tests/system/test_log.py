import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmacy_app.system import log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    handler = log.start(tmp_path / "log")
    yield tmp_path / "log"
    log.stop(handler)


def written(folder: Path) -> str:
    return (folder / log.FILE_NAME).read_text(encoding="utf-8")


def test_line_carries_its_event_and_facts(folder: Path) -> None:
    log.note("command.ended", command="verify", exit_code=0, milliseconds=120)
    assert written(folder).endswith("command.ended command=verify exit_code=0 milliseconds=120\n")


@pytest.mark.parametrize("fact", ["subject", "arm", "kit", "lot", "name"])
def test_fact_that_could_name_a_subject_or_an_arm_is_not_taken(folder: Path, fact: str) -> None:
    with pytest.raises(ValueError, match=fact):
        log.note("dose.prepared", **{fact: "x"})
    assert written(folder) == ""


@pytest.mark.parametrize("text", ["SUBJ-001", "albumin 5 %", "活性", "a" * 41, ""])
def test_text_that_is_no_short_code_is_not_taken(folder: Path, text: str) -> None:
    with pytest.raises(ValueError, match="codes"):
        log.note("page.opened", page=text)
    assert written(folder) == ""


def test_message_of_a_library_is_cut_down_to_its_origin(folder: Path) -> None:
    try:
        raise RuntimeError("kit HUC-1 holds cells")  # noqa: TRY301 - the trace is what is tested
    except RuntimeError:
        logging.getLogger("some.library").exception("subject %s gets %s", "001", "placebo")
    text = written(folder)
    assert text.endswith("some.library library.error\n")
    assert not any(word in text for word in ("001", "placebo", "cells", "Traceback"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists, not modes")
def test_log_folder_is_closed_to_others(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_log_is_bounded(tmp_path: Path) -> None:
    handler = log.start(tmp_path, file_bytes=500)
    for count in range(200):
        log.note("tick", count=count)
    log.stop(handler)
    assert len(list(tmp_path.iterdir())) == log.FILES_KEPT
    assert all(path.stat().st_size <= 500 for path in tmp_path.iterdir())
