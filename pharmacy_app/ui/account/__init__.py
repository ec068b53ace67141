"""The views of the account page."""
