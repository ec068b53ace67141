import os
import subprocess
import sys
from pathlib import Path

from tests.architecture import sources
from tests.architecture.sources import ROOT, Module

QT = ("PySide6", "shiboken6", "pyqtgraph")
DRIVERS = ("sqlite3", "sqlcipher3", "sqlite_utils")


def importing(names: tuple[str, ...], allowed: str) -> list[str]:
    return [
        module.name
        for module in sources.product()
        if not module.name.startswith(allowed)
        and any(imported.split(".")[0] in names for imported in module.imported())
    ]


def test_qt_stands_in_ui_alone() -> None:
    assert importing(QT, "pharmacy_app/ui/") == []


def test_sql_drivers_stand_in_records_alone() -> None:
    assert importing(DRIVERS, "pharmacy_app/records/") == []


def test_rules_know_nothing_of_the_house_but_rules() -> None:
    strangers = {
        f"{module.name}: {name}"
        for module in sources.product()
        if module.name.startswith("pharmacy_app/domain/")
        for name in module.imported()
        if name.startswith("pharmacy_app") and not name.startswith("pharmacy_app.domain")
    }
    assert strangers == set()


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_import_of_qt_hidden_in_a_function_is_seen(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden.py"
    hidden.write_text("def show():\n    from PySide6.QtCore import QObject\n", encoding="utf-8")
    assert Module(hidden).imported() == {"PySide6.QtCore"}


def test_packaging_is_no_package_and_hides_no_standard_module() -> None:
    names = {path.stem for path in (ROOT / "packaging").rglob("*.py")}
    assert "launch" in names
    assert "__init__" not in names
    assert names & sys.stdlib_module_names == set()
