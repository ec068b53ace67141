"""Temperature logger files, read into readings."""
