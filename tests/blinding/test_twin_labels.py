"""Every label and every way to a printer in worlds that differ only in the arm: not one bit of difference.

Beside bytes, what is seen of the work: names, titles, sizes, how many, what the log says. ``TWIN_PAIRS``
sets how many pairs of worlds are made.
"""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.labels.layout import Layout
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.documents.printers.raster_pdf import corrected
from pharmacy_app.domain.blinding import BlindedOverLabels
from pharmacy_app.domain.ids import KitNumber, LabelId
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.trial import Labelling
from pharmacy_app.records.reading import Reader
from pharmacy_app.workflows.blinded import blinded_label
from tests.blinding.test_twin_worlds import TRIAL, World, plan_of

PAIRS = int(os.environ.get("TWIN_PAIRS", "48"))
PARTS = 4
LOG = logging.getLogger("pharmacy_app.twins")
THREE = Labelling(outer="outer-100x70", small="small-60x30")
KINDS = (LabelKind.BAG, LabelKind.OUTER, LabelKind.SMALL)
PRINTERS = {
    kind: PrinterProfile(
        name="zebra",
        way=Way.NETWORK,
        address="127.0.0.1:9100",
        paper=paper,
        scale=Decimal("0.99"),
    )
    for kind, paper in (("", "100x50"), ("_outer", "100x70"), ("_small", "60x30"))
}
"""A label printer for each size, which must be corrected a little."""


@dataclass(frozen=True)
class Outlet:
    """What leaves by one way: the name it goes by, its bytes, and their number."""

    way: str
    name: str
    title: str
    content: bytes
    size: int


Seen = tuple[Sequence[Outlet], Sequence[str]]
Leak = Callable[[pytest.MonkeyPatch, World], None]


def labels_of(world: World) -> list[Paper]:
    """Return a label of every kind of the world's dose, and the over-labels of its lot."""

    trial = msgspec.structs.replace(TRIAL, labelling=THREE)
    dose = world.dose()
    made = [
        catalogue.render(
            catalogue.LABEL,
            blinded_label(dose, trial, LabelId(f"{dose.dose_id}/{copy}"), copy, kind),
        )
        for copy, kind in enumerate(KINDS, start=1)
    ]
    rows = Reader(world.database).rows("SELECT kit_number FROM kit ORDER BY kit_number")
    over = BlindedOverLabels(
        extension_id="X-234567",
        reference="QA",
        trial_code=trial.code,
        protocol=trial.protocol,
        sponsor=trial.sponsor,
        trial_use=trial.label.trial_use,
        blinded_lot=dose.blinded_lot,
        last_day=dose.use_before.date(),
        kits=kits_in_order([KitNumber(number) for (number,) in rows]),
        training=trial.training,
        labelling=trial.labelling,
    )
    return [*made, catalogue.render(catalogue.OVER_LABELS, over)]


def kits_in_order(kits: list[KitNumber]) -> tuple[KitNumber, ...]:
    """Return the kits as the over-labels list them, with two more, whatever they hold."""
    return tuple(sorted([*kits, KitNumber("K2222222"), KitNumber("KZZZZZZZ")]))


def outlets(paper: Paper) -> list[Outlet]:
    """Return a paper by every way to a printer."""
    ways = {"pdf": paper.pdf}
    if paper.document == catalogue.LABEL.key:
        kind = next((k for k in ("_outer", "_small") if k in paper.file_name), "")
        ways["corrected"] = corrected(paper.pdf, PRINTERS[kind])
        ways["raster"] = label_picture(paper.pdf).png()
        ways["zpl"] = zpl.job(paper.pdf, PRINTERS[kind])
    LOG.info("printed %s", paper.file_name)
    return [
        Outlet(way, paper.file_name, paper.job_title, content, len(content))
        for way, content in ways.items()
    ]


