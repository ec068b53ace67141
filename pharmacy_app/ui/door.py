"""The door of one site: its folder, who may enter, and how it is opened.

Everything heavy (keys, the database) is imported when the door is first used, so that the first
window stands at once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.domain.ids import PersonId

if TYPE_CHECKING:
    from pharmacy_app.demo.aids import TrainingAids
    from pharmacy_app.workflows.sessions import Machine, OpenSite, UnlockedVault

AIDS_NAME = "TRAINING.json"


class Door:
    """One vault's folder on this machine."""

    def __init__(self, machine: Callable[[], "Machine"], folder: Path) -> None:
        self._machine = machine
        self.folder = folder

    @property
    def training(self) -> bool:
        """Whether the aids of a training site lie beside the vault."""
        return (self.folder.parent / AIDS_NAME).is_file()

    @property
    def training_people(self) -> list[tuple[str, str]]:
        """Names and passwords of the training people; empty for a real site."""
        aids = self.aids() if self.training else None
        return [] if aids is None else [(p.printed_name, p.password) for p in aids.people]

    def aids(self) -> "TrainingAids | None":
        """Return what a trainee needs, or None at a real site. Raises EnvironmentProblem."""
        from pharmacy_app.demo.aids import read_aids  # noqa: PLC0415 - training alone needs it

        return read_aids(self.folder)

    def people(self) -> list[tuple[str, str]]:
        """Return ids and names of everybody with an account. Raises EnvironmentProblem."""
        from pharmacy_app.vault import slots  # noqa: PLC0415 - not at the start

        listed = slots.read_slots(self.folder / slots.NAME).people
        return [(person.person_id, person.printed_name) for person in listed]

    def unlock(self, person: str, password: str) -> "UnlockedVault":
        """Open the vault; slow on purpose, for a worker thread. Raises as `unlock_vault` does."""
        from pharmacy_app.workflows.sessions import unlock_vault  # noqa: PLC0415 - not at the start

        return unlock_vault(self._machine(), self.folder, PersonId(person), password)

    def open(self, unlocked: "UnlockedVault", clock_reason: str = "") -> "OpenSite":
        """Open the records on the calling thread and sign in. Raises as `open_site` does."""
        from pharmacy_app.workflows.sessions import open_site  # noqa: PLC0415 - not at the start

        return open_site(self._machine(), unlocked, clock_reason=clock_reason)

    def recover(self, code: str, person: str, password: str, reason: str) -> None:
        """Give somebody a new password by the recovery code; slow, for a worker thread.

        Raises as `workflows.recovery.recover` does.
        """
        from pharmacy_app.workflows.recovery import recover  # noqa: PLC0415 - not at the start

        recover(self._machine(), self.folder, code, PersonId(person), password, reason)
