"""How stages, arms, kit types and pools are called on the pages of readiness."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.domain.readiness import Line, Source
from pharmacy_app.ui.workplace import Workplace, said


class Names:
    """Names of the protocol in force, in the language of the window."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def lane(self, line: Line) -> str:
        """Return stage and arm."""
        return f"{line.stage} · {line.arm}"

    def source(self, source: Source) -> str:
        """Return the kit type's name and, if there is one, the pool's."""
        name = said(self._workplace.pharmacy.trial.kit_type(source.kit_type).name)
        return f"{name} · {self.pool(source.pool)}" if source.pool else name

    def pool(self, pool: str) -> str:
        """Return how a pool is called."""
        if not pool:
            return QCoreApplication.translate("Readiness", "common pool")
        return QCoreApplication.translate("Readiness", "pool {pool}").format(pool=pool)

    def covers(self, covers: Iterable[Cover]) -> str:
        """Return the doses of a promise, pool by pool."""
        said = QCoreApplication.translate("Readiness", "{count} doses, {pool}")
        return "; ".join(said.format(count=one.doses, pool=self.pool(one.pool)) for one in covers)
