"""The bench, one step on the screen."""
