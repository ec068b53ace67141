"""The headless twin: everything that can be done to data without a window."""
