"""One request: who asks, what is allowed, what is under way."""
