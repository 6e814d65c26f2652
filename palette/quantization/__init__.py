"""From pixels to the colours of a palette: how colours are counted and chosen."""