class Listening(logging.Handler):
    """Keeps every line that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


def seen(seed: int, arm: str, leak: Leak | None = None) -> Seen:
    """Return what a blinded person could get hold of in one world."""
    world, listening = World(plan_of(seed), arm), Listening()
    LOG.addHandler(listening)
    LOG.setLevel(logging.INFO)
    try:
        with pytest.MonkeyPatch.context() as patch:
            if leak is not None:
                leak(patch, world)
            gone = [outlet for paper in labels_of(world) for outlet in outlets(paper)]
    finally:
        LOG.removeHandler(listening)
        world.close()
    return gone, listening.lines


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_pairs_of_worlds_print_the_same_on_every_way(part: int) -> None:
    different = [seed for seed in range(part, PAIRS, PARTS) if seen(seed, "A") != seen(seed, "B")]
    assert different == []


def test_other_plans_do_print_otherwise_on_every_way() -> None:
    one, _ = seen(1, "A")
    other, _ = seen(2, "A")
    for mine, theirs in zip(one, other, strict=True):
        assert mine.content != theirs.content
    ways = {(outlet.way, outlet.name.split("_")[0]) for outlet in one}
    labels = {(way, "label") for way in ("pdf", "corrected", "raster", "zpl")}
    assert ways == labels | {("pdf", "over-labels")}


def _drawing(patch: pytest.MonkeyPatch, name: str, also: Callable[[Pen], None]) -> None:
    draw = getattr(Pen, name)

    def leaking(self: Pen, *given: Any, **how: Any) -> Any:
        also(self)
        return draw(self, *given, **how)

    patch.setattr(Pen, name, leaking)


def white_text(patch: pytest.MonkeyPatch, world: World) -> None:
    """White words on white."""

    def write(pen: Pen) -> None:
        pen._canvas.setFillColorRGB(1, 1, 1)
        pen._canvas.drawString(3, 3, world.arm)

    _drawing(patch, "finish", write)


def keywords(patch: pytest.MonkeyPatch, world: World) -> None:
    """The arm among a PDF's keywords."""
    _drawing(patch, "finish", lambda pen: pen._canvas.setKeywords(world.arm))


def shift(patch: pytest.MonkeyPatch, world: World) -> None:
    """A thousandth of a point."""
    text, by = Pen.text, 0.001 if world.arm == "A" else 0.0
    patch.setattr(Pen, "text", lambda self, x, *more, **how: text(self, x + by, *more, **how))


def draw_order(patch: pytest.MonkeyPatch, world: World) -> None:
    """The same parts drawn the other way round."""
    if world.arm == "A":
        kept: list[tuple[Layout, Any]] = []
        draw, finish = Layout.draw, Pen.finish

        def finishing(self: Pen) -> bytes:
            for layout, part in reversed(kept):
                draw(layout, part)
            return finish(self)

        patch.setattr(Layout, "draw", lambda self, part: kept.append((self, part)))
        patch.setattr(Pen, "finish", finishing)


def trailing_space(patch: pytest.MonkeyPatch, world: World) -> None:
    """A space behind a line, which leaves no ink."""
    text, more = Pen.text, " " if world.arm == "A" else ""
    patch.setattr(
        Pen, "text", lambda self, x, y, said, *r, **how: text(self, x, y, said + more, *r, **how)
    )


def list_order(patch: pytest.MonkeyPatch, world: World) -> None:
    """The kits of one arm listed backwards."""
    if world.arm == "A":
        ordered = kits_in_order
        patch.setitem(globals(), "kits_in_order", lambda kits: ordered(kits)[::-1])


def _papers(patch: pytest.MonkeyPatch, change: Callable[[Paper], Paper]) -> None:
    render = catalogue.render
    patch.setattr(catalogue, "render", lambda document, made: change(render(document, made)))


def file_name(patch: pytest.MonkeyPatch, world: World) -> None:
    """A character of a file's name."""
    _papers(patch, lambda p: replace(p, file_name=p.file_name.replace("_", "_" * len(world.arm))))
    if world.arm == "A":
        _papers(patch, lambda p: replace(p, file_name=f"{p.file_name} "))


def job_name(patch: pytest.MonkeyPatch, world: World) -> None:
    """A print queue's title."""
    _papers(patch, lambda p: replace(p, job_title=f"{p.job_title} {world.arm}"))


def log_line(patch: pytest.MonkeyPatch, world: World) -> None:
    """A line of the log that says what it printed."""

    def told(paper: Paper) -> Paper:
        LOG.info("rendered for %s", world.arm)
        return paper

    _papers(patch, told)


def size(patch: pytest.MonkeyPatch, world: World) -> None:
    """A file a byte longer."""
    more = b"\n" if world.arm == "A" else b""
    _papers(patch, lambda p: replace(p, pdf=p.pdf + more))


def count(patch: pytest.MonkeyPatch, world: World) -> None:
    """A label more."""
    if world.arm == "A":
        ordered = kits_in_order
        patch.setitem(globals(), "kits_in_order", lambda kits: (*ordered(kits), KitNumber("K3")))


LEAKS: tuple[Leak, ...] = (
    *(white_text, keywords, shift, draw_order, trailing_space, list_order),
    *(file_name, job_name, log_line, size, count),
)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_each_seeded_leak_is_caught(leak: Leak) -> None:
    assert seen(7, "A", leak) != seen(7, "B", leak)
    assert seen(7, "A") == seen(7, "B")
