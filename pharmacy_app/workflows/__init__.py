"""The tasks of the pharmacy: read state, ask the rules, record events."""
