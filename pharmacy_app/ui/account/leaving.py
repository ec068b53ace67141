"""What waits to leave: kits that nobody will be given, and what is left of used ones."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Slot

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.kits import Disposal, Kit, KitState, last_minute
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.kits_form import KitsForm
from pharmacy_app.ui.account.list_form import ListForm
from pharmacy_app.ui.account.set_aside_forms import ReserveForm, WasteForm
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import disposal


class ToDispose(View[Kit]):
    """What nobody will be given and is on no list: remains, rejected, damaged, expired, reserve."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.waste, self.reserve = ReasonedButton(), ReasonedButton()
        self.waste.clicked.connect(self.ask_waste)
        self.reserve.clicked.connect(self.ask_reserve)
        self.add_more(self.waste, self.reserve)

    def columns(self) -> list[Column[Kit]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("Kit"), lambda k: k.kit_number, width=120),
            Column(lambda: self.tr("Type"), lambda k: k.kit_type, width=100),
            Column(lambda: self.tr("Lot"), lambda k: k.lot, width=110),
            Column(
                lambda: self.tr("Expiry"), lambda k: wording.day(last_minute(k.expiry)), width=100
            ),
            Column(lambda: self.tr("State"), self._word, self._state, width=160),
            Column(lambda: self.tr("Place"), lambda k: k.position or "—", width=120),
            Column(lambda: self.tr("What waits"), self._waits, width=150),
            Column(lambda: self.tr("Why"), lambda k: kits_said.because(k) or "—"),
        ]

    def _word(self, kit: Kit) -> str:
        return kits_said.state_word(kit, self.pharmacy.now())

    def _state(self, kit: Kit) -> State:
        return kits_said.state_of(kit, self.pharmacy.now())

    def _waits(self, kit: Kit) -> str:
        held = kit.disposal is Disposal.HELD
        return self.tr("what is left of it") if held else self.tr("the whole kit")

    def key(self, row: Kit) -> Hashable:
        """Return the kit's number."""
        return row.kit_number

    def read(self) -> Sequence[Kit]:
        """Return every such kit."""
        return queries.to_dispose(self.pharmacy.reader, self.pharmacy.now())

    def retranslate(self) -> None:
        """Set every text again."""
        count = len(self._rows)
        told = self.tr("{count} wait to be listed").format(count=count)
        self.sum.set_state(State.WARN if count else State.OK, told)
        self.note.setText(self.tr("The list, the sponsor's word, then destruction or return."))
        self.table.set_name(self.tr("Kits to dispose of"))
        self.waste.setText(self.tr("Waste kits…"))
        self.reserve.setText(self.tr("Keep as reserve…"))
        for button, task in ((self.waste, Task.WASTE_KIT), (self.reserve, Task.KEEP_RESERVE)):
            missing = missing_right(self.pharmacy.person, task)
            button.bar("" if missing is None else wording.violation_in_words(missing).expected)

    @property
    def act(self) -> str:
        """What drawing up a list is called."""
        return self.tr("Draw up a list…")

    def why_not(self) -> str:
        """Return why no list can be drawn up."""
        missing = missing_right(self.pharmacy.person, Task.LIST_KITS)
        return "" if missing is None else wording.violation_in_words(missing).expected

    def do(self) -> None:
        """Ask which kits leave, how and why; those that wait are ticked, reserve samples are not."""
        ticked = [k.kit_number for k in self._rows if k.state is not KitState.RESERVE]
        form = ListForm(self.pharmacy, self._rows, ticked, self)
        form.recorded.connect(self.changed)
        form.open()

    def scan(self, scan: RawScan) -> bool:
        """Begin a list with the kit that was scanned."""
        form = ListForm(self.pharmacy, self._rows, (), self)
        form.recorded.connect(self.changed)
        form.open()
        return form.scan(scan)

    @Slot()
    def ask_waste(self) -> None:
        """Ask which kits are spoilt."""
        self._ask(WasteForm(self.pharmacy, (), (), self), self.waste_kits)

    @Slot()
    def ask_reserve(self) -> None:
        """Ask which kits are kept."""
        self._ask(ReserveForm(self.pharmacy, (), (), self), self.keep_kits)

    @staticmethod
    def _ask(form: KitsForm, then: object) -> None:
        form.chosen.connect(then)
        form.open()

    @Slot(object, object)
    def waste_kits(self, kits: list[str], texts: tuple[str]) -> None:
        """Waste kits, signed, before a witness where there is a second person."""
        pharmacy, op_id = self.pharmacy, self.pharmacy.new_op()
        me = pharmacy.person.person_id
        asked = [self.workplace.asked(Meaning.AUTHORISED, Task.WASTE_KIT, chosen=me)]
        if disposal.witnesses(pharmacy, Task.WASTE_KIT_WITNESSED):
            task = Task.WASTE_KIT_WITNESSED
            asked.append(self.workplace.asked(Meaning.WITNESSED, task, but=[me]))
        statement = self.tr("Kits {kits} are wasted: {why}")
        sign_and(
            self.workplace,
            statement.format(kits=", ".join(kits) or "–", why=texts[0] or "–"),
            asked,
            lambda signers: disposal.waste(pharmacy, kits, texts[0], signers, op_id=op_id),
            self._on_recorded,
            self,
        )

    @Slot(object, object)
    def keep_kits(self, kits: list[str], texts: tuple[str, str]) -> None:
        """Keep kits as reserve samples, signed."""
        pharmacy, op_id = self.pharmacy, self.pharmacy.new_op()
        me = pharmacy.person.person_id
        statement = self.tr("Kits {kits} are kept as reserve samples, by {reference}: {why}")
        sign_and(
            self.workplace,
            statement.format(
                kits=", ".join(kits) or "–", why=texts[0] or "–", reference=texts[1] or "–"
            ),
            [self.workplace.asked(Meaning.AUTHORISED, Task.KEEP_RESERVE, chosen=me)],
            lambda signers: disposal.keep_reserve(
                *(pharmacy, kits, texts[0], texts[1], signers[0]), op_id=op_id
            ),
            self._on_recorded,
            self,
        )

    @Slot(object)
    def _on_recorded(self, appended: Appended) -> None:
        self.changed.emit(appended.changed)
