"""Every target of the project, beside what this machine measures for it."""
