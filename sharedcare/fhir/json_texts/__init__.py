"""JSON texts: what is written in them, and where."""
