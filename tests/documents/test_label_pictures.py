"""The pictures in the documentation are those that the program makes now."""

import importlib.util
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "labels"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "label_pictures", ROOT / "packaging" / "label_pictures.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_every_template_has_a_picture_that_is_current_and_is_shown(maker: ModuleType) -> None:
    shown = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    made = dict(maker.pictures())
    assert sorted(made) == sorted(path.name for path in FOLDER.glob("*.png"))
    for name, picture in made.items():
        assert f"(labels/{name})" in shown
        kept = Image.open(FOLDER / name).convert("L")
        now = Image.open(BytesIO(picture.png())).convert("L")
        assert kept.size == now.size, f"make it again: packaging/label_pictures.py ({name})"
        # Another version of the renderer may set a dot otherwise; a word it may not.
        differing = sum(ImageChops.difference(kept, now).histogram()[128:])
        assert differing <= kept.width * kept.height / 500, f"packaging/label_pictures.py ({name})"
