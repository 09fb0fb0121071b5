"""Work by hand, as people and programs read it."""
