"""The zone in which times are shown comes from a settings file that anything may have damaged."""

from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.ui import language


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    "name", ["Nowhere/Land", "../../etc/passwd", "", "\x00", "x" * 400, "Asia"]
)
def test_a_zone_that_is_none_is_shown_as_utc(name: str) -> None:
    language.set_zone(name)
    try:
        assert language.zone() == ZoneInfo("UTC")
    finally:
        language.set_zone("Asia/Shanghai")
