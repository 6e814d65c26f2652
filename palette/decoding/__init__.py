"""From the bytes of an image file to sRGB pixels, few enough to count quickly."""
