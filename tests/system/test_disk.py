from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import disk
from pharmacy_app.system.disk import MEGABYTE, Room


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (500 * MEGABYTE, Room.PLENTY),
        (500 * MEGABYTE - 1, Room.LOW),
        (100 * MEGABYTE, Room.LOW),
        (100 * MEGABYTE - 1, Room.TOO_LOW),
        (0, Room.TOO_LOW),
    ],
)
def test_room_is_judged_exactly_at_its_thresholds(
    free: int, expected: Room, tmp_path: Path
) -> None:
    assert disk.room(tmp_path, lambda _: free) is expected


def test_no_preparation_is_begun_below_a_hundred_megabytes(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        disk.require_room_for_preparation(tmp_path, lambda _: 99 * MEGABYTE)
    problem = raised.value.problem
    assert problem.rule == "disk.no_new_preparation"
    assert problem.fact("free_mb") == Decimal("99.0")


def test_preparation_is_begun_with_a_hundred_megabytes(tmp_path: Path) -> None:
    asked: list[Path] = []

    def probe(path: Path) -> int:
        asked.append(path)
        return 100 * MEGABYTE

    disk.require_room_for_preparation(tmp_path, probe)
    assert asked == [tmp_path]


def test_this_disk_has_some_room(tmp_path: Path) -> None:
    assert disk.free_bytes(tmp_path) > 0


def test_ballast_takes_real_room_and_gives_it_back(tmp_path: Path) -> None:
    disk.lay_ballast(tmp_path)
    ballast = tmp_path / disk.BALLAST_NAME
    assert ballast.stat().st_size == 16 * MEGABYTE
    before = ballast.stat().st_mtime_ns
    disk.lay_ballast(tmp_path)
    assert ballast.stat().st_mtime_ns == before
    disk.drop_ballast(tmp_path)
    disk.drop_ballast(tmp_path)
    assert list(tmp_path.iterdir()) == []
