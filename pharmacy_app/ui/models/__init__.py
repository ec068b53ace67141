"""Table models that page by key."""
