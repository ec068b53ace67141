"""The parts of the subjects' page."""
