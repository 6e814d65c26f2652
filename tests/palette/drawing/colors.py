"""Colours for the drawings that are tested."""

from palette import RGB


def distant_colors(count: int) -> list[RGB]:
    """Return colours far apart, none of them black or white."""
    return [
        (number * 53 % 256, (number * 97 + 9) % 256, number * 151 % 256) for number in range(count)
    ]
