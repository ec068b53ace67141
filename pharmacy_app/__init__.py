"""The site pharmacy of a blinded cell-therapy trial."""

__version__ = "0.1.0"
