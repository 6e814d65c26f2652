"""The command ``palette``: its arguments, its tasks, running them, and its output."""
