"""Downloads: the only code that opens a connection to a URL that a user chose."""
