"""Garbage is collected on the window's thread alone.

Python collects cycles on whichever thread happens to allocate. A cycle that holds a widget, collected
on a worker, would delete the widget there; Qt forbids that, and the program dies at some later touch
of every window, such as a change of theme.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class Sweeper(QObject):
    """Takes over from the automatic collector until `stop`; made on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    @Slot()
    def sweep(self) -> None:
        """Collect the oldest generation that is due, by the collector's own thresholds."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Give the work back to the automatic collector: no window is left to be hurt."""
        self._timer.stop()
        gc.enable()
