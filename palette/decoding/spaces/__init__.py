"""Colour spaces: what files say about theirs, and the way from there to sRGB."""
