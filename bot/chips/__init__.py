"""Chips: small squares of colour, as emoji of the application, in the options of menus."""
