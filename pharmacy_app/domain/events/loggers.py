"""What is kept of a temperature logger: the answers to what its files leave open."""

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event


class KeptAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer of a person, by the name of the question, such as ``zone``."""

    name: str
    answer: str


class ProfileEvent(Event, frozen=True, kw_only=True):
    """Something about the files of one logger: its serial number, and the layout's fingerprint.

    Where a file names no serial number, the layout alone stands for the logger.
    """

    serial: str
    fingerprint: str

    @property
    def about(self) -> str:
        """Return ``logger/<serial number or fingerprint>``."""
        return f"logger/{self.serial or self.fingerprint}"


class ProfileKept(ProfileEvent, frozen=True, kw_only=True, tag="logger.profile_kept.1"):
    """A person answered what a file leaves open; for the next file of the logger it is known."""

    answers: tuple[KeptAnswer, ...]


class ProfileForgotten(ProfileEvent, frozen=True, kw_only=True, tag="logger.profile_forgotten.1"):
    """What was kept is no longer used: the logger was set differently, or answered wrongly."""
