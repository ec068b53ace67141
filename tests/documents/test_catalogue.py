import ast
import dataclasses
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Document, DocumentClass, render
from pharmacy_app.documents.padding import padded
from pharmacy_app.documents.pictures import page_picture, pages
from pharmacy_app.domain import blinding
from pharmacy_app.domain.blinding import (
    BlindedHandOver,
    BlindedLabel,
    BlindedNotice,
    BlindedOverLabels,
    BlindedReadiness,
    BlindedSafetyNotice,
    GivenVisit,
)
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Text
from pharmacy_app.wording import worded
from tests.documents import (
    account_papers,
    counted,
    papers,
    readiness_papers,
    stock_papers,
    storage_papers,
    temperature_papers,
)

Made = tuple[Document[Any], Any]
KEYS = [document.key for document in catalogue.DOCUMENTS]


@pytest.fixture
def make(label: BlindedLabel, form: BlindedHandOver) -> Callable[[str], Made]:
    inputs: dict[str, Any] = {
        "label": label,
        "over-labels": stock_papers.over_labels(),
        "kit-label": stock_papers.kit_label(),
        "hand-over": form,
        "pick-sheet": papers.pick_sheet(),
        "preparation-record": papers.preparation_record(),
        "accountability-log": papers.accountability_log(),
        "stock-count": counted.stock_count(),
        "recovery-sheet": papers.recovery_sheet(),
        "destruction-certificate": account_papers.destruction_certificate(),
        "return-list": account_papers.return_list(),
        "reconciliation": account_papers.reconciliation(),
        "unblinding-letter": papers.unblinding_letter(),
        "code-break-notice": papers.code_break_notice(),
        "look-back": stock_papers.look_back(),
        "safety-notice": stock_papers.safety_notice(),
        "shipment-receipt": stock_papers.shipment_receipt(),
        "temperature-report": temperature_papers.temperature_report(),
        "box-map": storage_papers.box_map(),
        "move-sheet": storage_papers.move_sheet(),
        "pick-list": storage_papers.pick_list(),
        "blinded-readiness": readiness_papers.blinded_readiness(),
        "readiness": readiness_papers.readiness_report(),
    }
    documents = {document.key: document for document in catalogue.DOCUMENTS}
    return lambda key: (documents[key], inputs[key])


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        words = page.get_textpage()
        texts.append(str(words.get_text_bounded()))
        words.close()
        page.close()
    document.close()
    return "\n".join(texts)


def metadata_of(pdf: bytes) -> dict[str, str]:
    document = pypdfium2.PdfDocument(pdf)
    found = {str(key): str(value) for key, value in document.get_metadata_dict().items()}
    document.close()
    return found


def refused(made: Made) -> list[str]:
    with pytest.raises(Refused) as caught:
        render(*made)
    return [reason.rule for reason in caught.value.violations]


@pytest.mark.parametrize("key", KEYS)
def test_equal_facts_give_equal_bytes(key: str, make: Callable[[str], Made]) -> None:
    first, second = render(*make(key)), render(*make(key))
    assert first == second
    assert len(first.sha256) == 64


@pytest.mark.parametrize("key", KEYS)
def test_every_font_is_embedded(key: str, make: Callable[[str], Made], tmp_path: Path) -> None:
    lister = shutil.which("pdffonts")
    pdf = render(*make(key)).pdf
    for standard in (b"/Helvetica", b"/Times", b"/Courier", b"/Symbol", b"/ZapfDingbats"):
        assert standard not in pdf
    if lister is None:
        return
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    listed = subprocess.run([lister, str(path)], capture_output=True, text=True, check=True)
    fonts = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert fonts
    assert {font[-5] for font in fonts} == {"yes"}
    assert all("NotoSansSC" in font[0] for font in fonts)


@pytest.mark.parametrize("key", KEYS)
def test_metadata_name_neither_record_nor_arm_nor_time(
    key: str, make: Callable[[str], Made]
) -> None:
    found = metadata_of(render(*make(key)).pdf)
    assert found["Author"] == found["Creator"] == found["Producer"] == "trial-site-pharmacy"
    assert found["CreationDate"] == found["ModDate"]
    assert found["CreationDate"].startswith("D:2000")
    said = " ".join(found.values())
    for secret in ("D-4KX9MT3", "CN01-0012", "K7Q4M2XT", "MSC", "UC-2025", "2026"):
        assert secret not in said


@pytest.mark.parametrize("key", KEYS)
def test_class_shows_in_file_name_banner_and_frame(key: str, make: Callable[[str], Made]) -> None:
    document, _ = made = make(key)
    paper = render(*made)
    text = text_of(paper.pdf)
    picture = page_picture(paper.pdf, dpi=36)
    colours = {picture.pixels[place : place + 3] for place in range(0, len(picture.pixels), 3)}
    violet = any(r > 90 and b > 140 and g < 90 for r, g, b in colours)
    unblinded = document.secrecy is DocumentClass.UNBLINDED
    assert paper.file_name.startswith("UNBLINDED_") is unblinded
    assert ("UNBLINDED" in text or "SECRET" in text) is unblinded
    # A label printer has no colour: there the band says it, white on black.
    assert violet is (unblinded and key != "kit-label")
    assert "TRAINING" in text


