"""The encrypted database: ledger of events, state derived from it, queries."""
