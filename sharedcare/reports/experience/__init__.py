"""What people notice and how feedback is answered, as people and programs read it."""
