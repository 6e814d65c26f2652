"""The Discord bot on top of :mod:`palette`."""
