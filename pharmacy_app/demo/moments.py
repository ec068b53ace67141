"""Named moments of the story at which somebody may look at the living site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """``name`` says where the story stands, ``subject`` what it is about: a dose, a shipment.

    ``scan`` is what somebody might scan now, to be seen refused; the story does not need it.
    """

    name: str
    subject: str = ""
    scan: str = ""
