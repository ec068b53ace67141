"""What the unblinded pharmacy sees."""
