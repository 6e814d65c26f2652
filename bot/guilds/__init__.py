"""What servers and people have chosen, and where it is stored."""
