"""What this machine knows of one printer: how it is reached, and how it must be corrected."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from pharmacy_app.domain.refusal import Violation, refuse, violation

RESOLUTIONS = (203, 300, 600)
LABEL_PORT = 9100
LONGEST_NAME = 40
SIDES_MM = (Decimal(25), Decimal(450))
OFFSET_MM = Decimal(20)
SCALES = (Decimal("0.95"), Decimal("1.05"))
DARKEST = 30
_PAPER = re.compile(r"(\d{1,3}(?:\.\d)?)x(\d{1,3}(?:\.\d)?)", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")
_QUEUE = re.compile(r"[^\s/#?'\"\\-][^\s/#?'\"\\]{0,126}")


class Way(StrEnum):
    """How a printer is reached."""

    SYSTEM = "system"
    """A queue of the operating system that prints pages."""
    NETWORK = "network"
    """A label printer that takes ZPL over TCP."""
    RAW = "raw"
    """A label printer behind a queue of the operating system that passes ZPL on unchanged."""
    FOLDER = "folder"
    """A folder that gets the PDF."""


LABEL_WAYS = frozenset({Way.NETWORK, Way.RAW})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterProfile:
    """One printer. `checked` says what its values may be.

    ``address`` is ``host`` or ``host:port`` of a network printer, the name of a queue, or a
    folder. ``paper`` is the size of what lies in it, ``100x50`` in millimetres, width first; empty
    for a page printer that takes any. Offsets are millimetres right and down. ``darkness`` is that
    of ``~SD``, None to leave the printer's own. ``asks`` is False for a printer that tells nothing
    of its state.
    """

    name: str
    way: Way
    address: str
    dpi: int = 203
    paper: str = ""
    offset_x_mm: Decimal = Decimal(0)
    offset_y_mm: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    darkness: int | None = None
    asks: bool = True

    @property
    def size_mm(self) -> tuple[Decimal, Decimal] | None:
        """The paper's width and height, None where any is taken."""
        found = _PAPER.fullmatch(self.paper)
        return (Decimal(found[1]), Decimal(found[2])) if found else None

    @property
    def host(self) -> tuple[str, int]:
        """Host and port of a network printer."""
        host, colon, port = self.address.rpartition(":")
        if not colon or self.address.endswith("]"):
            return self.address.strip("[]"), LABEL_PORT
        return host.strip("[]"), int(port)

    @property
    def corrected(self) -> bool:
        """Whether a page must be moved or scaled before it fits this printer."""
        return bool(self.offset_x_mm or self.offset_y_mm or self.scale != 1)


def checked(profile: PrinterProfile) -> PrinterProfile:
    """Return the profile if a printer can be driven by it. Raises Refused ``printer.…`` with all."""
    refuse(
        _name(profile),
        _address(profile),
        _paper(profile),
        *_corrections(profile),
        None
        if profile.dpi in RESOLUTIONS
        else violation("printer.dpi", profile.name, found=profile.dpi),
    )
    return profile


def _name(profile: PrinterProfile) -> Violation | None:
    name = profile.name
    good = 0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()
    return None if good else violation("printer.name", found=name, longest=LONGEST_NAME)


def _address(profile: PrinterProfile) -> Violation | None:
    told, way = profile.address, profile.way
    if way is Way.NETWORK:
        host, colon, port = told.rpartition(":")
        if not colon or told.endswith("]"):
            host, port = told, str(LABEL_PORT)
        real = port.isascii() and port.isdigit() and 0 < int(port[:6]) < 1 << 16
        good = real and _HOST.fullmatch(host) is not None
    elif way is Way.FOLDER:
        good = Path(told).is_absolute() and told.isprintable()
    else:
        good = _QUEUE.fullmatch(told) is not None and told.isprintable()
    words = f"printer_address.{way}"
    return None if good else violation("printer.address", profile.name, found=told, wanted=words)


def _paper(profile: PrinterProfile) -> Violation | None:
    size = profile.size_mm
    if size is None:
        good = not profile.paper and profile.way not in LABEL_WAYS
    else:
        good = all(SIDES_MM[0] <= side <= SIDES_MM[1] for side in size)
    least, most = SIDES_MM
    found = profile.paper or "–"
    return (
        None
        if good
        else violation("printer.paper", profile.name, found=found, least=least, most=most)
    )


def _corrections(profile: PrinterProfile) -> list[Violation | None]:
    offsets = (profile.offset_x_mm, profile.offset_y_mm)
    near = all(offset.is_finite() and abs(offset) <= OFFSET_MM for offset in offsets)
    least, most = SCALES
    fits = profile.scale.is_finite() and least <= profile.scale <= most
    dark = profile.darkness
    return [
        None
        if near
        else violation(
            "printer.offset", profile.name, x=str(offsets[0]), y=str(offsets[1]), most=OFFSET_MM
        ),
        None
        if fits
        else violation(
            "printer.scale", profile.name, found=str(profile.scale), least=least, most=most
        ),
        None
        if dark is None or 0 <= dark <= DARKEST
        else violation("printer.darkness", profile.name, found=dark, most=DARKEST),
    ]
