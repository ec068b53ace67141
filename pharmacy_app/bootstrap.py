"""Starts the program: the window without arguments, the command line with them."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

if sys.platform != "win32":
    import resource


def main(argv: Sequence[str]) -> int:
    """Run the window or one command and return the exit code (`pharmacy_app.cli.exits`)."""
    close_to_others()
    if argv:
        run_command = import_module("pharmacy_app.cli.main").run
        return int(run_command(argv))
    gc.disable()  # what is imported stays; `Application.open` turns it on behind the first window
    from pharmacy_app.ui.desk import run as run_window  # noqa: PLC0415 - commands open no window

    return run_window()


def close_to_others() -> None:
    """Make every file this process creates private, and leave no memory image if it crashes.

    Windows has neither switch: there the folder's own access list and the user's profile protect.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
