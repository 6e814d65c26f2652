"""The revisions, one a file, numbered in the order in which they run.

Each only adds to the schema: during an upgrade, processes of the version before still use it.
"""
