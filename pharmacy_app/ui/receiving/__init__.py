"""The parts of the page Receive: the shipper, its kits, its logger, the receipt."""
