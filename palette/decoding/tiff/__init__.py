"""TIFF files: the kinds that Pillow reads, and more."""
