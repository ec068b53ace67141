"""Whole lives of subjects in twin sites: two stages, unblinding, code break, rehearsal, the end.

The twins differ in the arm of a subject, truly: another entry is opened, other kit types, other real
lots. Only the numbers on the kits are dealt so that the subjects get the same ones. What a planned
unblinding or a letter tells to whom it is meant for may differ; nothing that is BLINDED may, nor what
is seen of the work from outside: names, titles and sizes of papers, acts, their times, rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.excursion import ExcursionOpened
from pharmacy_app.domain.events.label import LabelSpooled
from pharmacy_app.domain.events.lots import ExpiryExtended
from pharmacy_app.domain.events.readiness import PRINTED
from pharmacy_app.domain.events.site import PaperPrinted
from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, SubjectId
from pharmacy_app.domain.look_back import OfCase
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.files import write_replacing
from pharmacy_app.workflows import (
    code_break,
    custody,
    disposal,
    dosing,
    enrolment,
    excursions,
    labelling,
    list_papers,
    look_back,
    lots,
    papers,
    promise,
    subjects,
    unblinding,
)
from pharmacy_app.workflows.code_break import Request
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies, small_trials
from tests.blinding.twins import Outside, refused, rows, told
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite
from tests.small_trials import CELLS, SHAM, STAGE, STAGE_2

FIRST, SECOND = SubjectId("01-001"), SubjectId("01-002")
ASKED = Request("Dr Sun", "intensive care", Category.SAFETY, "anaphylaxis")
CLASSES = {document.key: document.secrecy for document in catalogue.DOCUMENTS}
BOTH = (CREDENTIALS[WANG], CREDENTIALS[LI])
EACH = 6
Kits = dict[KitTypeCode, list[KitNumber]]


@dataclass
class Ward:
    """A printer and a pigeonhole outside: what a blinded person sees of every paper."""

    folder: Path
    jobs: list[tuple[str, str]] = field(default_factory=list)
    unblinded: list[Paper] = field(default_factory=list)
    name = "ward"

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Lay a blinded paper open, and of any other show what the queue and the folder call it."""
        self.jobs.append((job_title, paper.file_name))
        if paper.secrecy is DocumentClass.BLINDED:
            write_replacing(self.folder / f"{len(self.jobs):02}_{paper.file_name}", paper.pdf)
        else:
            self.unblinded.append(paper)
        return PrintOutcome(self.name, job_title)

    def lying_open(self) -> list[tuple[str, bytes]]:
        """Return name and bytes of every blinded paper."""
        return [(one.name, one.read_bytes()) for one in sorted(self.folder.iterdir())]


