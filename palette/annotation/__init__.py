"""What is said of colours once they are chosen: their order, names and roles."""
