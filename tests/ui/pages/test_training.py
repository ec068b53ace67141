from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.demo.aids import TrainingAids, TrainingPerson, TrainingShipment, write_aids
from pharmacy_app.domain.people import Role
from pharmacy_app.ui.dialogs.training import TrainingDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.workflows import dosing, labelling
from tests.pharmacies import PASSWORDS, SHIPMENT, WANG, MadeSite, MemoryPrinter, checked, enrolled
from tests.small_trials import CELLS, SITE
from tests.ui.pages.conftest import Start, at, sign_in


def aids_of(made: MadeSite) -> TrainingAids:
    return TrainingAids(
        site=SITE,
        people=(
            TrainingPerson(
                person_id=WANG,
                printed_name="王药师",
                roles=(Role.PHARMACIST,),
                password=PASSWORDS[WANG],
            ),
        ),
        subjects=("01-001",),
        release_codes=(),
        shipments=(
            TrainingShipment(
                shipment_id=SHIPMENT, kits=tuple(made.kits[CELLS]), logger_file="none.csv"
            ),
        ),
        recovery_code="",
    )


def opened(window: MainWindow) -> TrainingDialog | None:
    window.training_aids_asked.emit()
    return window.findChild(TrainingDialog)


def test_click_on_a_kit_scans_it_into_the_page_behind(
    stocked: MadeSite, start: Start, qtbot: QtBot
) -> None:
    write_aids(stocked.folder, aids_of(stocked))
    window = sign_in(start(), qtbot)
    page = at(window, Place.STOCK)
    dialog = opened(window)
    assert dialog is not None
    dialog.kits.itemClicked.emit(dialog.kits.item(2))
    assert isinstance(page, StockPage)
    selected = page.table.selected()
    assert selected is not None
    assert selected.kit_number == stocked.kits[CELLS][2]
    assert QApplication.activeModalWidget() is None


def test_what_the_bench_waits_for_stands_first_and_the_label_is_scanned_whole(
    stocked: MadeSite, start: Start, qtbot: QtBot
) -> None:
    write_aids(stocked.folder, aids_of(stocked))
    with stocked.signed_in() as site:
        pharmacy = site.pharmacy
        enrolled(stocked, pharmacy, "01-001", "A")
        enrolled(stocked, pharmacy, "01-002", "A")
        dose = checked(stocked, pharmacy, "01-001")
        copy = labelling.reserve(pharmacy, dose)
        labelling.print_label(pharmacy, copy, dose, MemoryPrinter())
        waiting = dosing.open_dose(pharmacy, "01-002", "W0")
        kit = dosing.assign(pharmacy, waiting).kit.kit_number
    window = sign_in(start(), qtbot)
    dialog = opened(window)
    assert dialog is not None
    assert dialog.kits.item(0).text() == f"Label of dose {dose}, copy 1"
    assert dialog.kits.item(1).text().startswith(f"{kit} ")
    with qtbot.waitSignal(dialog.code_taken) as taken:
        dialog.kits.itemClicked.emit(dialog.kits.item(0))
    assert taken.args == [RawScan(copy.symbol)]


def test_real_site_has_no_aids(stocked: MadeSite, start: Start, qtbot: QtBot) -> None:
    window = sign_in(start(), qtbot)
    assert not Path(stocked.folder.parent / "TRAINING.json").exists()
    assert opened(window) is None
