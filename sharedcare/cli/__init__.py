"""The command line: the one place that prints and exits.

Commands live in :mod:`sharedcare.cli.commands`, one module each, and are imported when they are
called, so that ``--help`` is instant.
"""

from sharedcare.cli.main import main

__all__ = ["main"]
