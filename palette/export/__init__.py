"""A palette as files and text for other programs: a module a format, and tables of them all."""
