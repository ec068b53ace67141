"""The projections of every event, gathered: what the ledger is opened with."""

from pharmacy_app.records.projection import apply as apply  # noqa: PLC0414 - registered below
from pharmacy_app.records.projection import (
    counting,
    dose,
    excursion,
    lots,
    oversight,
    site,
    stock,
    storage,
    subject,
)

MODULES = (dose, excursion, lots, oversight, site, stock, storage, subject, counting)
