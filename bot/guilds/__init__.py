"""What a server has chosen, and where that is kept."""
