"""Random acts on the kits of one site: what a driver of any length needs, and what must hold after each.

`KitActs.any` tries one act; it may be refused, never break. The acts are in `KitActs.acts`: one more
is one more method and one more line there. `whole` compares shelf, log and states.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random

from pharmacy_app.domain.disposal import OPEN
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import DisposalId, DoseId
from pharmacy_app.domain.kits import ON_SHELF, OPENED, TRANSITIONS, Disposal, Kit, KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import accountability, doses
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import custody, deviations, disposal, dosing, preparation, stock
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite

MINE, HERS = CREDENTIALS[WANG], CREDENTIALS[LI]
VISITS = ("W0", "W1")


class KitActs:
    """One open site with subjects enrolled, and chance that is the same for the same seed."""

    def __init__(
        self, made: MadeSite, pharmacy: Pharmacy, subjects: Sequence[str], seed: int
    ) -> None:
        self.made = made
        self.pharmacy = pharmacy
        self.subjects = subjects
        self.chance = Random(seed)
        self.done: dict[str, int] = {}
        self.refused: dict[str, int] = {}
        self.before = self.states()
        self.opened: set[str] = set()
        self.last = ""

    @property
    def acts(self) -> tuple[Callable[[], object], ...]:
        """Every kind of act; what needs the most to be lawful is tried the most."""
        return (
            *(self.quarantine, self.decide, self.waste, self.reserve, self.draw_up, self.strike),
            *(self.drop, self.authorise, self.finish, self.begin_dose, self.go_on, self.stop),
            *(self.give, self.give, self.give, self.give, self.bring_back, self.wrong_kit),
            self.wait,
        )

    def any(self) -> str:
        """Try one act; return its name. A refusal with no reason in words cannot be made."""
        self.made.clock.advance(timedelta(minutes=1))
        act = self.chance.choice(self.acts)
        name = self.last = act.__name__
        try:
            act()
        except Refused as refused:
            for reason in refused.violations:
                self.refused[reason.rule] = self.refused.get(reason.rule, 0) + 1
            return name
        self.done[name] = self.done.get(name, 0) + 1
        return name

    # What must hold

    def states(self) -> dict[str, tuple[KitState, Disposal]]:
        """Return state and disposal of every kit."""
        return {kit.kit_number: (kit.state, kit.disposal) for kit in self.kits()}

    def whole(self) -> None:
        """Balance = shelf for every kit type; every change of a kit was lawful; no place held twice."""
        kits = self.kits()
        reader = self.pharmacy.reader
        for kit_type in self.pharmacy.trial.kit_types:
            log = accountability.movements(reader, kit_type.code)
            balance = log[-1].balance if log else 0
            shelf = [k for k in kits if k.kit_type == kit_type.code and k.state in ON_SHELF]
            assert balance == len(shelf) == accountability.on_shelf(reader, kit_type.code)
        places = [kit.position for kit in kits if kit.position is not None]
        assert len(places) == len(set(places))
        assert all(kit.state in ON_SHELF for kit in kits if kit.position is not None)
        listed = {
            one.kit.kit_number
            for found in disposal_queries.lists(reader)
            if found.state in OPEN
            for one in disposal_queries.kits_of(reader, found.list_id)
            if not one.struck
        }
        assert listed == {k.kit_number for k in kits if k.disposal is Disposal.LISTED}
        now = self.states()
        for number, (state, gone) in now.items():
            then, gone_then = self.before[number]
            assert state is then or _reached(then, state), (number, then, state)
            if state in OPENED:
                self.opened.add(number)
            elif number in self.opened:
                assert state not in ON_SHELF - {KitState.REJECTED}, (number, then, state)
            if gone_then in {Disposal.DESTROYED, Disposal.SENT_BACK} and self.last != "turn_up":
                assert gone is gone_then
            if gone in {Disposal.DESTROYED, Disposal.SENT_BACK}:
                assert state not in ON_SHELF
        self.before = now

    # Chance

    def kits(self) -> list[Kit]:
        """Return every kit."""
        return kit_queries.page(self.pharmacy.reader, kit_queries.KitFilter(), None, 100_000)

    def some(self, most: int = 3) -> list[str]:
        """Return the numbers of one or a few kits, whatever their state."""
        kits = self.kits()
        chosen = self.chance.sample(kits, min(len(kits), self.chance.randint(1, most)))
        return [kit.kit_number for kit in chosen]

    def open_list(self) -> DisposalId:
        """Return an open list, or a number that none has."""
        found = [x.list_id for x in disposal_queries.lists(self.pharmacy.reader) if x.state in OPEN]
        return self.chance.choice(found) if found else DisposalId("DL-NONE")

    def open_dose(self) -> DoseId:
        """Return a dose that is under way, or a number that none has."""
        found = doses.open_doses(self.pharmacy.reader)
        return self.chance.choice(found).dose_id if found else DoseId("D-NONE")

    # Acts

    def quarantine(self) -> None:
        """Take a kit out of use."""
        stock.quarantine(self.pharmacy, Scanned(self.some(1)[0]), "alarm")

    def decide(self) -> None:
        """Decide on a kit."""
        usable = self.chance.random() < 0.5
        stock.decide_quarantine(
            self.pharmacy, self.some(1), usable=usable, authorisation="S-1", credential=MINE
        )

    def waste(self) -> None:
        """Drop a kit."""
        disposal.waste(self.pharmacy, self.some(1), "fell", (MINE, HERS))

    def reserve(self) -> None:
        """Keep a kit as a reserve sample."""
        disposal.keep_reserve(self.pharmacy, self.some(1), "retain", "P-9", MINE)

    def draw_up(self) -> None:
        """Draw up a list."""
        way = self.chance.choice(list(Way))
        to_site = "02" if way is Way.TRANSFERRED else ""
        now = self.pharmacy.now()
        waiting = [kit.kit_number for kit in disposal_queries.to_dispose(self.pharmacy.reader, now)]
        kits = self.some() if way is not Way.DESTROYED or not waiting else waiting[:2]
        disposal.open_list(self.pharmacy, way, kits, "end", to_site=to_site)

    def strike(self) -> None:
        """Strike a kit from a list."""
        list_id = self.open_list()
        kits = disposal.still_on(self.pharmacy, list_id)
        number = kits[0].kit.kit_number if kits else self.some(1)[0]
        disposal.strike(self.pharmacy, list_id, Scanned(number), "asked for")

    def drop(self) -> None:
        """Drop a list."""
        disposal.drop(self.pharmacy, self.open_list(), "asked for")

    def authorise(self) -> None:
        """Authorise a list."""
        disposal.authorise(self.pharmacy, self.open_list(), "S-2", MINE)

    def finish(self) -> None:
        """Do what a list says."""
        list_id = self.open_list()
        with suppress(Refused):
            disposal.authorise(self.pharmacy, list_id, "S-2", MINE)
        if disposal.one_list(self.pharmacy, list_id).way is Way.DESTROYED:
            disposal.destroy(self.pharmacy, list_id, "burnt", "hospital", (MINE, HERS))
        else:
            disposal.send(self.pharmacy, list_id, "SF", "CASE", MINE)

    def begin_dose(self) -> None:
        """Begin a dose and choose its kit."""
        subject, visit = self.chance.choice(self.subjects), self.chance.choice(VISITS)
        dose_id = dosing.open_dose(self.pharmacy, subject, visit, outside="asked for")
        dosing.assign(self.pharmacy, dose_id)

    def go_on(self) -> None:
        """Scan a kit, take it out, thaw it: what the dose waits for."""
        dose_id = self.open_dose()
        asked = dosing.dose(self.pharmacy, dose_id)
        if asked.step is Step.ASSIGN:
            dosing.assign(self.pharmacy, dose_id)
        elif asked.step is Step.IDENTIFY:
            dosing.scan_kit(self.pharmacy, dose_id, Scanned(str(asked.kit)))
        elif asked.step is Step.TAKE_OUT:
            dosing.take_out(self.pharmacy, dose_id)
        elif asked.step is Step.THAW:
            preparation.start_thaw(self.pharmacy, dose_id, "WB-1", Decimal(37))

    def stop(self) -> None:
        """Stop a dose."""
        dosing.stop(self.pharmacy, self.open_dose(), "fell")

    def give(self) -> None:
        """Prepare a dose from beginning to end; the ward reports it, or sends the bag back."""
        subject, visit = self.chance.choice(self.subjects), self.chance.choice(VISITS)
        dose_id = pharmacies.handed_over(self.made, self.pharmacy, subject, visit)
        if self.chance.random() < 0.3:
            custody.return_bag(self.pharmacy, dose_id, "Nurse", "fever")
        else:
            pharmacies.reported(self.made, self.pharmacy, dose_id)

    def bring_back(self) -> None:
        """Tell what is left of a bag."""
        given = disposal_queries.given(self.pharmacy.reader)
        dose_id = given[0].dose_id if given else self.open_dose()
        remains = self.chance.choice(list(Remains))
        left = Decimal(5 if remains is Remains.PARTLY_USED else 0)
        custody.take_back(self.pharmacy, dose_id, remains, left_ml=left, brought_by="Nurse")

    def wrong_kit(self) -> None:
        """Find out that another kit was given."""
        subject = self.chance.choice(self.subjects)
        for line in doses.of_subject(self.pharmacy.reader, subject)[-1:]:  # type: ignore[arg-type] # plain str
            deviations.report_wrong_kit(
                self.pharmacy, line.dose_id, Scanned(self.some(1)[0]), "one tray", MINE
            )

    def wait(self) -> None:
        """Let time go by."""
        self.made.clock.advance(timedelta(hours=self.chance.choice([1, 5, 24, 24 * 6])))


def _reached(then: KitState, now: KitState) -> bool:
    """Whether a state follows from another by lawful ways; one act may take a kit several steps."""
    seen, front = {then}, {then}
    while front:
        front = {after for state in front for after in TRANSITIONS[state]} - seen
        seen |= front
    # Another kit was given than the assigned one: told afterwards, about kits in any state. One that was
    # used by the record turns up: it waits, or is rejected (`whole` watches over which).
    told = {KitState.INFUSED, KitState.WASTED, KitState.QUARANTINED, KitState.REJECTED}
    return now in seen or now in told
