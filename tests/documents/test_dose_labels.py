import random
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from pharmacy_app.documents.barcodes_drawn import DOT, data_matrix
from pharmacy_app.documents.labels import dose as labels
from pharmacy_app.documents.labels.symbol import dots_that_fit, drawn_symbol
from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_symbol import read_symbol
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Text
from pharmacy_app.wording import worded

GTIN = "09506000134352"
ALPHABET = "2345679ACDEFGHJKMNPQRTVWXYZ8"


def replaced(label: BlindedLabel, **facts: object) -> BlindedLabel:
    return msgspec.structs.replace(label, dose=msgspec.structs.replace(label.dose, **facts))


def with_texts(label: BlindedLabel, **texts: object) -> BlindedLabel:
    return msgspec.structs.replace(label, texts=msgspec.structs.replace(label.texts, **texts))


def random_label(label: BlindedLabel, chance: random.Random) -> BlindedLabel:
    def code(length: int) -> str:
        return "".join(chance.choices(ALPHABET, k=length))

    changed = replaced(
        with_texts(label, gtin=chance.choice(("", GTIN))),
        dose_id=f"D-{code(7)}",
        kit=f"{code(2)}-{code(chance.randint(4, 7))}",
        use_before=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 10**6)),
        training=chance.random() < 0.5,
        zone=chance.choice(("Asia/Shanghai", "UTC", "America/St_Johns")),
    )
    return msgspec.structs.replace(changed, copy=chance.randint(1, 12))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    words = page.get_textpage()
    text = str(words.get_text_bounded())
    words.close()
    page.close()
    document.close()
    return text


def closed_up(text: str) -> str:
    return "".join(text.split())


def refusals(label: BlindedLabel) -> dict[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        labels.render(label)
    for reason in caught.value.violations:
        assert worded(reason, "en").remedy
        assert worded(reason, "zh").remedy
    return {reason.rule: dict(reason.facts) for reason in caught.value.violations}


def test_every_label_decodes_with_two_readers_to_what_it_shows(
    label: BlindedLabel, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    reader = shutil.which("dmtxread")
    for number in range(60):
        one = random_label(label, chance)
        picture = label_picture(labels.render(one)).png()
        found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
        assert len(found) == 1
        said = read_symbol(found[0].text)
        assert (said.dose_id, said.kit, said.copy) == (one.dose.dose_id, one.dose.kit, one.copy)
        assert said.protocol == one.dose.protocol
        assert said.use_before == one.dose.use_before
        assert found[0].symbology_identifier == ("]d2" if one.texts.gtin else "]d1")
        if reader and number % 3 == 0:
            path = tmp_path / f"{number}.png"
            path.write_bytes(picture)
            second = subprocess.run(
                [reader, "-N1", "-G29", str(path)], capture_output=True, check=True, timeout=60
            )
            assert read_symbol(second.stdout.decode()) == said


def test_label_shows_every_field_and_nothing_that_tells_the_arm(label: BlindedLabel) -> None:
    text = text_of(labels.render(label))
    dose, texts = label.dose, label.texts
    for field in (dose.subject, dose.visit, dose.kit, dose.dose_id, dose.protocol):
        assert field in text
    for field in (dose.blinded_lot, dose.site, with_offset(dose.use_before, dose.zone)):
        assert field in text
    for words in (texts.product, texts.trial_use, texts.storage, dose.investigator):
        assert closed_up(words.en) in closed_up(text)
        assert closed_up(words.zh) in closed_up(text)
    assert "2026-11-22 12:51 +08:00" in text
    forbidden = r"(?i)DMSO|viab|thaw|donor|二甲基|活率|复苏|供者|sham|\barm\b"
    assert re.search(forbidden, text) is None


def test_training_label_says_so_in_both_languages_and_a_real_one_does_not(
    label: BlindedLabel,
) -> None:
    assert "TRAINING" in text_of(labels.render(label))
    real = text_of(labels.render(replaced(label, training=False)))
    assert "TRAINING" not in real
    assert "培训" not in real


def test_equal_labels_give_equal_bytes_and_equal_pictures(label: BlindedLabel) -> None:
    first, second = labels.render(label), labels.render(label)
    assert first == second
    assert label_picture(first).png() == label_picture(second).png()


def test_the_picture_has_the_dots_of_the_printer(label: BlindedLabel) -> None:
    picture = label_picture(labels.render(label))
    assert (picture.wide, picture.high) == (799, 400)


@pytest.mark.parametrize("gtin", ["", GTIN])
def test_modules_are_whole_dots_no_smaller_than_0_375_mm_and_the_quiet_zone_is_white(
    label: BlindedLabel, gtin: str
) -> None:
    label = with_texts(label, gtin=gtin)
    symbol = drawn_symbol(label)
    dots = dots_that_fit(symbol, 128 * DOT)
    assert dots is not None
    assert dots * DOT / 72 * 25.4 >= 0.375
    picture = Image.open(BytesIO(label_picture(labels.render(label)).png()))
    found = zxingcpp.read_barcodes(picture)[0].position
    left, top = found.top_left.x, found.top_left.y
    side = symbol.modules * dots
    assert abs(found.bottom_right.x - left - side) <= 2
    for strip in (
        (left - 2 * dots, top - 2 * dots, left + side + 2 * dots, top - 2),
        (left - 2 * dots, top, left - 2, top + side + dots),
        (left + side + 2, top, left + side + 2 * dots, top + side + dots),
    ):
        assert picture.crop(strip).getextrema() == (255, 255)


def test_a_character_without_glyph_stops_the_label_and_is_named(label: BlindedLabel) -> None:
    odd = replaced(label, investigator=Text(en="Dr 😀", zh="𠮷医生"))
    assert refusals(odd)["print.missing_glyph"]["glyphs"] == "U+1F600 U+20BB7"


def test_a_line_break_in_a_field_stops_the_label(label: BlindedLabel) -> None:
    assert "print.missing_glyph" in refusals(replaced(label, subject="CN01\n0012"))


def test_a_text_without_room_stops_the_label_rather_than_being_cut(label: BlindedLabel) -> None:
    long = with_texts(label, directions=Text(en="Infuse slowly. " * 60, zh="缓慢输注。" * 60))
    assert "label.no_room" in refusals(long)
    assert "label.no_room" in refusals(replaced(label, subject="CN01-" + "9" * 60))


def test_a_label_with_many_words_shrinks_but_never_below_the_floor(label: BlindedLabel) -> None:
    full = with_texts(label, us_caution=True, gtin=GTIN)
    assert closed_up("Caution: New Drug—Limited") in closed_up(text_of(labels.render(full)))


def test_a_symbol_of_equal_text_is_made_of_equal_modules() -> None:
    assert data_matrix("B1*X").rows == data_matrix.__wrapped__("B1*X").rows
