"""The rules of the trade: no Qt, no SQL, no files, no clock, no randomness."""
