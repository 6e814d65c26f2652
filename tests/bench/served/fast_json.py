"""JSON at little cost, so that a served Discord takes nothing from the bot; also without orjson."""

import json

try:
    from orjson import dumps, loads
except ImportError:  # among the tests, which need no benchmarks
    from json import loads

    def dumps(value: object) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode()


__all__ = ["dumps", "loads"]
