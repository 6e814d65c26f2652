"""The commands: thin, they wire the pieces of the bot together."""
