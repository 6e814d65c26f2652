"""What colour a name stands for, when the name is all there is."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from palette.color.rgb import RGB

from .words import read_rows


@cache
def typical_colors() -> Mapping[str, RGB]:
    """Return one colour for each name that :func:`.name_colors` gives.

    Each name means many colours, and this is one near their middle. About a ninth of the names are
    only given beside a likelier one ("bright blue" beside "blue"); these stand for what people may
    mean by them, although the colour alone is called otherwise. ``tests/bench/build_typical.py``
    computes ``typical.csv`` from the vocabulary.
    """
    return MappingProxyType({row["name"]: _rgb(row["color"]) for row in read_rows("typical.csv")})


def _rgb(code: str) -> RGB:
    red, green, blue = bytes.fromhex(code[1:])
    return red, green, blue
