"""What the command ``palette`` is made of: its arguments, its work, what it prints."""
