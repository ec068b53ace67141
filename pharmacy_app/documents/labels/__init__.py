"""Labels for bags."""
