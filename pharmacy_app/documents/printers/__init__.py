"""Where papers go: a folder, a queue of the operating system, a label printer on the network.

Every way is a `port.Printer`. What is sent depends on the paper's bytes, its neutral title and the
printer's profile alone: no time, no name of a record, no counter.
"""
