"""Answering images that people post without a command."""
