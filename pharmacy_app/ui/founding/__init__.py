"""Founding a site from the window: the package, the first people, the recovery sheet."""
