"""Makes the pictures of every label template for the documentation: ``python packaging/label_pictures.py``.

They are made from the training trial, as a 203 dpi printer would print them; a test says when they are old.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "labels"
sys.path.insert(0, str(ROOT))

from msgspec.structs import replace  # noqa: E402 - the program lies beside this folder

from pharmacy_app.documents.labels import dose, kits, sample  # noqa: E402 - the same
from pharmacy_app.documents.labels.template import names, shipped  # noqa: E402 - the same
from pharmacy_app.documents.pictures import Picture, label_picture  # noqa: E402 - the same
from pharmacy_app.domain.label_rules import LabelKind  # noqa: E402 - the same
from pharmacy_app.domain.trial import Trial  # noqa: E402 - the same
from pharmacy_app.sponsor.sources import read_trial  # noqa: E402 - the same


def pictures() -> Iterator[tuple[str, Picture]]:
    """Yield the name and the picture of every template, as in a trial and as in training."""
    trial = read_trial(ROOT / "resources" / "demo")
    for name in names():
        for training in (False, True):
            suffix = "-training" if training else ""
            yield f"{name}{suffix}.png", label_picture(drawn(trial, name, training=training))


def drawn(trial: Trial, name: str, *, training: bool) -> bytes:
    """Return the PDF of a template's sample."""
    kind = shipped(name).kind
    trial = replace(trial, labelling=replace(trial.labelling, **{kind.value: name}))
    if kind is LabelKind.OVER:
        return kits.render_over_labels(sample.sample_over_labels(trial, training=training))
    if kind is LabelKind.KIT:
        return kits.render_kit_label(sample.sample_kit_label(trial, training=training))
    return dose.render(sample.sample_label(trial, trial.sites[0], kind, training=training))


def main() -> None:
    """Write every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name, picture in pictures():
        (FOLDER / name).write_bytes(picture.png())
        print(name)


if __name__ == "__main__":
    main()