def test_file_names_are_neutral_and_safe(make: Callable[[str], Made]) -> None:
    assert render(*make("label")).file_name == "label_D-4KX9MT3_1.pdf"
    assert render(*make("hand-over")).file_name == "hand-over_D-4KX9MT3.pdf"
    document, label = make("label")
    odd = msgspec.structs.replace(
        label, dose=msgspec.structs.replace(label.dose, dose_id="../../D 1")
    )
    assert document.file_name(odd) == "label_..-..-D-1_1.pdf"


def test_no_job_title_tells_record_or_class() -> None:
    titles = {document.job_title for document in catalogue.DOCUMENTS}
    assert titles <= {"Label", "Form", "Sheet", "Record", "Log", "Letter"}


def test_blinded_documents_are_made_from_types_without_an_arm() -> None:
    blinded = [d for d in catalogue.DOCUMENTS if d.secrecy is DocumentClass.BLINDED]
    assert [d.made_from for d in blinded] == [
        BlindedLabel,
        BlindedOverLabels,
        BlindedHandOver,
        BlindedNotice,
        BlindedSafetyNotice,
        BlindedReadiness,
    ]
    for document in blinded:
        assert document.made_from.__module__ == blinding.__name__
    made: list[Any] = [*(d.made_from for d in blinded), blinding.BlindedDose, GivenVisit]
    names = {field.name for made_from in made for field in msgspec.structs.fields(made_from)}
    assert not names & {"arm", "kit_type", "lot", "viability_pct", "drawn_ml", "expiry"}


def imports_of(module: Path, seen: set[str]) -> set[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("pharmacy_app") and name not in seen:
                seen.add(name)
                path = Path(*name.split(".")).with_suffix(".py")
                if path.is_file():
                    imports_of(path, seen)
    return seen


@pytest.mark.parametrize(
    "module",
    [
        "labels/dose.py",
        "labels/fields.py",
        "reports/hand_over.py",
        "reports/code_break_notice.py",
        "reports/safety_notice.py",
    ],
)
def test_blinded_renderers_reach_no_unblinded_fact(module: str) -> None:
    reached = imports_of(Path("pharmacy_app/documents") / module, set())
    allowed = {
        "blinding",
        "check_characters",
        "ids",
        "label_rules",
        "label_symbol",
        "refusal",
        "trial",
    }
    domain = {name.split(".")[2] for name in reached if name.startswith("pharmacy_app.domain.")}
    assert domain <= allowed
    assert not any(name.startswith("pharmacy_app.records") for name in reached)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "label"])
def test_a_character_without_glyph_stops_every_paper(key: str, make: Callable[[str], Made]) -> None:
    document, made_from = make(key)
    odd = Text(en="Hospital 😀", zh="𠮷医院")
    if key in {"code-break-notice", "safety-notice", "blinded-readiness"}:
        made_from = msgspec.structs.replace(made_from, site_name=odd)
    elif key in {"over-labels", "kit-label"}:
        field = {"over-labels": "trial_use", "kit-label": "contents"}[key]
        made_from = msgspec.structs.replace(made_from, training=False, **{field: odd})
    elif key == "hand-over":
        made_from = msgspec.structs.replace(
            made_from, dose=msgspec.structs.replace(made_from.dose, site_name=odd)
        )
    else:
        changed = {f: getattr(made_from, f) for f in made_from.__dataclass_fields__}
        standing = {f: getattr(papers.STANDING, f) for f in papers.STANDING.__dataclass_fields__}
        changed["standing"] = type(papers.STANDING)(**{**standing, "site_name": odd})
        made_from = type(made_from)(**changed)
    assert refused((document, made_from)) == ["print.missing_glyph"]


def test_unblinded_papers_are_anchored_to_the_ledger_on_every_page(
    make: Callable[[str], Made],
) -> None:
    paper = render(*make("preparation-record"))
    count = pages(paper.pdf)
    text = text_of(paper.pdf)
    assert text.count("ledger 1234 · 9f3a6c0177b2e4d85a10") == count
    for number in range(1, count + 1):
        assert f"Page {number} of {count}" in text


@pytest.mark.parametrize(
    "key", ["hand-over", "code-break-notice", "safety-notice", "blinded-readiness"]
)
def test_blinded_forms_carry_no_ledger_position(key: str, make: Callable[[str], Made]) -> None:
    assert "ledger" not in text_of(render(*make(key)).pdf)


