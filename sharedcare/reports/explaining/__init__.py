"""Why one need is met or not, as people and programs read it."""
