"""Which image is meant. Reads Discord's objects, and asks Discord for messages if it must."""
