"""What ``lpstat`` says, in the C locale: of a queue, and of a job in it (CUPS)."""

import re
from dataclasses import dataclass

_UNREACHED = re.compile(
    r"may not exist|not responding|is in use|unable to locate|unable to connect"
    r"|not connected|network host|unreachable|unable to open device",
    re.IGNORECASE,
)
_FILTER = re.compile(r"filter", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QueueState:
    """Whether a queue prints and takes jobs; ``reason`` is what its keeper or CUPS wrote."""

    stopped: bool
    closed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class JobState:
    """One job: ``alerts`` are its IPP state reasons, ``said`` the last message about it.

    ``ended`` is that CUPS lists it as completed, which it says of canceled and aborted jobs too.
    """

    ended: bool
    alerts: frozenset[str]
    said: str

    @property
    def failed(self) -> bool:
        """Whether CUPS has given it up, or holds it until somebody starts the queue again."""
        ends = ("job-canceled", "aborted", "job-stopped", "printer-stopped", "job-hold")
        errors = ("-error", "-errors", "-unsupported")
        return any(alert.startswith(ends) or alert.endswith(errors) for alert in self.alerts)

    @property
    def done(self) -> bool:
        """Whether the printer has taken all of it."""
        # CUPS 2.4 leaves the reason "processing-to-stop-point" on jobs that came to a good end.
        return self.ended and not self.failed

    @property
    def under_way(self) -> bool:
        """Whether a printer that can be reached is taking it."""
        return "job-printing" in self.alerts and _UNREACHED.search(self.said) is None

    @property
    def reason(self) -> str:
        """Why it does not print: a term, else the message itself."""
        if _UNREACHED.search(self.said):
            return "printer_state.unreachable"
        if _FILTER.search(self.said):
            return "printer_state.filter"
        if "printer-stopped" in self.alerts:
            return self.said or "printer_state.queue_stopped"
        if any(alert.startswith("job-canceled") for alert in self.alerts):
            return "printer_state.canceled"
        return self.said or "printer_state.queue_busy"


def queue_state(told: str) -> QueueState:
    """Read the answer to ``lpstat -p QUEUE -a QUEUE``."""
    stopped = re.search(r"^printer \S+ disabled since .*\n\t(.*)$", told, re.MULTILINE)
    closed = re.search(r"^\S+ not accepting requests since .*\n\t(.*)$", told, re.MULTILINE)
    found = stopped or closed
    return QueueState(stopped is not None, closed is not None, found[1].strip() if found else "")


def job_state(told: str, job: str, *, ended: bool) -> JobState | None:
    """Find a job in the answer to ``lpstat -W [not-]completed -l -o QUEUE``; None if it is not there."""
    block = re.search(rf"^{re.escape(job)}\s.*\n((?:\t.*\n?)*)", told, re.MULTILINE)
    if block is None:
        return None
    lines = dict(re.findall(r"^\t(Status|Alerts): (.*)$", block[1], re.MULTILINE))
    return JobState(
        ended, frozenset(lines.get("Alerts", "").split()), lines.get("Status", "").strip()
    )
