"""Keys: slots, personal signing keys, sealed boxes, recovery."""
