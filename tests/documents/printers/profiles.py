"""Profiles of printers, for every test of them."""

from typing import Any

from pharmacy_app.documents.printers.profile import PrinterProfile, Way, checked


def thermal(address: str = "10.20.0.9", **facts: Any) -> PrinterProfile:
    """A label printer on the network with the bag's label in it."""
    told = {"name": "Bag labels", "way": Way.NETWORK, "paper": "100x50", **facts}
    return checked(PrinterProfile(address=address, **told))


def queue(address: str, **facts: Any) -> PrinterProfile:
    """A page printer of the system."""
    return checked(
        PrinterProfile(**{"name": "Office", "way": Way.SYSTEM, **facts, "address": address})
    )
