"""The parts of the command ``palette``: its arguments, its tasks and its output."""
