"""Readiness: the days ahead, the forecast, and what the ward is told; a view of Today."""
