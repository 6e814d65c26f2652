"""Colour science on plain numbers and arrays: sRGB, OKLab, CIEDE2000 and contrast."""
