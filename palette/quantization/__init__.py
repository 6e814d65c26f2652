"""From pixels to the colours of the palette: how they are counted and chosen."""
