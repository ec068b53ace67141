"""The projections of every event, gathered: what the ledger is opened with."""

from pharmacy_app.records.projection import apply as apply  # noqa: PLC0414 - registered below
from pharmacy_app.records.projection import (
    counting,
    disposal,
    dose,
    excursion,
    labels,
    loggers,
    lots,
    oversight,
    readiness,
    site,
    stock,
    storage,
    subject,
)

MODULES = (
    counting,
    disposal,
    dose,
    excursion,
    labels,
    loggers,
    lots,
    oversight,
    readiness,
    site,
    stock,
    storage,
    subject,
)
