import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    path = ROOT / "packaging" / "translate.py"
    spec = importlib.util.spec_from_file_location("translate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_of_the_window_has_its_chinese_and_the_compiled_file_is_fresh(
    translate: ModuleType,
) -> None:
    assert translate.check() == []


def test_a_missing_entry_and_a_lost_placeholder_are_found(
    translate: ModuleType, tmp_path: Path
) -> None:
    broken = tmp_path / "zh.ts"
    text = translate.CATALOGUE.read_text(encoding="utf-8")
    text = text.replace("<translation>备份 {when}</translation>", "<translation>备份</translation>")
    text = text.replace("<translation>签名</translation>", '<translation type="unfinished"/>', 1)
    broken.write_text(text, encoding="utf-8")
    found = translate.faults(broken)
    assert any("placeholders" in fault for fault in found)
    assert any("no Chinese" in fault for fault in found)


def test_chinese_is_filled_in_only_where_it_is_missing(
    translate: ModuleType, tmp_path: Path
) -> None:
    catalogue = tmp_path / "zh.ts"
    text = translate.CATALOGUE.read_text(encoding="utf-8")
    catalogue.write_text(
        text.replace("<translation>签名</translation>", '<translation type="unfinished"/>', 1),
        encoding="utf-8",
    )
    translate.fill(catalogue, {"Sign": "签名", "Cancel": "别的"})
    assert translate.faults(catalogue) == []
    assert "别的" not in catalogue.read_text(encoding="utf-8")
