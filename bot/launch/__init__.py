"""Inviting and starting the bot, keeping it connected, and stopping it."""
