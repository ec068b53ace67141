"""Labels as data: what stands where. A template is a TOML file of ``resources/labels`` or of a trial.

Lengths are dots of a 203 dpi label printer (8 a millimetre), from the top left corner; sizes of type are
points, from the largest that is tried to the smallest that is allowed.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.trial import Labelling, Text

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "labels"
FLOOR = 5.5
"""No smaller type, in points: what a ward reads at arm's length from a bag."""

Dots = Annotated[float, Meta(ge=0)]
Area = tuple[Dots, Dots, Dots, Dots]
"""Left, top, width, height."""
Size = Annotated[float, Meta(ge=FLOOR, le=40)]
Sizes = tuple[Size, Size]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="draw"):
    at: Area


class Box(_Part, frozen=True, kw_only=True, tag="box"):
    """A frame; ``weight`` is its line's in points."""

    weight: float = 0.4


class Band(_Part, frozen=True, kw_only=True, tag="band"):
    """White words on black; in training striped, and it says so instead."""

    field: str
    sizes: Sizes


class Words(_Part, frozen=True, kw_only=True, tag="words"):
    """A field, or a text of the template's own, in the largest size that has room."""

    field: str = ""
    text: str = ""
    sizes: Sizes
    bold: bool = False
    align: Literal["left", "centre", "right"] = "left"
    leading: float = 1.1


class Cell(_Part, frozen=True, kw_only=True, tag="cell"):
    """A framed value under its caption."""

    caption: str
    field: str
    sizes: Sizes


class Matrix(_Part, frozen=True, kw_only=True, tag="symbol"):
    """The symbol, centred in a square as wide as the area, its copy's number beneath."""


class Prose(_Part, frozen=True, kw_only=True, tag="prose"):
    """Sentences, Chinese beside English, in the largest size that holds them all.

    ``paragraphs`` name fields in two languages; where there is no room for a row each, those of one
    paragraph run on. ``shared`` are lines that are the same in both languages.
    """

    paragraphs: tuple[tuple[str, ...], ...]
    shared: tuple[str, ...] = ()
    sizes: Sizes


Part = Box | Band | Words | Cell | Matrix | Prose


class Template(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One label: its size and its parts, drawn in their order."""

    kind: LabelKind
    title: Text
    size: tuple[Annotated[int, Meta(ge=160, le=1200)], Annotated[int, Meta(ge=160, le=1200)]]
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]

    def fields(self) -> frozenset[str]:
        """Return the names of every field that a part shows."""
        named: set[str] = set()
        for part in self.parts:
            if isinstance(part, Prose):
                named.update(*part.paragraphs, part.shared)
            elif isinstance(part, Band | Words | Cell):
                named.add(part.field.partition(".")[0])
        return frozenset(named - {""})


@lru_cache(maxsize=32)
def read_template(name: str, text: str) -> Template:
    """Return a template from its TOML.

    Raises Refused ``label.bad_template`` for what is no template, ``label.part_outside`` for a part that
    leaves the label.
    """
    try:
        template = msgspec.convert(tomllib.loads(text), Template)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refused([violation("label.bad_template", name, detail=str(error))]) from error
    wide, high = template.size
    outside = [
        violation("label.part_outside", name, part=number, size=f"{wide} × {high}")
        for number, part in enumerate(template.parts, start=1)
        if part.at[0] + part.at[2] > wide or part.at[1] + part.at[3] > high
    ]
    if outside:
        raise Refused(outside)
    return template


def named(labelling: Labelling, name: str) -> Template:
    """Return a template by its name: the trial's own, or the program's.

    Raises Refused ``label.bad_template``, LookupError for a name that neither has.
    """
    own = labelling.own.get(name)
    return shipped(name) if own is None else read_template(name, own)


@cache
def shipped(name: str) -> Template:
    """Return a template of the program's own. Raises LookupError for a name that none has."""
    path = FOLDER / f"{name}.toml"
    if name not in names():
        raise LookupError(name)
    return read_template(name, path.read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """Return the names of the program's own templates, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
