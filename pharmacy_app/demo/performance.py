"""The demonstration: site, story, papers, labels, pictures, proof, in a folder of its own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import msgspec

from pharmacy_app.demo.desk import Desk, Met, StoryBroken
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.proof import decode_labels, prove
from pharmacy_app.demo.site import WANG, make_demo_site
from pharmacy_app.demo.story import START, play
from pharmacy_app.demo.summary import (
    DoseLine,
    LabelLine,
    LedgerLine,
    PaperLine,
    Summary,
    local,
    refusal_lines,
)
from pharmacy_app.documents.catalogue import ACCOUNTABILITY_LOG, DOCUMENTS, LABEL, Paper
from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.label_symbol import read_symbol
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded.accountability import Scope
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import Clock, SetClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows import labelling, papers
from pharmacy_app.workflows.account_papers import account_log
from pharmacy_app.workflows.dosing import dose
from pharmacy_app.workflows.sessions import Machine

MAKING = ".making"
VAULT, PAPERS, LABELS, SCREENS, SUMMARY = "vault", "papers", "labels", "screens", "summary.json"


class Camera(Protocol):
    """Takes pictures of the program's windows at moments of the story."""

    def take(self, moment: Moment, desk: Desk) -> None:
        """Take whatever there is to see at this moment."""

    def close(self) -> None:
        """Put the camera away."""


class NoCamera:
    """Takes no picture."""

    def take(self, moment: Moment, desk: Desk) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


@dataclass(slots=True)
class Stopwatch:
    """Measures how long each part takes, in seconds of the real clock."""

    clock: Clock
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a part."""
        began = self.clock.monotonic()
        try:
            yield
        finally:
            spent = self.clock.monotonic() - began
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 3)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who watches: hears of moments and refusals as they happen, and holds the camera."""

    camera: Callable[[Path], Camera]
    moment: Callable[[Moment, Desk], None] = lambda _moment, _desk: None
    refused: Callable[[Met, Desk], None] = lambda _met, _desk: None


def perform(out: Path, clock: Clock, audience: Audience) -> Summary:
    """Play the demonstration and leave everything in ``out``, or nothing at all.

    ``clock`` only measures; the story has a clock of its own. Raises EnvironmentProblem
    ``demo.folder_not_empty`` or what the machine could not, StoryBroken where a rule failed.
    """
    with new_folder(out) as building:
        summary = _performed(building, Stopwatch(clock), audience)
        written = msgspec.json.format(msgspec.json.encode(summary), indent=2)
        write_replacing(building / SUMMARY, written)
    return summary


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """Give a folder to build in that becomes ``out`` when it is whole, and vanishes otherwise.

    Raises EnvironmentProblem ``demo.folder_not_empty`` or ``demo.folder_unfit`` before anything is
    written. Nothing is ever removed but the folder made here.
    """
    out = out.absolute()
    building = _made_beside(out)
    try:
        yield building
        if out.exists():
            out.rmdir()
        building.rename(out)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _made_beside(out: Path) -> Path:
    """Make a folder of a name nobody has, for this user alone, on the disk of ``out``."""
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise EnvironmentProblem("demo.folder_not_empty", str(out))
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"{out.name}.", suffix=MAKING, dir=out.parent))
    except OSError as problem:
        cause = problem.strerror or type(problem).__name__
        raise EnvironmentProblem("demo.folder_unfit", str(out), cause=cause) from problem


def _performed(building: Path, watch: Stopwatch, audience: Audience) -> Summary:
    for name in (PAPERS, LABELS, SCREENS):
        (building / name).mkdir()
    clock = SetClock(START)
    machine = Machine(clock, SystemChance(), FLOOR)
    with watch.part("site"):
        made = make_demo_site(building / VAULT, machine)
    desk = Desk(made, clock)
    camera = audience.camera(building / SCREENS)
    try:
        _watched(desk, building, camera, watch, audience)
        with watch.part("papers"):
            printed = _print_papers(desk, building / PAPERS)
        with watch.part("labels"):
            labels = _keep_labels(desk, building)
        doses = tuple(_dose_line(desk, one) for one in _doses(desk))
        zone = desk.pharmacy.zone
    finally:
        with suppress(Refused, EnvironmentProblem):
            camera.close()
        desk.abandon()
    with watch.part("verify"):
        report = prove(machine, made.folder, made.credential(WANG.person_id))
    if not report.intact:
        raise StoryBroken(f"the ledger is not intact: {report.first_bad}")
    with watch.part("decode"):
        decode_labels(building, labels)
    return Summary(
        doses=doses,
        labels=labels,
        refusals=refusal_lines(desk.refusals, zone),
        ledger=LedgerLine(events=report.events, head=report.head.hex(), verified=report.intact),
        screens=tuple(f"{SCREENS}/{path.name}" for path in sorted((building / SCREENS).iterdir())),
        papers=printed,
        seconds=watch.seconds,
    )


