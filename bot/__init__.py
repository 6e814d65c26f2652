"""The Discord bot around :mod:`palette`."""
