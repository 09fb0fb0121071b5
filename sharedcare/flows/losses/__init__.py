"""What falls when something is lost, lapses or is changed."""
