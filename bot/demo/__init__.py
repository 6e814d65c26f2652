"""The bot in a simulated Discord, with no account and no token."""
