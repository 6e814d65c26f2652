"""Drawings, screenshots, sprites and maps: their colours, exactly, and none of their edges."""
