"""What blinded eyes may see; cannot reach allocation."""
