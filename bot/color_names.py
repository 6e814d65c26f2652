"""What a colour is called in each language."""

import re
from functools import cache

from babel.numbers import format_percent

from palette import RGB, Swatch, hex_code
from palette.annotation.names import split_name

from .language import N_, Language

# Unformatted, so that each kind of colour has a line.
# fmt: off
COLOR_NAMES = frozenset(
    {
        N_("very dark red"), N_("dark red"), N_("red"), N_("light red"), N_("bright red"),
        N_("deep red"),
        N_("dark orange"), N_("orange"), N_("light orange"), N_("bright orange"), N_("pale orange"),
        N_("dark yellow"), N_("yellow"), N_("light yellow"), N_("very light yellow"),
        N_("bright yellow"), N_("pale yellow"),
        N_("very dark green"), N_("dark green"), N_("green"), N_("light green"),
        N_("very light green"), N_("bright green"), N_("pale green"), N_("deep green"),
        N_("very dark blue"), N_("dark blue"), N_("blue"), N_("light blue"), N_("very light blue"),
        N_("bright blue"), N_("pale blue"), N_("deep blue"),
        N_("very dark purple"), N_("dark purple"), N_("purple"), N_("light purple"),
        N_("very light purple"), N_("bright purple"), N_("pale purple"), N_("deep purple"),
        N_("dark pink"), N_("pink"), N_("light pink"), N_("very light pink"), N_("bright pink"),
        N_("pale pink"), N_("deep pink"),
        N_("very dark brown"), N_("dark brown"), N_("brown"), N_("light brown"),
        N_("beige"), N_("light beige"),
        N_("dark tan"), N_("tan"),
        N_("cream"),
        N_("very dark olive"), N_("dark olive"), N_("olive"), N_("light olive"),
        N_("very dark teal"), N_("dark teal"), N_("teal"), N_("light teal"),
        N_("dark turquoise"), N_("turquoise"), N_("light turquoise"), N_("bright turquoise"),
        N_("pale turquoise"),
        N_("dark navy"), N_("navy"),
        N_("dark maroon"), N_("maroon"),
        N_("dark magenta"), N_("magenta"), N_("light magenta"), N_("bright magenta"),
        N_("dark lavender"), N_("lavender"), N_("light lavender"), N_("pale lavender"),
        N_("dark lime"), N_("lime"), N_("light lime"), N_("bright lime"), N_("pale lime"),
        N_("dark mint"), N_("mint"), N_("light mint"), N_("pale mint"),
        N_("dark peach"), N_("peach"), N_("light peach"), N_("pale peach"),
        N_("dark salmon"), N_("salmon"), N_("light salmon"), N_("pale salmon"),
        N_("dark gold"), N_("gold"), N_("light gold"), N_("bright gold"),
        N_("dark mustard"), N_("mustard"), N_("light mustard"),
        N_("dark rose"), N_("rose"), N_("light rose"),
        N_("dark rust"), N_("rust"), N_("light rust"),
        N_("very dark grey-brown"), N_("dark grey-brown"), N_("grey-brown"), N_("light grey-brown"),
        N_("very dark grey-green"), N_("dark grey-green"), N_("grey-green"), N_("light grey-green"),
        N_("very dark grey-blue"), N_("dark grey-blue"), N_("grey-blue"), N_("light grey-blue"),
        N_("very dark grey-purple"), N_("dark grey-purple"), N_("grey-purple"),
        N_("light grey-purple"),
        N_("dark grey-pink"), N_("grey-pink"), N_("light grey-pink"),
        N_("dark red-brown"), N_("red-brown"), N_("light red-brown"),
        N_("dark orange-brown"), N_("orange-brown"), N_("light orange-brown"),
        N_("dark pink-brown"), N_("pink-brown"), N_("light pink-brown"),
        N_("dark red-orange"), N_("red-orange"), N_("light red-orange"), N_("bright red-orange"),
        N_("very dark blue-green"), N_("dark blue-green"), N_("blue-green"), N_("light blue-green"),
        N_("very dark violet"), N_("dark violet"), N_("violet"), N_("light violet"),
        N_("pale violet"),
        N_("black"), N_("brown-black"), N_("green-black"), N_("blue-black"), N_("purple-black"),
        N_("charcoal"), N_("very dark brown-grey"), N_("very dark olive-grey"),
        N_("very dark green-grey"), N_("very dark blue-grey"), N_("very dark purple-grey"),
        N_("dark grey"), N_("dark brown-grey"), N_("dark olive-grey"), N_("dark green-grey"),
        N_("dark blue-grey"), N_("dark purple-grey"),
        N_("grey"), N_("pink-grey"), N_("brown-grey"), N_("olive-grey"), N_("green-grey"),
        N_("blue-grey"), N_("purple-grey"),
        N_("light grey"), N_("light pink-grey"), N_("light beige-grey"), N_("light green-grey"),
        N_("light blue-grey"), N_("light purple-grey"),
        N_("very light grey"), N_("very light pink-grey"), N_("very light beige-grey"),
        N_("very light green-grey"), N_("very light blue-grey"), N_("very light purple-grey"),
        N_("off-white"), N_("pinkish white"), N_("creamy white"), N_("greenish white"),
        N_("bluish white"),
        N_("white"),
    }
)
"""Every name that the library gives a colour."""
# fmt: on


def color_name(name: str, language: Language) -> str:
    """Translate a colour's name; a name that the library does not give stays as it is."""
    known, number = split_name(name)
    return language.say(known) + number if known in COLOR_NAMES else name


def label(swatch: Swatch, language: Language) -> tuple[str, str]:
    """Return the name of a colour and its share in percent, never rounded to 0 % or 100 %."""
    share = re.sub("[0-9]+%", lambda number: _percent(number[0], language.code), swatch.percent)
    return color_name(swatch.name, language), share


@cache  # there are a hundred in each language, and one takes longer than the rest of a label
def _percent(number: str, language: str) -> str:
    """Return a whole number, followed by ``%``, as the language of this code writes it."""
    return format_percent(int(number.removesuffix("%")) / 100, locale=language)


def code_and_name(rgb: RGB, name: str, language: Language) -> str:
    """Return what menus call a colour: its code, and its name in a language."""
    return f"{hex_code(rgb)} {color_name(name, language)}"


def name_and_share(swatch: Swatch, language: Language) -> str:
    """Return the two of a :func:`label` as one text."""
    return " ".join(label(swatch, language))
