"""What arrives together and does not mean the same, and who sees what."""
