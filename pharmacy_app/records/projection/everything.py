"""Registers the projections of every event; importing it is enough."""

from pharmacy_app.records.projection import dose, oversight, site, stock, subject

MODULES = (dose, oversight, site, stock, subject)
