from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from pharmacy_app.demo.desk import Desk
from pharmacy_app.demo.site import make_demo_site
from pharmacy_app.demo.story import START, play
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui.application import USUAL
from pharmacy_app.ui.screens import SHOTS, Screens
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows import papers
from pharmacy_app.workflows.sessions import Machine


@pytest.mark.slow
def test_the_camera_takes_every_moment_in_both_languages(tmp_path: Path, app: QApplication) -> None:
    clock = SetClock(START)
    made = make_demo_site(tmp_path / "vault", Machine(clock, SystemChance(), FLOOR))
    desk = Desk(made, clock)
    pictures, labels = tmp_path / "screens", tmp_path / "labels"
    pictures.mkdir()
    labels.mkdir()
    camera = Screens(pictures)
    moments = set()
    try:
        for moment in play(desk, papers.folder_printer(labels)):
            moments.add(moment.name)
            if moment.name in {"stock", "kit_refused", "today"}:
                camera.take(moment, desk)
            if moment.name == "today":
                break
    finally:
        camera.close()
        desk.close()
    taken = {path.stem for path in pictures.iterdir()}
    assert {"stock_zh", "stock_en", "stock_en_dark", "bench-refused_zh", "curtain_en"} <= taken
    for path in pictures.iterdir():
        with Image.open(path) as picture:
            assert picture.size == USUAL
            colours = picture.convert("RGB").getcolors(2**24)
            assert colours is not None
            assert len(colours) > 20, path.name
    zh, en = ((pictures / f"stock_{tongue}.png").read_bytes() for tongue in ("zh", "en"))
    assert zh != en
    assert SHOTS.keys() - moments == {"end"}
