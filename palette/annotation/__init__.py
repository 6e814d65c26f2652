"""What a palette says about its colours: their order, names and roles."""
