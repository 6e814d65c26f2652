"""Which shards a process has, as people write them: ``0-3,8``."""

import re
from collections.abc import Sequence


def parse_shards(text: str, count: int) -> tuple[int, ...]:
    """Return the shards of a list of numbers and ranges, of ``count`` that the bot has.

    Raises ``ValueError`` if it is no such list, names one twice, or one that is not there.
    """
    shards: list[int] = []
    for part in text.split(","):
        numbers = re.fullmatch(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?", part, re.ASCII)
        first, last = (int(numbers[1]), int(numbers[2] or numbers[1])) if numbers else (1, 0)
        if last < first:
            raise ValueError("should be shards such as 0-3,8")
        if last >= count:
            raise ValueError(f"should be less than SHARD_COUNT, so at most {count - 1}")
        shards += range(first, last + 1)
        if len(set(shards)) < len(shards):
            raise ValueError("should name each shard once")
    return tuple(sorted(shards))


def format_shards(shards: Sequence[int]) -> str:
    """Return shards, in ascending order, as :func:`parse_shards` takes them."""
    ranges: list[list[int]] = []
    for shard in shards:
        if ranges and ranges[-1][-1] == shard - 1:
            ranges[-1][1:] = [shard]
        else:
            ranges.append([shard])
    return ",".join("-".join(map(str, ends)) for ends in ranges)
