"""The registers, and who sees what, as people and programs read them."""
