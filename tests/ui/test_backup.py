"""A backup from the window: proven, recorded, and said; a folder that will not do is refused."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.site_window import SiteWindow
from tests.ui import workplaces

pytestmark = pytest.mark.window


def site_window(at_desk: workplaces.Desk, folder: Path) -> SiteWindow:
    workplace = at_desk.workplace
    desk = Desk(folder / "settings.json", folder / "vault")
    made = SiteWindow(desk, workplace.application, workplace.site)
    workplace.application.present(made.window)
    return made


def test_backup_is_proven_recorded_and_said(
    qtbot: QtBot, at_desk: workplaces.Desk, tmp_path: Path
) -> None:
    opened = site_window(at_desk, tmp_path)
    target = tmp_path / "other disk"
    target.mkdir()
    with qtbot.waitSignal(opened.window.changes_told, timeout=20_000):
        opened.back_up_to(target)
    made = list(target.iterdir())
    assert [path.name.startswith("backup-") for path in made] == [True]
    assert (made[0] / "site.db").exists()
    assert queries.last_backup(at_desk.pharmacy.reader) is not None
    said = [label.text() for label in opened.window.top_bar.findChildren(QLabel)]
    assert any("proven" in text or "验证" in text for text in said)


def test_backup_into_a_file_is_refused_and_nothing_is_recorded(
    qtbot: QtBot, at_desk: workplaces.Desk, tmp_path: Path
) -> None:
    opened = site_window(at_desk, tmp_path)
    target = tmp_path / "a file"
    target.write_text("x")
    opened.back_up_to(target)
    qtbot.waitUntil(lambda: opened.window.refusals.isVisibleTo(opened.window), timeout=20_000)
    assert queries.last_backup(at_desk.pharmacy.reader) is None
