"""Charts of stock to come, drawn once for the screen and for paper, readable without colour."""
