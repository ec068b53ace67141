"""Copies of labels as they are accounted for: by dose, by roll, and those not settled yet."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.doses import LabelState
from pharmacy_app.domain.ids import DoseId, LabelId, SubjectId, VisitCode
from pharmacy_app.domain.label_account import Fate, RollAccount, fate
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader

_LINE = (
    "SELECT l.label_id, l.dose_id, d.subject_id, d.visit, l.label_kind, l.state, l.printed, l.printer,"
    " coalesce(l.roll_id, ''), l.since FROM label l JOIN dose d USING (dose_id)"
)
_ROLL = (
    "SELECT roll_id, printer, labels, loaded_at, remaining, lost, because, closed_at,"
    " (SELECT count(*) FROM label l WHERE l.roll_id = r.roll_id AND l.printed = 1) FROM label_roll r"
)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One copy; ``since`` is when its state was recorded."""

    label_id: LabelId
    dose_id: DoseId
    subject_id: SubjectId
    visit: VisitCode
    kind: LabelKind
    state: LabelState
    printed: bool
    printer: str
    roll_id: str
    since: datetime

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return fate(self.state, printed=self.printed)


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll of blank labels; ``remaining`` and ``lost`` are None until it is closed."""

    roll_id: str
    printer: str
    labels: int
    loaded_at: datetime
    remaining: int | None
    lost: int | None
    because: str
    closed_at: datetime | None
    printed: int

    def account(self, remaining: int, lost: int) -> RollAccount:
        """Return the roll's account for what was counted."""
        return RollAccount(self.labels, self.printed, remaining, lost)


def lines(reader: Reader, dose: DoseId | None = None) -> list[LabelLine]:
    """Return the copies of a dose, or of all, by subject, dose and copy."""
    where, values = ("", ()) if dose is None else (" WHERE l.dose_id = ?", (dose,))
    return _lines(reader, f"{where} ORDER BY d.subject_id, d.opened_at, l.dose_id, l.copy", values)


def unsettled(reader: Reader) -> list[LabelLine]:
    """Return the copies of which nobody has said what became of them, oldest first."""
    return _lines(reader, " WHERE l.state IN ('reserved', 'spooled') ORDER BY l.since", ())


def rolls(reader: Reader, *, only_open: bool = False) -> list[Roll]:
    """Return the rolls, the open ones first, then the newest."""
    where = " WHERE closed_at IS NULL" if only_open else ""
    sql = f"{_ROLL}{where} ORDER BY closed_at IS NOT NULL, loaded_at DESC"
    return [_roll(row) for row in reader.rows(sql)]


def roll(reader: Reader, roll_id: str) -> Roll | None:
    """Return a roll, or None."""
    row = reader.one(f"{_ROLL} WHERE roll_id = ?", (roll_id,))
    return None if row is None else _roll(row)


def _lines(reader: Reader, condition: str, values: tuple[str, ...]) -> list[LabelLine]:
    return [
        LabelLine(
            label_id=LabelId(label),
            dose_id=DoseId(dose),
            subject_id=SubjectId(subject),
            visit=VisitCode(visit),
            kind=LabelKind(kind),
            state=LabelState(state),
            printed=bool(printed),
            printer=printer,
            roll_id=roll_id,
            since=moment(since),
        )
        for label, dose, subject, visit, kind, state, printed, printer, roll_id, since in reader.rows(
            _LINE + condition, values
        )
    ]


def _roll(row: tuple[object, ...]) -> Roll:
    roll_id, printer, labels, loaded, remaining, lost, because, closed, printed = row
    return Roll(
        *(str(roll_id), str(printer), int(str(labels)), moment(str(loaded))),
        None if remaining is None else int(str(remaining)),
        None if lost is None else int(str(lost)),
        str(because),
        None if closed is None else moment(str(closed)),
        int(str(printed)),
    )
