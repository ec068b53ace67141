"""Labels as a scanner meets them: grey, tilted, blurred and specked, read by two independent readers.

``LABELS`` sets how many; each is read at 203 and at 300 dpi, by zxing-cpp and by libdmtx. A label that is
read is read right: a wrong reading is worse than none.
"""

import os
import random
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from pharmacy_app.documents.labels import dose as labels
from pharmacy_app.documents.pictures import page_picture
from pharmacy_app.domain.barcodes import parse_scan
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.label_symbol import LabelSymbol, read_symbol
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Labelling
from tests.documents.test_dose_labels import random_label

LABELS = int(os.environ.get("LABELS", "24"))
UNREAD = 0.001
"""Of all readings so many may fail; none may be wrong."""
SIZES = {LabelKind.BAG: (100, 50), LabelKind.OUTER: (100, 70), LabelKind.SMALL: (60, 30)}
THREE = Labelling(outer="outer-100x70", small="small-60x30")


def label_of(label: BlindedLabel, chance: random.Random) -> BlindedLabel:
    """Return a label with other lawful content, of any kind."""
    kind = chance.choice(list(SIZES))
    return msgspec.structs.replace(random_label(label, chance), kind=kind, labelling=THREE)


def as_seen(pdf: bytes, dpi: int, chance: random.Random) -> Image.Image:
    """Return the corner of the label at which a scanner is aimed, as its camera sees it: tilted, out of focus, dusty, unevenly lit."""
    printed = page_picture(pdf, dpi=dpi, grey=True, smooth=False).png()
    # A scanner has some pixels for each dot of the printer.
    whole = Image.open(BytesIO(printed)).convert("L")
    part = whole.crop((whole.width * 7 // 10, 0, whole.width, whole.height * 6 // 10))
    seen = part.resize((part.width * 2, part.height * 2), Image.Resampling.BILINEAR)
    seen = seen.rotate(chance.uniform(-6, 6), Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.2)))
    dust = Image.effect_noise(seen.size, chance.uniform(10, 40))
    light = chance.uniform(0.1, 0.25)
    return Image.blend(seen, dust, light)


def by_zxing(picture: Image.Image) -> str:
    """Return what zxing-cpp reads; empty for nothing."""
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix)
    )
    return found[0].text if found else ""


def by_libdmtx(picture: Image.Image, path: Path) -> str:
    """Return what libdmtx reads; empty for nothing. It is asked at several sizes.

    It looks for edges along a grid, and finds those of large modules better in a smaller picture.
    """
    picture.save(path)
    for shrink in ("-S2", "-S1", "-S3"):
        done = subprocess.run(
            ["dmtxread", "-N1", "-G29", "-m5000", shrink, str(path)],
            capture_output=True,
            check=False,
            timeout=60,
        )
        if done.stdout:
            return done.stdout.decode("utf-8", "replace")
    return ""


def said(text: str) -> LabelSymbol | None:
    """Return what a reading says, None if it is no label of ours."""
    try:
        return read_symbol(parse_scan(text).text)
    except Refused:
        return None


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("dmtxread") is None, reason="needs dmtxread (dmtx-utils)")
def test_labels_are_read_by_two_readers_at_two_resolutions_and_never_misread(
    label: BlindedLabel, tmp_path: Path
) -> None:
    chance = random.Random(20261127)
    read, unread, misread = 0, [], []
    for number in range(LABELS):
        one = label_of(label, chance)
        pdf = labels.render(one)
        for dpi in (203, 300):
            picture = as_seen(pdf, dpi, chance)
            for reader, text in (
                ("zxing", by_zxing(picture)),
                ("dmtx", by_libdmtx(picture, tmp_path / "label.png")),
            ):
                told = said(text)
                if told is None:
                    unread.append((number, dpi, reader, one.kind))
                elif (told.dose_id, told.copy, told.kit) != (
                    *(one.dose.dose_id, one.copy, one.dose.kit),
                ):
                    misread.append((number, dpi, reader, text))
                else:
                    read += 1
    assert misread == []
    assert len(unread) <= UNREAD * (read + len(unread)), unread[:20]
