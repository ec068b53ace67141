"""A trial whose arms go by words that can be searched for, and the search, on disk and in papers."""

from datetime import datetime
from pathlib import Path

import msgspec
import pypdfium2

from pharmacy_app.domain.ids import ArmCode, SubjectId
from pharmacy_app.domain.trial import Text, Trial
from pharmacy_app.system.disk import BALLAST_NAME
from pharmacy_app.workflows import enrolment
from tests import pharmacies, small_trials
from tests.pharmacies import CREDENTIALS, START, WANG, MadeSite
from tests.small_trials import STAGE

ALPHA, OMEGA = ArmCode("ALPHA-ARM"), ArmCode("OMEGA-ARM")
NAMES = {ALPHA: Text(en="Verum arm", zh="试验组"), OMEGA: Text(en="Sham arm", zh="对照组")}
WORDS = (
    ALPHA,
    OMEGA,
    "Verum arm",
    "试验组",
    "Sham arm",
    "对照组",
    "Cells",
    "细胞",
    "Albumin",
    "白蛋白",
)
"""Everything that names an arm here, or what it gives: codes, names, products."""
SUBJECT, OTHER = SubjectId("01-002"), SubjectId("01-001")
"""Allocated to OMEGA and to ALPHA."""
IN_THE_LETTER = {SUBJECT, "Sham arm", "对照组", "Albumin", "白蛋白"}
"""What the letter about SUBJECT has to name; nothing else."""


def trial_with_named_arms() -> Trial:
    """Return `small_trial`, its arms called by their words."""
    trial = small_trials.small_trial()
    (stage,) = trial.stages
    arms = tuple(
        msgspec.structs.replace(arm, code=code, name=name)
        for arm, (code, name) in zip(stage.arms, NAMES.items(), strict=True)
    )
    return msgspec.structs.replace(trial, stages=(msgspec.structs.replace(stage, arms=arms),))


def site_with_a_subject_in_either_arm(folder: Path, start: datetime = START) -> MadeSite:
    """Found a site and open an allocation of each arm; nobody is signed in afterwards."""
    made = pharmacies.make_site(folder, trial=trial_with_named_arms(), start=start)
    with made.signed_in() as opened:
        for subject, arm in ((OTHER, ALPHA), (SUBJECT, OMEGA)):
            enrolment.enrol(opened.pharmacy, subject, "Dr Zhao", "REQ")
            enrolment.open_allocation(
                opened.pharmacy, subject, STAGE, made.code_for(arm), CREDENTIALS[WANG]
            )
    return made


TOLD_BY_NO_CHANCE = 6
"""Bytes: chance brings six given ones into the ballast once in ten million files."""


def on_disk(*folders: Path) -> set[tuple[str, str]]:
    """Return every word that names an arm in the name or the bytes of any file, and the file."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {(word, str(path)) for path in files for word in WORDS if _holds(path, word)}


def _holds(path: Path, word: str) -> bool:
    content = path.read_bytes()
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    if path.name == BALLAST_NAME:  # 16 MB of chance hold any four bytes once in 250 files
        forms = [form for form in forms if len(form) >= TOLD_BY_NO_CHANCE]
    return word in path.name or any(form in content for form in forms)


def named_in(paper: bytes) -> set[str]:
    """Return the subjects, and the words that name an arm, in a paper's text."""
    with pypdfium2.PdfDocument(paper) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return {word for word in (SUBJECT, OTHER, *WORDS) if word in text}
