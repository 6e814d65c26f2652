"""Worker processes and their jobs. Keep this empty: workers import it and must not load discord."""
