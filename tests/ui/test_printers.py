"""The printers of this machine at the window, and a window that waits for none of them."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.alignment import alignment_page
from pharmacy_app.documents.printers.kept import keep_profiles, read_profiles
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.system import paths
from pharmacy_app.ui import language
from pharmacy_app.ui.printers import Unreadable, WindowPrinter, label_printers
from pharmacy_app.ui.printing.printers_dialog import PrintersDialog
from pharmacy_app.ui.printing.profile_form import ProfileDialog
from pharmacy_app.ui.tasks import Tasks
from tests.documents.printers.listener import PAPER_OUT, READY, listening, never_answers
from tests.documents.printers.profiles import queue, thermal
from tests.ui.workplaces import in_front

TICKS = 20
"""A frozen window would not see a timer of 10 ms come so often before a printer is given up."""


@pytest.fixture
def dialog(tasks: Tasks, own_home: Path, qtbot: QtBot) -> Iterator[PrintersDialog]:
    made = PrintersDialog(tasks, paths.printers_file())
    made.open()
    yield made
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    made.done(0)


def kept(*profiles: PrinterProfile) -> None:
    keep_profiles(paths.printers_file(), profiles)


def shown(dialog: PrintersDialog, column: int, row: int = 0) -> str:
    model = dialog.list.model()
    return str(model.index(row, column).data())


def form() -> ProfileDialog:
    made = in_front()
    assert isinstance(made, ProfileDialog)
    return made


def test_a_printer_is_added_with_its_corrections_and_changed(dialog: PrintersDialog) -> None:
    assert dialog.edit.reason == "Select a printer."
    dialog.add.click()
    first = form()
    first.name.set_text("药房标签")
    first.address.set_text("10.20.0.9")
    first.paper.set_text("100 × 50")
    first.right.set_value(Decimal("-0.75"))
    first.darkness.set_value(Decimal(14))
    first.keep.click()
    (profile,) = read_profiles(paths.printers_file())
    assert profile == thermal(
        "10.20.0.9", name="药房标签", offset_x_mm=Decimal("-0.75"), darkness=14
    )
    assert shown(dialog, 0) == "药房标签"
    dialog.edit.click()
    second = form()
    assert second.right.value == Decimal("-0.75")
    second.scale.set_value(Decimal("1.2"))
    second.keep.click()
    assert "0.95 to 1.05" in second.scale.error
    second.scale.set_value(Decimal("0.99"))
    second.keep.click()
    assert read_profiles(paths.printers_file())[0].scale == Decimal("0.99")
    dialog.remove.click()
    assert read_profiles(paths.printers_file()) == ()


def test_the_address_asked_for_is_that_of_the_way_chosen(dialog: PrintersDialog) -> None:
    dialog.add.click()
    made = form()
    assert "IP address" in made.address.editor.accessibleDescription()
    made.way.set_value(Way.FOLDER.value)
    made.way.chosen.emit(made.way.value)
    assert "folder" in made.address.editor.accessibleDescription()
    assert made.asks.isHidden()
    made.reject()


def test_the_test_page_goes_to_the_printer_and_its_state_is_told(
    tasks: Tasks, dialog: PrintersDialog, qtbot: QtBot
) -> None:
    with listening(READY) as printer:
        kept(thermal(printer.address))
        dialog._read()
        dialog.try_it.click()
        assert shown(dialog, 5) == "asking …"
        assert "being asked" in dialog.try_it.reason
        qtbot.waitUntil(lambda: shown(dialog, 5) == "took the test page", timeout=30_000)
    profile = thermal(printer.address)
    assert printer.job == zpl.job(alignment_page(profile.size_mm).pdf, profile)
    with listening(PAPER_OUT) as printer:
        kept(thermal(printer.address))
        dialog._read()
        dialog.ask.click()
        qtbot.waitUntil(lambda: "no labels left" in shown(dialog, 5), timeout=30_000)
    language.apply("zh")
    qtbot.waitUntil(lambda: dialog.add.text() == "添加打印机…")


def test_the_window_lives_on_while_a_printer_never_answers(
    tasks: Tasks, dialog: PrintersDialog, qtbot: QtBot
) -> None:
    ticked: list[None] = []
    ticking = QTimer(dialog, interval=10)
    ticking.timeout.connect(lambda: ticked.append(None))
    with listening(serve=never_answers) as printer:
        kept(thermal(printer.address))
        dialog._read()
        ticking.start()
        dialog.try_it.click()
        dialog.add.click()  # and another dialog can be opened meanwhile
        form().reject()
        qtbot.waitUntil(lambda: len(ticked) > TICKS, timeout=30_000)
        assert tasks.busy
        qtbot.waitUntil(lambda: dialog.refusals.problem is not None, timeout=60_000)
    assert printer.job == b""
    assert "does not answer" in shown(dialog, 5)


def test_printers_added_come_first_where_a_label_is_printed(
    app: QApplication, own_home: Path
) -> None:
    kept(thermal(), queue("office"))
    first, second, *_, last = label_printers()
    assert [first[1], second[1]] == ["Bag labels", "Office"]
    assert isinstance(second[0], WindowPrinter)
    assert "Folder" in last[1]


def test_a_damaged_file_is_told_where_it_matters_and_other_printers_stay(
    app: QApplication, tasks: Tasks, own_home: Path
) -> None:
    paths.printers_file().parent.mkdir(parents=True, exist_ok=True)
    paths.printers_file().write_text("[[printer]", encoding="utf-8")
    (printer, words), *others = label_printers()
    assert isinstance(printer, Unreadable)
    assert "cannot be read" in words
    assert others
    made = PrintersDialog(tasks, paths.printers_file())
    made.open()
    assert made.refusals.problem is not None
    made.done(0)
