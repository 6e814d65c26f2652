"""Parts of files that no library reads for us: only as much as is needed."""
