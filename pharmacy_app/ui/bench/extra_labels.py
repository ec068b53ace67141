"""Labels beside the bag's, at the hand-over: each kind that the trial has, printed and scanned back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from pharmacy_app.domain.doses import LabelCopy, LabelState
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.label_symbol import read_symbol, read_typed
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench import settle
from pharmacy_app.ui.bench.printing import print_copy
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.printers import label_printers
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import labelling
from pharmacy_app.workflows.labelling import Reprint

KINDS = (LabelKind.OUTER, LabelKind.SMALL)


class ExtraLabels(Spoken, QWidget):
    """One line a kind: how it stands, and what can be done with it now."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._names = {kind: words("", "muted") for kind in KINDS}
        self.says = {kind: words("", "", wrap=True) for kind in KINDS}
        self.none, self.spoiled, self.go_on = (
            {kind: ReasonedButton() for kind in KINDS} for _ in range(3)
        )
        acts = ((self.none, self.ask_none), (self.spoiled, self.ask_spoiled), (self.go_on, self.go))
        for row, kind in enumerate(KINDS):
            grid.addWidget(self._names[kind], row, 0)
            grid.addWidget(self.says[kind], row, 1)
            for column, (buttons, act) in enumerate(acts, start=2):
                grid.addWidget(buttons[kind], row, column)
                buttons[kind].clicked.connect(partial(_of_kind, act, kind))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again, as the copies stand."""
        for kind in KINDS:
            here = self.bench.dose is not None and bool(self.bench.trial.labelling.template(kind))
            copy = self._copy(kind) if here else None
            spooled = copy is not None and copy.state is LabelState.SPOOLED
            self._names[kind].setText(
                self.tr("{kind} label").format(kind=wording.term(f"label_kind.{kind}"))
            )
            self.says[kind].setText(self.tr("not made") if copy is None else _stands(copy))
            again = here and self._again(kind)
            self.go_on[kind].setText(self.tr("Another copy…") if again else self.tr("Print"))
            self.none[kind].setText(self.tr("None came out…"))
            self.spoiled[kind].setText(self.tr("Spoiled…"))
            for part in (self._names[kind], self.says[kind]):
                part.setVisible(here)
            self.go_on[kind].setVisible(here and not spooled)
            for button in (self.none[kind], self.spoiled[kind]):
                button.setVisible(spooled)

    def _copy(self, kind: LabelKind) -> LabelCopy | None:
        return self.bench.at_hand.extra_label(kind)

    def _again(self, kind: LabelKind) -> bool:
        """Whether a label of a kind came out before and none waits to be printed."""
        copy = self._copy(kind)
        waits = copy is not None and copy.state is LabelState.RESERVED
        return not waits and any(c.printed for c in self.bench.at_hand.labels if c.kind is kind)

    def go(self, kind: LabelKind) -> None:
        """Number a label of a kind, unless one waits already, and print it on the first printer."""
        pharmacy, dose = self.bench.pharmacy, self.bench.at_hand
        if self._again(kind):
            dialog = QuestionsDialog(
                self.tr("Another copy of the label"),
                self.tr("The copy there is becomes void: destroy it. A second person signs."),
                [self.tr("Reason")],
                self.tr("Go on to the signature"),
                self,
            )
            dialog.answered.connect(lambda given: self.sign_for(kind, given[0]))
            dialog.open()
            return
        if self._copy(kind) is None and not self.bench.act(
            lambda op: labelling.reserve_extra(pharmacy, dose.dose_id, kind, op_id=op)
        ):
            return
        copy = self._copy(kind)
        if copy is not None:
            print_copy(self.bench, copy, label_printers()[0][0])

    def ask_none(self, kind: LabelKind) -> None:
        """Ask why no label came out."""
        if (copy := self._copy(kind)) is not None:
            settle.ask_none(self.bench, copy, self)

    def ask_spoiled(self, kind: LabelKind) -> None:
        """Ask what is wrong with the label that came out."""
        if (copy := self._copy(kind)) is not None:
            settle.ask_spoiled(self.bench, copy, self)

    def sign_for(self, kind: LabelKind, reason: str) -> None:
        """Let the second person sign for a further copy."""
        pharmacy, dose = self.bench.pharmacy, self.bench.at_hand
        me = pharmacy.person.person_id
        self.bench.sign(
            self.tr("A further copy of the label of dose {dose} is needed: {reason}").format(
                dose=dose.dose_id, reason=reason
            ),
            [self.bench.workplace.asked(Meaning.VERIFIED, Task.CHECK, but={me})],
            lambda signers, op: labelling.reserve_extra(
                pharmacy, dose.dose_id, kind, Reprint(reason, signers[0]), op_id=op
            ),
            self,
        )

    def scan(self, scan: RawScan) -> bool:
        """Scan back the label that a scan is of; False if none of these waits for it."""
        copy = self._meant(scan)
        if copy is None:
            return False
        pharmacy, dose = self.bench.pharmacy, self.bench.at_hand
        self.bench.take_scan(
            scan,
            lambda code, op: labelling.scan_extra(
                pharmacy, dose.dose_id, copy.kind, code, op_id=op
            ),
            self.tr("The label of this dose"),
        )
        return True

    def _meant(self, scan: RawScan) -> LabelCopy | None:
        """Return the copy that waits and whose number a scan names, else the only one that waits."""
        waiting = [
            copy
            for kind in KINDS
            if (copy := self._copy(kind)) is not None and copy.state is LabelState.SPOOLED
        ]
        named = _copy_number(scan)
        own = [copy for copy in waiting if copy.copy == named]
        found = own or waiting
        return found[0] if found else None


def _of_kind(act: Callable[[LabelKind], None], kind: LabelKind, *_: object) -> None:
    act(kind)


def _stands(copy: LabelCopy) -> str:
    return f"{copy.label_id} · {wording.term(f'label_state.{copy.state}')}"


def _copy_number(scan: RawScan) -> int | None:
    typed = read_typed(scan.raw) if scan.typed else None
    if typed is not None:
        return typed[1]
    try:
        return read_symbol(scan.raw).copy
    except Refused:
        return None
