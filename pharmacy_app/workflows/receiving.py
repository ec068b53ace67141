"""Receiving a shipment: the shipper opened, every kit looked at, the logger read, the receipt signed."""
