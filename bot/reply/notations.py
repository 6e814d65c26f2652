"""What notations are called."""

from bot.language import N_, Language
from palette import NOTATIONS

TEXTS = frozenset(
    {
        N_("Hex"),
        N_("Hex in capitals"),
        N_("Hex without #"),
        N_("rgb() with commas"),
        N_("CMYK (uncalibrated)"),
        N_("Decimal number for Discord"),
        N_("CSS variables"),
        N_("Tailwind theme"),
        N_("Python list"),
    }
)
"""What notations are called in words; the others are called by names that need no translation."""


def notation_label(key: str, language: Language) -> str:
    """Return what the notation of this key is called."""
    label = NOTATIONS[key].label
    return language.say(label) if label in TEXTS else label
