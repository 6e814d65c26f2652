"""Where the bot says how it is: the settings of which a health check needs to know, and no others.

They are in a module of their own because such a check runs all the time and should cost little.
"""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Endpoint(BaseSettings):
    """Where metrics and health are served; without ``metrics_port``, they are not."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",  # .env may serve other programs too
        frozen=True,
    )

    metrics_port: int | None = Field(default=None, ge=1, le=65_535)
    metrics_host: str = "127.0.0.1"
