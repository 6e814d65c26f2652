"""Images redrawn: in the colours of a palette, or as a small copy."""
