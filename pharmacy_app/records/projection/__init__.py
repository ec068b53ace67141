"""Events turned into state tables; the same code serves live writes and replay."""
