"""What went wrong, or nearly did."""

from datetime import datetime

from pharmacy_app.domain.events.envelope import Event


class NearMissRecorded(Event, frozen=True, kw_only=True, tag="near_miss.recorded.1"):
    """An act was refused where a wrong one would have harmed: what was scanned, by which rules."""

    record: str
    rules: tuple[str, ...]
    scanned: str
    typed: bool

    @property
    def about(self) -> str:
        """Return the record at which it happened."""
        return self.record


class DeviationRaised(Event, frozen=True, kw_only=True, tag="deviation.raised.1"):
    """Something was done otherwise than the protocol says; ``due_at`` is when it must be mended."""

    deviation_id: str
    record: str
    rule: str
    due_at: datetime | None

    @property
    def about(self) -> str:
        """Return the record at which it happened."""
        return self.record


class DeviationClosed(Event, frozen=True, kw_only=True, tag="deviation.closed.1"):
    """A deviation was mended."""

    deviation_id: str
    record: str

    @property
    def about(self) -> str:
        """Return the record at which it happened."""
        return self.record
