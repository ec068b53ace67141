"""Kits on the shelf: putting away, the box, a kit's story, decisions on quarantine."""
