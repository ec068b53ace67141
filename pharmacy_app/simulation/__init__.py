"""A whole trial, played through the real workflows at several sites, and what must hold of it.

Nothing in here is a rule of the pharmacy: the rules are tried, not told again. What must hold is said
a second time, apart from the workflows, in `invariants`.
"""
