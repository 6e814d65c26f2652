"""Colour itself: sRGB, OKLab, CIEDE2000 and contrast, on plain numbers and arrays."""
