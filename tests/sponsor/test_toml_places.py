import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.sponsor.toml_places import Place, nearest, places

TEXT = '''\
# code = "not this"
code = "A"  # nor = this
title = { en = "a = [b", zh = 'c' }
dose.volume = 1
list = [ # [x]
  "a, ]", { k = 1, z = [1, 2] },
]
note = """
[nowhere]
k = 2
"""
[label]
"quoted key" = 1
[[stages]]
code = "s"
[[stages.visits]]
window = { day = 1 }
[[stages.visits]]
[stages.visits.window]
day = 3
[[stages]]
[[stages.visits]]
code = "z"
'''


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("code",), 2, 1),
        (("title", "zh"), 3, 26),
        (("dose", "volume"), 4, 1),
        (("list", 0), 6, 3),
        (("list", 1, "z", 1), 6, 28),
        (("label", "quoted key"), 13, 1),
        (("stages", 0, "visits", 0, "window", "day"), 17, 12),
        (("stages", 0, "visits", 1, "window", "day"), 20, 1),
        (("stages", 1), 21, 1),
        (("stages", 1, "visits", 0, "code"), 23, 1),
    ],
)
def test_every_key_is_found_where_it_stands(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert places(TEXT)[path] == Place(line, column)


def test_what_only_looks_like_a_key_is_none() -> None:
    assert ("nowhere",) not in places(TEXT)
    assert {path[0] for path in places(TEXT)} == set(tomllib.loads(TEXT))


def test_a_missing_key_is_placed_at_its_table() -> None:
    known = places(TEXT)
    assert nearest(known, ("stages", 0, "visits", 1, "code")) == Place(18, 1)
    assert nearest(known, ("nothing",)) == Place(1, 1)


def test_every_key_of_the_demo_protocol_is_placed() -> None:
    text = (Path(__file__).resolve().parents[2] / "resources" / "demo" / "trial.toml").read_text(
        encoding="utf-8"
    )
    known = places(text)

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        assert not path or path in known, path
        pairs = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        for key, item in pairs:
            walk(item, (*path, key))

    walk(tomllib.loads(text), ())


@given(
    value=st.recursive(
        st.integers()
        | st.booleans()
        | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True), inner, max_size=3
            )
        ),
    )
)
def test_every_path_of_any_inline_value_is_placed(value: object) -> None:
    def written(item: object) -> str:
        if isinstance(item, bool):
            return str(item).lower()
        if isinstance(item, str):
            return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if isinstance(item, list):
            return "[" + ", ".join(map(written, item)) + "]"
        if isinstance(item, dict):
            return "{" + ", ".join(f"{k} = {written(v)}" for k, v in item.items()) + "}"
        return str(item)

    text = f"before = 1\nvalue = {written(value)}\nafter = 2\n"
    assert tomllib.loads(text)["value"] == value
    known = places(text)
    assert known["before",].line == 1
    assert known["after",].line == 3
