"""Named moments of the story at which somebody may look at the living site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """``name`` says where the story stands, ``subject`` what it is about: a dose, a shipment."""

    name: str
    subject: str = ""
