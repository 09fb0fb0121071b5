"""What tells of most valid resources that they are, in about the time of reading them."""
