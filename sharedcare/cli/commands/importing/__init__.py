"""What ``sharedcare import`` can import, a module each."""
