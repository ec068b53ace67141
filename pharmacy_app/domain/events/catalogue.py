"""Every kind of event there is, gathered for the decoder of the ledger."""

from pharmacy_app.domain.events import (
    counting,
    dose,
    excursion,
    label,
    lots,
    oversight,
    site,
    stock,
    storage,
    subject,
    unblinding,
)
from pharmacy_app.domain.events.envelope import Event

_MODULES = (
    site,
    stock,
    storage,
    excursion,
    lots,
    subject,
    dose,
    label,
    unblinding,
    oversight,
    counting,
)

EVENT_TYPES: tuple[type[Event], ...] = tuple(
    found
    for module in _MODULES
    for found in vars(module).values()
    if isinstance(found, type)
    and issubclass(found, Event)
    and found.__module__ == module.__name__
    and found.__struct_config__.tag != found.__name__
)
"""Every kind of event the ledger may hold."""
