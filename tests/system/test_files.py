import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.files import write_replacing


def test_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "site.slots"
    write_replacing(target, b"old")
    write_replacing(target, b"new and longer")
    assert target.read_bytes() == b"new and longer"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists, not modes")
def test_written_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "site.slots"
    write_replacing(target, b"secret")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_part_left_by_a_power_cut_is_no_hindrance(tmp_path: Path) -> None:
    target = tmp_path / "site.slots"
    (tmp_path / "site.slots.part").write_bytes(b"half")
    write_replacing(target, b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["site.slots"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_link_laid_where_the_part_goes_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"untouched")
    (tmp_path / "site.slots.part").symlink_to(elsewhere)
    write_replacing(tmp_path / "site.slots", b"whole")
    assert elsewhere.read_bytes() == b"untouched"


def test_full_disk_leaves_the_old_file_and_tells_how_much_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site.slots"
    write_replacing(target, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem) as raised:
        write_replacing(target, b"x" * 2_000_000)
    assert raised.value.problem.rule == "disk.full"
    assert str(raised.value.problem.fact("needed_mb")) == "2.0"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folder_is_told_in_the_system_s_own_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        write_replacing(tmp_path / "nowhere" / "site.slots", b"x")
    assert raised.value.problem.rule == "file.not_written"
    assert raised.value.problem.fact("cause") == os.strerror(errno.ENOENT)


def test_disk_that_returns_other_bytes_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site.slots"
    write_replacing(target, b"old")
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"bit rot")
    with pytest.raises(EnvironmentProblem) as raised:
        write_replacing(target, b"new")
    monkeypatch.undo()
    assert raised.value.problem.fact("cause") == "read_back_differs"
    assert target.read_bytes() == b"old"
