"""Settings from the environment, read once at startup; one sentence explains what is wrong."""

import base64
import os
import re
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ByteSize,
    Field,
    FilePath,
    HttpUrl,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import NoDecode

from palette import MAX_COLORS

from .endpoint import Endpoint
from .shards import parse_shards

PORTAL = "https://discord.com/developers/applications"
_TOKEN_HELP = f"copy it from {PORTAL} → your application → Bot → Reset Token into .env"


class SettingsError(Exception):
    """A setting is missing, malformed or refused by Discord; the message says what to do."""


class Listen(StrEnum):
    """Which posted images are answered without a command."""

    EVERYWHERE = "everywhere"
    MENTIONS = "mentions"
    OFF = "off"


class Rate(NamedTuple):
    """At most ``requests`` in ``seconds``, written ``requests/seconds`` in the environment."""

    requests: int
    seconds: int


def _parse_rate(value: object) -> object:
    if not isinstance(value, str):
        return value
    if numbers := re.fullmatch(r"\s*([1-9]\d*)\s*/\s*([1-9]\d*)\s*", value):
        return Rate(*map(int, numbers.groups()))
    raise ValueError("should be requests/seconds such as 10/60")


class Settings(Endpoint):
    """How the bot behaves. Each field is the environment variable of the same name, in capitals.

    ``max_bytes`` and ``memory_limit`` are in bytes, ``time_limit`` in seconds. ``memory_limit`` is
    the address space of one worker. Without ``workers``, there is one per processor. Two more are
    in :class:`~bot.endpoint.Endpoint`.
    """

    listen: Listen = Listen.EVERYWHERE
    colors: int = Field(default=10, ge=1, le=MAX_COLORS)
    max_bytes: ByteSize = Field(default=ByteSize(20 * 2**20), ge=1)
    workers: int | None = Field(default=None, ge=1)
    time_limit: float = Field(default=20, gt=0, allow_inf_nan=False)
    memory_limit: ByteSize = Field(default=ByteSize(2 * 2**30), ge=512 * 2**20)
    user_limit: Annotated[Rate, NoDecode, BeforeValidator(_parse_rate)] = Rate(10, 60)
    server_limit: Annotated[Rate, NoDecode, BeforeValidator(_parse_rate)] = Rate(60, 60)
    source_url: HttpUrl | None = None
    privacy_url: HttpUrl | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Read ``.env`` and the environment, which wins; ``overrides`` win over both.

        What neither has may be in files of ``CREDENTIALS_DIRECTORY``, as systemd names it. Raises
        :class:`SettingsError`.
        """
        folder = os.environ.get("CREDENTIALS_DIRECTORY") or None
        try:
            if folder:
                os.scandir(folder).close()  # of a missing folder, pydantic would only warn
            return cls.model_validate({"_secrets_dir": folder, **overrides})
        except OSError as error:
            raise SettingsError(f"The settings cannot be read: {error}.") from None
        except ValidationError as error:
            problems = (
                f"{_subject(problem['loc'])} {_predicate(problem['type'], problem['msg'])}"
                for problem in error.errors(include_url=False, include_input=False)
            )
            raise SettingsError("; ".join(problems) + ".") from None

    @property
    def is_spread(self) -> bool:
        """Whether other processes have some of the bot's shards."""
        return False


def application_id(token: str) -> int:
    """Return the application's id, which is the first part of a bot token.

    Raises ``ValueError`` if the token does not have that form.
    """
    try:
        first, _, _ = token.strip().split(".")
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        raise ValueError(f"does not look like a bot token: {_TOKEN_HELP}") from None


def _check_token(value: SecretStr) -> SecretStr:
    application_id(value.get_secret_value())
    return value


def _parse_shards(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    if "shard_count" not in info.data:
        return None  # it is wrong itself, which is told
    count: int | None = info.data["shard_count"]
    if count is None:
        raise ValueError("needs SHARD_COUNT, the number of shards in all processes together")
    return parse_shards(value, count)


class AccountSettings(Settings):
    """The settings of a bot that logs in to the real Discord; ``database_url`` is SQLAlchemy's.

    Without ``shard_count``, there are as many shards as Discord recommends; without ``shard_ids``,
    this process has them all. ``discord_api`` is the address of a proxy for Discord's API.
    ``engine`` is "local" or the address of a Dask scheduler; the files ``cluster_…`` are in PEM.
    """

    discord_token: Annotated[SecretStr, AfterValidator(_check_token)]
    database_url: SecretStr = SecretStr("sqlite:///hueharvest.sqlite3")
    shard_count: int | None = Field(default=None, ge=1)
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode, BeforeValidator(_parse_shards)] = None
    discord_api: HttpUrl | None = None
    cluster_ca: FilePath | None = None
    cluster_cert: FilePath | None = None
    cluster_key: FilePath | None = None
    engine: str = "local"  # after the files, which its check needs

    @field_validator("engine")
    @classmethod
    def _check_engine(cls, value: str, info: ValidationInfo) -> str:
        if value == "local":
            return value
        if not (address := re.fullmatch(r"(tcp|tls)://(\[[\da-fA-F:.]+\]|[\w.-]+):\d+", value)):
            raise ValueError("should be local, tcp://host:port or tls://host:port")
        scheme, host = address.groups()
        files = ("cluster_ca", "cluster_cert", "cluster_key")
        if scheme == "tls" and any(info.data.get(file, "wrong") is None for file in files):
            raise ValueError("needs CLUSTER_CA, CLUSTER_CERT and CLUSTER_KEY with tls://")
        if scheme == "tcp" and not _is_loopback(host.strip("[]")):
            raise ValueError(
                "may use tcp:// on this machine only, since a Dask cluster runs whatever it is "
                "sent: use tls:// with CLUSTER_CA, CLUSTER_CERT and CLUSTER_KEY"
            )
        return value

    @property
    def application_id(self) -> int:
        """The id of the application the token belongs to."""
        return application_id(self.discord_token.get_secret_value())

    @property
    def is_spread(self) -> bool:
        """Whether other processes have some of the bot's shards."""
        return self.shard_ids is not None


def _is_loopback(host: str) -> bool:
    """Return whether a host is this machine, by its address or by the name reserved for it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _subject(location: tuple[int | str, ...]) -> str:
    """Return the variable that one of pydantic's errors is about, or else the file."""
    return str(location[0]).upper() if location else ".env cannot be read:"


def _predicate(kind: str, message: str) -> str:
    """Return the rest of the sentence about one of pydantic's errors."""
    match kind:
        case "missing":
            return f"is not set: {_TOKEN_HELP}"
        case "byte_size" | "byte_size_unit":
            return "should be a number of bytes such as 20MiB"
        case "path_not_file":
            return "should be the path of a file"
        case _:
            return message.removeprefix("Value error, ").removeprefix("Input ")
