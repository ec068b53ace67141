"""The papers of the binder, one a file: input type and layout together."""
