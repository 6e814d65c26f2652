"""Asking a running bot whether it is alive, as the health check of a container does.

It runs all the time, so it imports next to nothing.
"""

import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from pydantic import ValidationError

from bot.endpoint import Endpoint

_PATIENCE = 5.0  # seconds


def probe() -> int:
    """Print how the bot at the endpoint of the settings is; return 0 if it is alive, else 1."""
    try:
        endpoint = Endpoint()
    except ValidationError:
        return _tell("METRICS_PORT should be a number from 1 to 65535.")
    if endpoint.metrics_port is None:
        return _tell("METRICS_PORT is not set, so the bot cannot be asked how it is.")
    connection = HTTPConnection(
        _address(endpoint.metrics_host), endpoint.metrics_port, timeout=_PATIENCE
    )
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        said = response.read().decode().strip()
    except (OSError, HTTPException) as error:
        return _tell(f"no answer: {error}")
    finally:
        connection.close()
    return _tell(said, is_alive=response.status == HTTPStatus.OK)


def _tell(said: str, *, is_alive: bool = False) -> int:
    sys.stdout.write(f"{said}\n")
    return 0 if is_alive else 1


def _address(host: str) -> str:
    """Return where to reach a server that listens at ``host``, perhaps at every address."""
    try:
        address = ip_address(host)
    except ValueError:  # a name
        return host
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "::1"  # noqa: PLR2004
    return host
