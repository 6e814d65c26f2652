"""A palette as files and text for other programs: a module a family, and tables of them all."""
