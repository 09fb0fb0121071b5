"""Lets ``python -m sharedcare`` do what the installed command does."""

import sys

from sharedcare.cli import main

sys.exit(main())
