"""A bot account that does not exist."""

APPLICATION_ID = 123456789012345678
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105
"""A token that looks real; its first part is the application's id in base64."""
