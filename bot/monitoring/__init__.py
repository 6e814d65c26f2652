"""Showing how the bot is, to its host and to what watches over it."""