def test_a_letter_tells_the_treatment_and_a_rehearsal_does_not() -> None:
    letter = papers.unblinding_letter()
    text = text_of(render(catalogue.UNBLINDING_LETTER, letter).pdf)
    assert "Dr Zhao" in text
    assert "Stage 1" in text
    assert "Frozen cells" in text
    rehearsed = dataclasses.replace(letter, told=(), nth="rehearsal")
    paper = render(catalogue.UNBLINDING_LETTER, rehearsed)
    assert paper.file_name == f"UNBLINDED_letter_{letter.subject}_rehearsal.pdf"
    text = text_of(paper.pdf)
    assert "Rehearsal" in text
    assert "Frozen cells" not in text


def test_a_letter_is_as_long_in_any_arm_and_in_a_rehearsal() -> None:
    letter = papers.unblinding_letter()
    (told,) = letter.told
    names = Text(en="Placebo short control", zh="安慰剂短程对照组")
    other = dataclasses.replace(told, arm=names, product=names)
    letters = [
        render(catalogue.UNBLINDING_LETTER, dataclasses.replace(letter, told=one)).pdf
        for one in ((told,), (other,), ())
    ]
    assert {len(pdf) for pdf in letters} == {64 * 1024}
    for pdf in letters:
        table = int(pdf.rpartition(b"startxref\n")[2].split()[0])
        assert pdf[table : table + 4] == b"xref"
        assert pdf.endswith(b"%%EOF\n")
        assert "Dr Zhao" in text_of(pdf)
    with pytest.raises(ValueError, match="no PDF"):
        padded(b"%!PS", 1024)


@given(st.binary(max_size=300), st.integers(1, 5000))
def test_a_padded_paper_has_a_whole_number_of_steps(body: bytes, step: int) -> None:
    long = padded(body + b"startxref\n0\n%%EOF\n", step)
    assert len(long) % step == 0
    assert len(long) - len(body) - 18 < step
    assert long.startswith(body)
    assert long.endswith(b"startxref\n0\n%%EOF\n")


def test_preparation_record_shows_names_meanings_and_times_of_every_signature(
    make: Callable[[str], Made],
) -> None:
    text = text_of(render(*make("preparation-record")).pdf)
    for words in ("陈建国 Chen Jianguo", "复核 Verified", "配制 Prepared", "放行 Released"):
        assert words in text
    assert "2026-11-22 09:55 +08:00" in text
    assert "1.680×10^7 /mL" in text


def test_an_expiry_at_the_end_of_a_day_is_printed_as_that_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end_of_may = dataclasses.replace(papers.KIT, expiry=datetime(2027, 5, 31, 16, 0, tzinfo=UTC))
    monkeypatch.setattr(papers, "KIT", end_of_may)
    for paper in (
        render(catalogue.PICK_SHEET, papers.pick_sheet()),
        render(catalogue.PREPARATION_RECORD, papers.preparation_record()),
    ):
        assert "2027-05-31 23:59 +08:00" in text_of(paper.pdf)
        assert "2027-06-01" not in text_of(paper.pdf)


@pytest.mark.parametrize("steps", range(1, 19))
def test_a_record_of_a_dose_under_way_prints_dashes_for_what_is_to_come(steps: int) -> None:
    paper = render(catalogue.PREPARATION_RECORD, papers.preparation_record(steps))
    assert "—" in text_of(paper.pdf)


@pytest.mark.parametrize("lines", [0, 1, 23, 24, 25, 200])
def test_accountability_log_breaks_into_pages_with_its_head_on_each(lines: int) -> None:
    paper = render(catalogue.ACCOUNTABILITY_LOG, papers.accountability_log(lines))
    text = text_of(paper.pdf)
    assert text.count("Balance forward") >= max(1, pages(paper.pdf) - 1)
    assert "一致 Agrees" in text
    for number in range(1, lines + 1):
        assert f"K7Q4M2{number - 1:02d}" in text


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="王芳李建国abcdefgh ,.1234（）、，", min_size=1, max_size=400))
def test_long_names_wrap_and_are_printed_whole(name: str) -> None:
    paper = papers.recovery_sheet()
    changed = {f: getattr(paper, f) for f in paper.__dataclass_fields__} | {"made_by": name}
    text = text_of(render(catalogue.RECOVERY_SHEET, type(paper)(**changed)).pdf)
    assert "".join(name.split()) in "".join(text.split())


def test_a_name_beyond_all_bounds_is_refused_with_its_length() -> None:
    paper = papers.recovery_sheet()
    changed = {f: getattr(paper, f) for f in paper.__dataclass_fields__} | {"made_by": "王" * 3000}
    with pytest.raises(Refused) as caught:
        render(catalogue.RECOVERY_SHEET, type(paper)(**changed))
    (reason,) = caught.value.violations
    assert reason.rule == "print.text_too_long"
    assert reason.fact("characters") == 3000
    assert worded(reason, "zh").found
