"""Papers for the binder."""
