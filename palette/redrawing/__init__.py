"""An image drawn again: in its palette's colours, or as a small copy."""
