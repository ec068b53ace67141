"""The labels' sum: printed = applied + spoiled + void + remaining, copy by copy."""

from collections.abc import Hashable, Sequence

from pharmacy_app.domain.doses import LabelState
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.workflows import label_account

Share = tuple[LabelState, int]
WAITING = frozenset({LabelState.RESERVED, LabelState.SPOOLED})


class LabelSum(View[Share]):
    """How many copies stand where; every number that was ever given is in it."""

    def columns(self) -> list[Column[Share]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("State of the copy"), _word, _state, width=260),
            Column(lambda: self.tr("Counts as"), self._counts_as, width=160),
            Column(lambda: self.tr("Copies"), lambda row: str(row[1]), width=90, right=True),
            Column(lambda: self.tr("What it means"), self._meaning),
        ]

    def _counts_as(self, row: Share) -> str:
        return {
            LabelState.VERIFIED: self.tr("applied"),
            LabelState.SPOILED: self.tr("spoiled"),
            LabelState.FAILED: self.tr("not printed"),
            LabelState.VOID: self.tr("void"),
            LabelState.RESERVED: self.tr("not printed"),
            LabelState.SPOOLED: self.tr("remaining"),
        }[row[0]]

    def _meaning(self, row: Share) -> str:
        return {
            LabelState.VERIFIED: self.tr("On its bag, scanned back."),
            LabelState.SPOILED: self.tr("Came out torn or smeared; destroyed."),
            LabelState.FAILED: self.tr("No label came out; its number is not used again."),
            LabelState.VOID: self.tr("Replaced by a further copy; destroyed."),
            LabelState.RESERVED: self.tr("Numbered and fixed, not printed yet."),
            LabelState.SPOOLED: self.tr("Sent to the printer, not scanned back yet."),
        }[row[0]]

    def key(self, row: Share) -> Hashable:
        """Return the state."""
        return row[0]

    def read(self) -> Sequence[Share]:
        """Return the number of copies in each state."""
        tally = queries.label_tally(self.pharmacy.reader)
        order = (
            LabelState.VERIFIED,
            LabelState.SPOILED,
            LabelState.VOID,
            LabelState.FAILED,
            LabelState.SPOOLED,
            LabelState.RESERVED,
        )
        return [(state, tally.get(state, 0)) for state in order]

    def retranslate(self) -> None:
        """Set every text again."""
        found = label_account.account(self.pharmacy)
        waiting = sum(number for state, number in self._rows if state in WAITING)
        told = self.tr("{p} printed = {a} applied + {s} spoiled + {v} void + {r} remaining")
        self.sum.set_state(
            State.WARN if waiting else State.OK,
            told.format(
                p=found.printed,
                a=found.applied,
                s=found.spoiled,
                v=found.void,
                r=found.remaining,
            ),
        )
        self.note.setText("")
        self.table.setAccessibleName(self.tr("Labels"))


def _word(row: Share) -> str:
    return wording.term(f"label_state.{row[0]}")


def _state(row: Share) -> State:
    return {
        LabelState.VERIFIED: State.OK,
        LabelState.SPOILED: State.STOP,
        LabelState.FAILED: State.QUIET,
        LabelState.VOID: State.QUIET,
    }.get(row[0], State.WARN)
