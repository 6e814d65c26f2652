"""PNG drawings of a palette: the card, the check card and the text on them."""
