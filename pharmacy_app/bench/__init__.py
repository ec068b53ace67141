"""Measures the program against the barest way of doing the same; every figure is a ratio.

A machine's speed says little: what counts is how much the program adds to what its libraries cost.
Ours and the baseline run in turn, pair by pair, so that whatever else the machine does meets both.
"""
