"""Starting the bot, keeping it connected, and stopping it."""
