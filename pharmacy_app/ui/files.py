"""Files that somebody chose in a dialog."""

from pathlib import Path

from pharmacy_app.domain.refusal import EnvironmentProblem


def read_chosen(path: Path) -> bytes:
    """Return the bytes of a chosen file. Raises EnvironmentProblem ``desk.file_unread``."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem("desk.file_unread", path.name, why=why) from error
