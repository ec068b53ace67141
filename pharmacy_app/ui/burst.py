"""Tells a scanner's burst of keys from a person's typing. Pure: times come in, verdicts go out.

Every character is held back until it is clear whose it is: a person's within ``gap_ms``, which
nobody notices; a scanner's until its code is complete. So nothing of a scan ever lands in a field,
and nothing typed is ever lost or put out of order.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import Enum, auto

from pharmacy_app.ui.scans import GROUP_SEPARATOR, Habits

TERMINATORS = {"\r": "\r", "\n": "\n", "\t": "\t"}


class Verdict(Enum):
    """What to do with the keys held back, and with the key just seen."""

    HOLD = auto()
    """Hold this key too."""
    RELEASE_THEN_HOLD = auto()
    """The held keys were typed by a person: let them go; hold this one."""
    RELEASE_THEN_PASS = auto()
    """The held keys were typed by a person: let them go, then this one."""
    SCANNED = auto()
    """The held keys are a scan; drop them and this one."""
    SCANNED_THEN_HOLD = auto()
    """The held keys are a scan; drop them; this key begins something new."""
    SCANNED_THEN_PASS = auto()
    """The held keys are a scan; drop them; let this key go."""
    DROP = auto()
    """Drop this key: it is the late suffix of a scan already told."""
    RELEASE = auto()
    """Time is up: the held keys were typed by a person."""


@dataclass(slots=True)
class Burst:
    """The characters held back so far. Times are milliseconds of any steady clock."""

    habits: Habits = field(default_factory=Habits)
    held: str = ""
    last_at: float = 0.0
    scanned: str = ""
    """The last scan recognised, without prefix and suffix."""
    _told_at: float | None = None

    @property
    def patience_ms(self) -> float:
        """How long to wait for the next character before `quiet` is called."""
        return self.habits.prefixed_gap_ms if self._prefixed() else self.habits.gap_ms

    def character(self, char: str, at: float) -> Verdict:
        """See a printable character, or 0x1D."""
        suffix = self.habits.suffix
        if self._in_time(at):
            if suffix and (self.held + char).endswith(suffix) and self._complete(suffix, char):
                self._tell(at)
                return Verdict.SCANNED
            self._hold(char, at)
            return Verdict.HOLD
        if not self.held:
            self._hold(char, at)
            return Verdict.HOLD
        verdict = Verdict.SCANNED_THEN_HOLD if self._is_scan() else Verdict.RELEASE_THEN_HOLD
        self._end(verdict is Verdict.SCANNED_THEN_HOLD, self.last_at)
        self._hold(char, at)
        return verdict

    def terminator(self, at: float) -> Verdict:
        """See Enter, Tab or a line feed."""
        if not self.held:
            late = self._told_at is not None and at - self._told_at <= self.habits.late_suffix_ms
            self._told_at = None
            return Verdict.DROP if late else Verdict.RELEASE_THEN_PASS
        if self._is_scan():
            in_time = self._in_time(at)
            self._end(True, self.last_at)
            if in_time:
                self._told_at = None
                return Verdict.SCANNED
            late = at - self.last_at <= self.habits.late_suffix_ms
            return Verdict.SCANNED if late else Verdict.SCANNED_THEN_PASS
        self._end(False, at)
        return Verdict.RELEASE_THEN_PASS

    def other(self) -> Verdict:
        """See any other key, a click, or the focus leaving: what is held cannot go on."""
        verdict = Verdict.SCANNED_THEN_PASS if self._is_scan() else Verdict.RELEASE_THEN_PASS
        self._end(verdict is Verdict.SCANNED_THEN_PASS, self.last_at)
        self._told_at = None
        return verdict

    def quiet(self) -> Verdict:
        """No character came for `patience_ms`."""
        is_scan = self._is_scan()
        self._end(is_scan, self.last_at)
        return Verdict.SCANNED if is_scan else Verdict.RELEASE

    def _in_time(self, at: float) -> bool:
        return bool(self.held) and at - self.last_at <= self.patience_ms

    def _prefixed(self) -> bool:
        prefix = self.habits.prefix
        return bool(prefix) and self.held.startswith(prefix)

    def _content(self) -> str:
        text = unicodedata.normalize("NFKC", self.held)
        return text.removeprefix(self.habits.prefix) if self._prefixed() else text

    def _is_scan(self) -> bool:
        content = self._content()
        if self._prefixed():
            return bool(content.strip(GROUP_SEPARATOR))
        return len(content.strip()) >= self.habits.shortest and content.isascii()

    def _complete(self, suffix: str, char: str) -> bool:
        self.held += char
        content = self.held.removesuffix(suffix)
        self.held = content
        return self._is_scan()

    def _hold(self, char: str, at: float) -> None:
        self.held += char
        self.last_at = at
        self._told_at = None

    def _tell(self, at: float) -> None:
        self._end(True, at)

    def _end(self, is_scan: bool, at: float) -> None:  # noqa: FBT001 - the verdict just reached
        if is_scan:
            self.scanned = self._content()
            self._told_at = at
        self.held = ""
