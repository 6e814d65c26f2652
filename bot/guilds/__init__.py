"""What servers have chosen, and where it is stored."""
