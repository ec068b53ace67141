"""Everything that enters or leaves as data."""
