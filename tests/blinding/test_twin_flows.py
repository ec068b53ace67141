"""The same work done through the real acts where a kit holds cells, and where it does not.

Two sites are made alike down to every drawn number; only what the kits of a type hold is exchanged.
Kinds, order, times, signatures and attachments of what is recorded, the number of rows, the words of
every refusal and every blinded byte must then be the same. So they must be, but for the numbers on
the kits, for a subject of the other arm at the same site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.doses import LabelCopy
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Contents, Trial
from pharmacy_app.wording import refusal_in_words
from pharmacy_app.workflows import custody, dosing, labelling, papers
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CELLS, CREDENTIALS, LI, WANG, MadeSite, MemoryPrinter

SUBJECT = "01-001"


@dataclass
class Outside:
    """What leaves the pharmacy, or can be counted by whoever sees the machine work."""

    events: list[tuple[object, ...]]
    papers: list[tuple[str, bytes]]
    tables: dict[str, int]
    words: list[str]


Flow = Callable[[MadeSite, Pharmacy, Outside], None]


def _given(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """Everything goes well."""
    dose = _label(made, pharmacy, seen)
    custody.hand_over(pharmacy, dose, "Nurse Qian", "nurse", CREDENTIALS[WANG])
    _form(pharmacy, dose, seen)
    start = made.clock.now() + timedelta(minutes=5)
    made.clock.advance(timedelta(minutes=45))
    custody.report_infusion(
        pharmacy,
        dose,
        started_at=start,
        ended_at=start + timedelta(minutes=30),
        not_infused_ml=Decimal(3),
        reported_by="Nurse Qian",
    )


def _reprinted(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """The printer fails, a label is lost, the bag comes back."""
    dose = _label(made, pharmacy, seen)
    again = labelling.reserve(pharmacy, dose, Reprint("torn", CREDENTIALS[LI]))
    _print(pharmacy, dose, again, seen)
    labelling.scan_back(pharmacy, dose, Scanned(again.symbol))
    custody.hand_over(pharmacy, dose, "Nurse Qian", "nurse", CREDENTIALS[WANG])
    _form(pharmacy, dose, seen)
    custody.return_bag(pharmacy, dose, "Nurse Qian", "fever")


def _replaced(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
    """A wrong kit is scanned and a step taken too early; the dose stops and is made anew."""
    dose = dosing.open_dose(pharmacy, SUBJECT, "W0")
    proposal = dosing.assign(pharmacy, dose)
    other = next(
        number for number in made.kits[proposal.kit.kit_type] if number != proposal.kit.kit_number
    )
    for wrong in (other, "K0000000", "", "PLACEBO"):
        _refused(partial(dosing.scan_kit, pharmacy, dose, Scanned(wrong)), seen)
    _refused(lambda: labelling.reserve(pharmacy, dose), seen)
    _refused(lambda: dosing.take_out(pharmacy, dose), seen)
    dosing.stop(pharmacy, dose, "dropped")
    _given(made, pharmacy, seen)


def _label(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> DoseId:
    dose = pharmacies.checked(made, pharmacy, SUBJECT)
    copy = labelling.reserve(pharmacy, dose)
    _print(pharmacy, dose, copy, seen)
    labelling.scan_back(pharmacy, dose, Scanned(copy.symbol))
    return dose


def _print(pharmacy: Pharmacy, dose: DoseId, copy: LabelCopy, seen: Outside) -> None:
    printer = MemoryPrinter()
    labelling.print_label(pharmacy, copy, dose, printer)
    seen.papers += [*printer.printed, ("picture", labelling.picture_of(pharmacy, copy))]


def _form(pharmacy: Pharmacy, dose: DoseId, seen: Outside) -> None:
    printer = MemoryPrinter()
    papers.print_paper(pharmacy, papers.hand_over_form(pharmacy, dose), f"dose/{dose}", printer)
    seen.papers += printer.printed


def _refused(act: Callable[[], object], seen: Outside) -> None:
    with pytest.raises(Refused) as caught:
        act()
    for language in ("en", "zh"):
        for said in refusal_in_words(caught.value, language):
            seen.words.append(f"{said.code} {said.rule} {said.remedy}")


def _trial(*, exchanged: bool) -> Trial:
    trial = pharmacies.small_trial()
    if not exchanged:
        return trial
    first, second = trial.kit_types
    types = (
        msgspec.structs.replace(first, contents=second.contents),
        msgspec.structs.replace(second, contents=first.contents),
    )
    return msgspec.structs.replace(trial, kit_types=types)


def _worked(folder: Path, flow: Flow, *, arm: str = "A", exchanged: bool = False) -> Outside:
    made = pharmacies.make_site(folder, seed="twins", trial=_trial(exchanged=exchanged))
    seen = Outside([], [], {}, [])
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.stock_shelf(made, pharmacy)
        before, _ = pharmacy.ledger.head()
        pharmacies.enrolled(made, pharmacy, SUBJECT, arm)
        flow(made, pharmacy, seen)
        seen.events = [_told(one) for one in pharmacy.ledger.page(before, 1000)]
        seen.tables = _rows(pharmacy)
    return seen


def _told(recorded: Recorded) -> tuple[object, ...]:
    return (
        type(recorded.event).__name__,
        recorded.actor,
        recorded.recorded_at,
        recorded.occurred_at,
        recorded.reason,
        tuple((signature.signer, signature.meaning) for signature in recorded.signatures),
    )


def _rows(pharmacy: Pharmacy) -> dict[str, int]:
    """Return how many rows each table has, and how many attachments there are of each sort."""
    reader = pharmacy.reader
    tables = reader.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    counted = {name: len(reader.rows(f'SELECT 1 FROM "{name}"')) for (name,) in tables}
    return counted | dict(reader.rows("SELECT media_type, count(*) FROM attachment GROUP BY 1"))


@pytest.mark.parametrize("flow", [_given, _reprinted, _replaced])
def test_nothing_outside_tells_what_the_kit_held(flow: Flow, tmp_path: Path) -> None:
    cells = _worked(tmp_path / "cells", flow)
    sham = _worked(tmp_path / "sham", flow, exchanged=True)
    assert len(cells.events) > 20
    assert cells.events == sham.events
    assert cells.tables == sham.tables
    assert cells.words == sham.words
    assert cells.papers == sham.papers


@pytest.mark.parametrize("flow", [_given, _reprinted, _replaced])
def test_nothing_but_the_kits_number_tells_the_arm(flow: Flow, tmp_path: Path) -> None:
    first, second = (_worked(tmp_path / arm, flow, arm=arm) for arm in "AB")
    assert first.events == second.events
    assert first.tables == second.tables
    assert [said.split()[0] for said in first.words] == [said.split()[0] for said in second.words]
    assert [name for name, _ in first.papers] == [name for name, _ in second.papers]


def test_an_act_more_in_one_arm_is_noticed(tmp_path: Path) -> None:
    def leaking(made: MadeSite, pharmacy: Pharmacy, seen: Outside) -> None:
        _given(made, pharmacy, seen)
        if pharmacy.trial.kit_type(CELLS).contents is Contents.CELLS:
            papers.print_paper(
                pharmacy, papers.accountability_log(pharmacy, CELLS), "site", MemoryPrinter()
            )

    cells = _worked(tmp_path / "cells", leaking)
    sham = _worked(tmp_path / "sham", leaking, exchanged=True)
    assert cells.events != sham.events
    assert cells.tables != sham.tables
