"""The machine: paths, clock, chance, single instance, printers."""
