"""Files without their end: what is left of them, as files that are whole.

Each function returns the same bytes if nothing is missing. If too little is left, it raises
:class:`palette.errors.TruncatedImageError`.
"""
