"""What a reply looks like and what it remembers: values in, one Discord message out, no I/O."""
