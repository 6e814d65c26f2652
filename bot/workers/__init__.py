"""Worker processes, and the jobs they do. The fork server imports it: no Discord may enter here."""
