"""Pictures of a palette: the card and the check card, and the lettering on them."""
