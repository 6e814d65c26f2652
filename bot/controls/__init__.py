"""The buttons and menus under a reply.

A reply carries all that its controls need, so that they work for ever: see :mod:`.state`.
"""