def _watched(
    desk: Desk, building: Path, camera: Camera, watch: Stopwatch, audience: Audience
) -> None:
    with watch.part("screens"):
        camera.take(Moment("entrance"), desk)
    printer = papers.folder_printer(building / PAPERS)
    story = play(desk, printer)
    told = 0
    while True:
        with watch.part("story"):
            moment = next(story, None)
        for met in desk.refusals[told:]:
            audience.refused(met, desk)
        told = len(desk.refusals)
        if moment is None:
            return
        audience.moment(moment, desk)
        with watch.part("screens"):
            camera.take(moment, desk)


def _doses(desk: Desk) -> list[Dose]:
    reader = desk.pharmacy.reader
    return [
        dose(desk.pharmacy, line.dose_id)
        for subject in desk.made.aids.subjects
        for line in dose_queries.of_subject(reader, SubjectId(subject))
    ]


def _print_papers(desk: Desk, folder: Path) -> tuple[PaperLine, ...]:
    """Print every paper there is into the folder, and list what lies in it by class."""
    pharmacy, site = desk.pharmacy, desk.site
    printer = papers.folder_printer(folder)
    made: list[tuple[Paper, str]] = []
    for one in _doses(desk):
        record = f"dose/{one.dose_id}"
        for key, make in papers.DOSE_PAPERS.items():
            if one.use_before is not None or key in papers.BEFORE_RELEASE:
                made.append((make(pharmacy, one.dose_id), record))
    for kit_type in pharmacy.trial.kit_types:
        log = account_log(pharmacy, Scope(kit_type=kit_type.code))
        made.append((log, f"{ACCOUNTABILITY_LOG.key}/{kit_type.code}"))
    sheet = papers.recovery_sheet(pharmacy, site.vault, desk.made.aids.recovery_code)
    made.append((sheet, "site"))
    for paper, record in made:
        papers.print_paper(pharmacy, paper, record, printer)
    listed = {paper.file_name: paper for paper, _ in made}
    return tuple(_paper_line(path, listed.get(path.name)) for path in sorted(folder.iterdir()))


def _paper_line(path: Path, paper: Paper | None) -> PaperLine:
    """Return a paper's line; the labels were printed while the story went."""
    key = LABEL.key if paper is None else paper.document
    secrecy = next(known.secrecy for known in DOCUMENTS if known.key == key)
    return PaperLine(file=f"{PAPERS}/{path.name}", secrecy=secrecy, document=key)


def _keep_labels(desk: Desk, building: Path) -> tuple[LabelLine, ...]:
    lines = []
    for one in _doses(desk):
        for copy in one.labels:
            name = f"{LABELS}/label_{one.dose_id}_{copy.copy}.png"
            write_replacing(building / name, labelling.picture_of(desk.pharmacy, copy))
            says = read_symbol(copy.symbol)
            lines.append(
                LabelLine(
                    file=name,
                    symbol=copy.symbol,
                    kit=says.kit,
                    protocol=says.protocol,
                    use_before=says.use_before.isoformat(),
                    dose=says.dose_id,
                    copy=says.copy,
                    state=copy.state,
                )
            )
    return tuple(lines)


def _dose_line(desk: Desk, one: Dose) -> DoseLine:
    zone = desk.pharmacy.zone
    return DoseLine(
        id=one.dose_id,
        subject=one.subject,
        visit=one.visit,
        kit=one.kit,
        status=one.step,
        use_before=None if one.use_before is None else local(one.use_before, zone),
        replaces=one.opened.replaces,
    )
