"""The closed set of everything that can happen, as frozen, versioned facts."""
