from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.documents.fonts import missing_glyphs, width
from pharmacy_app.documents.typesetting import Style, fitted, wrap

texts = st.text(alphabet="王芳药房abcXYZ 0123，。（）.-", max_size=120)


@given(texts, st.floats(30, 300))
def test_wrapping_loses_no_character_and_exceeds_no_line(text: str, room: float) -> None:
    style = Style(7)
    lines = wrap(text, style, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, style.font, 7) <= room + 0.05 for line in lines)


def test_chinese_line_never_begins_with_closing_punctuation() -> None:
    text = "请勿辐照。请勿使用白细胞过滤器，轻柔混匀；核对受试者（姓名）与产品。" * 3
    for room in range(60, 200, 7):
        assert not any(line[0] in "，。；）" for line in wrap(text, Style(6), room))


def test_a_smaller_size_is_taken_before_a_word_is_torn() -> None:
    styles = (Style(12), Style(6))
    found = fitted("Haemocytometer", styles, 60, 40)
    assert found is not None
    assert (found.style.size, found.lines) == (6, ("Haemocytometer",))


def test_nothing_is_returned_where_nothing_fits() -> None:
    assert fitted("药" * 100, (Style(8),), 40, 20) is None


def test_glyphs_the_fonts_lack_are_named_once_and_in_order() -> None:
    assert missing_glyphs("药房 A😀𠮷😀") == ("😀", "𠮷")
    assert missing_glyphs("受试者 Subject 1.5×10^8 ℃ ≤ — ·") == ()
    assert missing_glyphs("a\nb") == ("\n",)