@dataclass
class Life:
    """One world: a site, who works there, what is seen from outside."""

    made: MadeSite
    pharmacy: Pharmacy
    arm: str
    ward: Ward
    seen: Outside = field(default_factory=lambda: Outside([], [], {}, []))
    listed: list[tuple[object, ...]] = field(default_factory=list)

    def dose(self, subject: SubjectId, visit: str, *, reprint: bool = False) -> DoseId:
        """Give a dose: label, perhaps a second copy, form, hand-over, report."""
        dose = pharmacies.checked(self.made, self.pharmacy, subject, visit)
        wanted: list[Reprint | None] = [None]
        if reprint:
            wanted.append(Reprint("torn", CREDENTIALS[LI]))
        for why in wanted:
            copy = labelling.reserve(self.pharmacy, dose, why)
            labelling.print_label(self.pharmacy, copy, dose, self.ward)
            labelling.scan_back(self.pharmacy, dose, Scanned(copy.symbol))
            picture = labelling.picture_of(self.pharmacy, copy)
            self.seen.papers.append(("picture", picture))
        self.print(papers.hand_over_form(self.pharmacy, dose), f"dose/{dose}")
        custody.hand_over(self.pharmacy, dose, "Nurse Qian", "nurse", CREDENTIALS[WANG])
        self.print(papers.hand_over_form(self.pharmacy, dose), f"dose/{dose}")
        start = self.made.clock.now() + timedelta(minutes=5)
        self.made.clock.advance(timedelta(minutes=45))
        custody.report_infusion(
            self.pharmacy,
            dose,
            started_at=start,
            ended_at=start + timedelta(minutes=30),
            not_infused_ml=Decimal(3),
            reported_by="Nurse Qian",
        )
        self.bring_back(dose)
        return dose

    def bring_back(self, dose: DoseId) -> None:
        """Take what is left of a bag, list it, and have it destroyed before a witness."""
        left = {"left_ml": Decimal(3), "brought_by": "Nurse Qian"}
        custody.take_back(self.pharmacy, dose, Remains.PARTLY_USED, **left)  # type: ignore[arg-type] # both
        self.print(papers.hand_over_form(self.pharmacy, dose), f"dose/{dose}")
        kit = str(dosing.dose(self.pharmacy, dose).kit)
        list_id = disposal.open_list(self.pharmacy, Way.DESTROYED, [kit], "used")
        disposal.authorise(self.pharmacy, list_id, "S-1", CREDENTIALS[WANG])
        disposal.destroy(self.pharmacy, list_id, "burnt", "plant", BOTH)
        self.print(list_papers.of_list(self.pharmacy, list_id), f"disposal/{list_id}")

    def break_code(self, subject: SubjectId, people: int) -> None:
        """Break the code, and print letter and notice."""
        broken = code_break.break_code(self.pharmacy, subject, ASKED, BOTH[:people])
        (kept,) = code_break.kept_papers(self.pharmacy, subject)
        for paper in (broken.letter, broken.notice, kept.letter):
            self.print(paper, f"subject/{subject}")

    def unblind(self, subject: SubjectId) -> None:
        """Unblind the first stage as planned."""
        found = queries.allocation(self.pharmacy.reader, subject, STAGE)
        assert found is not None
        code = self.made.unblinding_codes[found.entry_id]
        unblinding.unblind_by_code(self.pharmacy, subject, STAGE, code, CREDENTIALS[WANG])

    def end(self, subject: SubjectId, because: Ending) -> None:
        """Record the end of a subject's part."""
        subjects.end(self.pharmacy, subject, because, self.pharmacy.today(), "Dr Zhao")

    def promise(self) -> None:
        """Promise the ward what the stock bears in either arm: three kits of a kind in each pool."""
        until = promise.week_ends(self.pharmacy)[4]
        covers = promise.proposed(self.pharmacy, until)
        assert [one.doses for one in covers] == [2, 2]
        promise.make(self.pharmacy, until, covers, CREDENTIALS[WANG])
        self.tell_readiness()

    def tell_readiness(self) -> None:
        """Print what the ward is told of the stock."""
        self.print(promise.paper(self.pharmacy), PRINTED)

    def doubt(self) -> None:
        """An alarm of the tank: a case, the look-back, the ward's notice, the sponsor's decision."""
        now = self.made.clock.now()
        times = (now - timedelta(minutes=30), now)
        opened = excursions.open_for_unit(self.pharmacy, "T1", times, "level alarm")
        case = opened[-1].told(ExcursionOpened).case_id
        found = look_back.look_back(self.pharmacy, OfCase(case))
        self.print(look_back.report(self.pharmacy, found), "site")
        self.print(look_back.safety_notice(self.pharmacy, "A test is in doubt.", "Fever?"), "site")
        excursions.decide(
            self.pharmacy,
            case,
            usable=excursions.waiting(self.pharmacy, case),
            rejected=[],
            authorisation="QA 7",
            credential=CREDENTIALS[WANG],
        )

    def extend(self) -> None:
        """Give the blinded lot a later expiry, and print its over-labels."""
        kits = lot_queries.kits_of_blinded_lot(self.pharmacy.reader, "BL-7")
        later = max(kit.expiry for kit in kits) + timedelta(days=30)
        opened = lots.extend_expiry(self.pharmacy, "BL-7", later, "QA 8", CREDENTIALS[WANG])
        extension = opened[0].told(ExpiryExtended).extension_id
        self.print(lots.over_labels(self.pharmacy, extension), "site")
        lots.drop_extension(self.pharmacy, extension, "not needed")

    def print(self, paper: Paper, record: str) -> None:
        """Print a paper on the ward's printer."""
        papers.print_paper(self.pharmacy, paper, record, self.ward)

    def days(self, days: int) -> None:
        """Let days go by."""
        self.made.clock.advance(timedelta(days=days))


