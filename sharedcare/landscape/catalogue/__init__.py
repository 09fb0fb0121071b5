"""The catalogue's entries, one module for each theme, and the words that they are written in."""
