"""Every kind of event there is, gathered for the decoder of the ledger."""

from pharmacy_app.domain.events import (
    accountability,
    counting,
    disposal,
    dose,
    excursion,
    label,
    loggers,
    lots,
    oversight,
    readiness,
    site,
    stock,
    storage,
    subject,
    unblinding,
)
from pharmacy_app.domain.events.envelope import Event

_MODULES = (
    dose,
    excursion,
    label,
    loggers,
    lots,
    oversight,
    readiness,
    site,
    stock,
    storage,
    subject,
    unblinding,
    disposal,
    accountability,
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