def first_stage(life: Life) -> None:
    """One code broken while a dose is made, then a death; one visit missed, planned, withdrawn."""
    life.promise()
    for subject in (FIRST, SECOND):
        pharmacies.enrolled(life.made, life.pharmacy, subject, life.arm)
        life.dose(subject, "W0")
        life.tell_readiness()
    life.doubt()
    life.extend()
    life.days(7)
    pharmacies.thawed(life.made, life.pharmacy, FIRST, "W1")
    letter = code_break.rehearse(life.pharmacy, FIRST, ASKED)
    life.print(letter, f"subject/{FIRST}")
    life.break_code(FIRST, people=2)
    refused(lambda: dosing.open_dose(life.pharmacy, FIRST, "W1"), life.seen)
    life.end(FIRST, Ending.DEATH)
    subjects.miss_visit(life.pharmacy, SECOND, "W1", "fever")
    refused(lambda: subjects.miss_visit(life.pharmacy, SECOND, "W1", "fever"), life.seen)
    life.days(21)
    refused(lambda: dosing.open_dose(life.pharmacy, SECOND, "W4"), life.seen)
    life.unblind(SECOND)
    refused(lambda: life.unblind(SECOND), life.seen)
    life.end(SECOND, Ending.WITHDRAWAL)
    refused(lambda: dosing.open_dose(life.pharmacy, SECOND, "W4"), life.seen)


def second_stage(life: Life) -> None:
    """Both doses of stage 1 in arm A, then stage 2 in either arm, a code break and a death."""
    pharmacies.enrolled(life.made, life.pharmacy, FIRST, "A")
    life.promise()
    life.dose(FIRST, "W0")
    life.days(7)
    life.dose(FIRST, "W1")
    life.days(21)
    life.unblind(FIRST)
    today = life.pharmacy.today()
    subjects.record_consent(life.pharmacy, FIRST, STAGE_2, today, "ICF 2.0", given=True)
    enrolment.open_allocation(
        life.pharmacy, FIRST, STAGE_2, life.made.code_for(life.arm), CREDENTIALS[WANG]
    )
    life.dose(FIRST, "W4", reprint=True)
    life.doubt()
    life.extend()
    life.tell_readiness()
    life.break_code(FIRST, people=1)
    refused(lambda: dosing.open_dose(life.pharmacy, FIRST, "W4"), life.seen)
    life.end(FIRST, Ending.DEATH)


Story = Callable[[Life], None]
STAGE_1_ARMS, STAGE_2_ARMS = ("A", "B"), ("LONG", "CTRL")
PAIRS: dict[str, tuple[Story, Sequence[str]]] = {
    "stage 1": (first_stage, STAGE_1_ARMS),
    "stage 2": (second_stage, STAGE_2_ARMS),
}


def dealt(arm: str) -> Kits:
    """Return the kits so that the subject of either arm gets the same numbers.

    Every second kit of a type is of stage 2's pool. For B all kits change types, for CTRL those of
    stage 2; the shelf is filled in the same order of numbers where all change.
    """
    chance = SeededChance("kits")
    one, two = ([KitNumber(f"K{chance.code(7)}") for _ in range(EACH)] for _ in range(2))
    if arm == "B":
        return {SHAM: one, CELLS: two}
    if arm == "CTRL":
        for late in range(1, EACH, 2):
            one[late], two[late] = two[late], one[late]
    return {CELLS: one, SHAM: two}


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MadeSite]:
    """The stocked site of each arm; the sites of A and LONG are one."""
    trial = small_trials.two_stage_trial(pool="LATE")
    made: dict[str, MadeSite] = {}
    for arm in ("A", "B", "CTRL"):
        folder = tmp_path_factory.mktemp("lives") / "site"
        made[arm] = pharmacies.make_site(folder, seed="lives", trial=trial, kits=dealt(arm))
        with made[arm].signed_in() as opened:
            pharmacies.stock_shelf(made[arm], opened.pharmacy)
    return made | {"LONG": made["A"]}


@pytest.fixture(scope="module")
def lives(
    shelves: dict[str, MadeSite], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Life]:
    """The lives as they are lived without a leak, by arm."""
    return {
        arm: lived(shelves[arm], tmp_path_factory.mktemp("life"), story, arm)
        for story, arms in PAIRS.values()
        for arm in arms
    }


def lived(shelf: MadeSite, folder: Path, story: Story, arm: str) -> Life:
    """Let a story be lived at a copy of a shelf, and keep what was seen from outside."""
    made = pharmacies.copied(shelf, folder / "site", "life")
    ward = Ward(folder / "ward")
    ward.folder.mkdir()
    with made.signed_in() as opened:
        life = Life(made, opened.pharmacy, arm, ward)
        before, _ = opened.pharmacy.ledger.head()
        story(life)
        recorded = opened.pharmacy.ledger.page(before, 1000)
        life.seen.events = [told(one) for one in recorded]
        life.seen.tables = rows(opened.pharmacy)
        life.seen.papers += ward.lying_open()
        life.listed = [
            (one.recorded_at, one.actor, *line) for one in recorded if (line := listed(one.event))
        ]
    return life


