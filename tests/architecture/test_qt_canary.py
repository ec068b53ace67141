"""PySide6 6.12.0 ends Python 3.11 after some 600 signals; see docs/decisions/pyside6-pin.md."""

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(bool, object)

app = QCoreApplication([])
heard = []
bell = Bell()
bell.rang.connect(lambda loud, what: heard.append((loud, what)))
for number in range(3000):
    bell.rang.emit(number % 2 == 0, None)
print(len(heard))
"""


def test_three_thousand_signals_leave_the_interpreter_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EMIT], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "3000"), done.stderr
