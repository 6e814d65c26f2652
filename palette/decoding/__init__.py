"""From the bytes of an image file to sRGB pixels, small enough to count."""
