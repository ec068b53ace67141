"""Starts the site pharmacy: the window, or the command line when a command is given."""

import sys

from pharmacy_app.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
