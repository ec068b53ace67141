import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def ran(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither modes nor core limits")
def test_files_are_private_and_no_memory_image_is_left(tmp_path: Path) -> None:
    script = (
        "import resource; from pathlib import Path; from pharmacy_app.bootstrap import main;"
        "main(['--version']); Path('made').write_text('x');"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    assert ran(script, tmp_path).endswith("(0, 0)\n")
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o600


def test_starting_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; import pharmacy_app.bootstrap;"
        "print([m for m in sys.modules if m.startswith(('pharmacy_app.', 'PySide6', 'click'))])"
    )
    assert ran(script, tmp_path) == "['pharmacy_app.bootstrap']\n"
