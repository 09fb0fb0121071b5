"""Lets ``python -m sharedcare`` do what the installed command does."""

from sharedcare.cli import main

main()