def listed(event: Event) -> tuple[str, ...]:
    """Return how a paper stands in a list of papers that a blinded person may be given."""
    if isinstance(event, LabelSpooled):
        return (catalogue.LABEL.key, event.label_id, event.printer)
    if not isinstance(event, PaperPrinted):
        return ()
    blinded = CLASSES[event.document] is DocumentClass.BLINDED
    return (event.document, event.record, event.printer, event.sha256 if blinded else "")


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS)
def test_two_lives_that_differ_in_the_arm_look_the_same_from_outside(
    pair: str, lives: dict[str, Life]
) -> None:
    one, other = (lives[arm] for arm in PAIRS[pair][1])
    assert one.seen.papers == other.seen.papers
    assert one.seen.events == other.seen.events
    assert one.seen.tables == other.seen.tables
    assert one.seen.words == other.seen.words
    assert one.ward.jobs == other.ward.jobs
    assert one.listed == other.listed


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS)
def test_every_blinded_kind_of_paper_was_among_those_compared(
    pair: str, lives: dict[str, Life]
) -> None:
    blinded = {key for key, secrecy in CLASSES.items() if secrecy is DocumentClass.BLINDED}
    for arm in PAIRS[pair][1]:
        assert blinded <= {line[2] for line in lives[arm].listed}
        assert len(lives[arm].ward.lying_open()) > 5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arm", "product"), [("A", "Cells"), ("B", "Albumin"), ("LONG", "Cells"), ("CTRL", "Albumin")]
)
def test_the_twins_did_differ_for_the_letter_told_another_product(
    arm: str, product: str, lives: dict[str, Life]
) -> None:
    letters = [text_of(p) for p in lives[arm].ward.unblinded if p.document == "unblinding-letter"]
    broken = [letter for letter in letters if "Cells" in letter or "Albumin" in letter]
    assert len(broken) == 2
    last_stage = broken[0].rpartition("Stage")[2]
    assert product in last_stage
    assert not any(product in letter for letter in letters if letter not in broken)


def text_of(paper: Paper) -> str:
    """Return everything a paper says."""
    with pypdfium2.PdfDocument(paper.pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


Leak = Callable[[pytest.MonkeyPatch, str], None]


def _in_keywords(patch: pytest.MonkeyPatch, arm: str) -> None:
    """The arm among every PDF's keywords."""
    begin = Pen.__init__

    def leaking(self: Pen, document: str, title: str, page: tuple[float, float]) -> None:
        begin(self, document, title, page)
        self._canvas.setKeywords(arm)

    patch.setattr(Pen, "__init__", leaking)


def _in_a_file_name(patch: pytest.MonkeyPatch, arm: str) -> None:
    """A character more in a file's name."""
    render = catalogue.render

    def leaking(document: catalogue.Document[object], made_from: object) -> Paper:
        paper = render(document, made_from)
        return replace(paper, file_name=f"{arm[0]}{paper.file_name}")

    patch.setattr(catalogue, "render", leaking)


def _in_a_job_title(patch: pytest.MonkeyPatch, arm: str) -> None:
    """The arm in what a print queue shows of the letter."""
    made = catalogue.UNBLINDING_LETTER
    patch.setattr(
        catalogue, "UNBLINDING_LETTER", replace(made, job_title=f"{made.job_title} {arm}")
    )


def _in_an_act_less(patch: pytest.MonkeyPatch, arm: str) -> None:
    """Doses that a code break does not stop in one arm."""
    del arm
    patch.setattr(code_break, "_stopped", lambda *_: [])


def broken_at_once(life: Life) -> None:
    """A code broken while a dose is thawed."""
    pharmacies.enrolled(life.made, life.pharmacy, FIRST, life.arm)
    pharmacies.thawed(life.made, life.pharmacy, FIRST)
    life.break_code(FIRST, people=1)


@pytest.fixture(scope="module")
def broken(shelves: dict[str, MadeSite], tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The short life in arm A, without a leak."""
    return lived(shelves["A"], tmp_path_factory.mktemp("broken"), broken_at_once, "A")


@pytest.mark.slow
@pytest.mark.parametrize(
    "leak", [None, _in_keywords, _in_a_file_name, _in_a_job_title, _in_an_act_less]
)
def test_a_leak_in_one_arm_is_noticed_and_nothing_without_one(
    leak: Leak | None,
    broken: Life,
    shelves: dict[str, MadeSite],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if leak is not None:
        leak(monkeypatch, "B")
    twin = lived(shelves["B"], tmp_path, broken_at_once, "B")
    same = broken.seen == twin.seen and broken.ward.jobs == twin.ward.jobs
    assert same is (leak is None)
