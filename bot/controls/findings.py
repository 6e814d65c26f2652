"""What Check says in words, in the order of its drawing: how much there is, and the worst of it."""

import math
from collections.abc import Sequence
from itertools import combinations

from babel.lists import format_list
from babel.numbers import format_decimal

from bot.color_names import color_name
from bot.language import N_, Language
from palette import HARD_TO_TELL_APART, Check, Deficiency, Level, Palette, Swatch, level
from palette.color.contrast import MIN_RATIOS
from palette.vision import rounded_down

# With these, the longest names and any language, it all fits one message.
_MAX_CLOSE_PAIRS = 5
_MAX_CONFUSIONS = 3  # of each deficiency

_LEVELS: dict[Level | None, str] = {
    "AA large": N_("AA for large text"),
    "AA": N_("AA for text"),
    "AAA": N_("AAA for text"),
}
_DEFICIENCIES = {
    Deficiency.PROTANOPIA: N_("Protanopia (no red cones)"),
    Deficiency.DEUTERANOPIA: N_("Deuteranopia (no green cones)"),
    Deficiency.TRITANOPIA: N_("Tritanopia (no blue cones)"),
}


def findings(measured: Check, palette: Palette, language: Language) -> list[str]:
    """Return what was measured, in words that fit one message."""
    if len(palette) == 1:
        return [language.say("There is only one colour: nothing to compare it with.")]
    method = language.say(
        "“Hard to tell apart” = ΔE2000 below {threshold}. Deficiencies simulated at full severity "
        "(Viénot 1999, Brettel 1997).",
        threshold=format_decimal(HARD_TO_TELL_APART, locale=language.code),
    )
    return [
        _close(measured, math.comb(len(palette), 2), language),
        _confusions(measured, language),
        _contrast(measured, palette, language),
        f"-# {method}",
    ]


def _close(measured: Check, pairs: int, language: Language) -> str:
    """Say how many pairs anyone finds hard to tell apart, and which are the closest."""
    title = language.say("Hard to tell apart even with typical vision")
    count = language.plural(
        "{hard} of {count} pair", "{hard} of {count} pairs", pairs, hard=len(measured.close)
    )
    listed = [
        f"{_pair(each.one, each.other, language)}: {_decimal(each.difference, language)}"
        for each in measured.close
    ]
    return "\n".join([f"**{title}** · {count}", *_first(listed, _MAX_CLOSE_PAIRS, language)])


def _confusions(measured: Check, language: Language) -> str:
    """Say what each deficiency makes hard to tell apart, and once which of them add nothing."""
    lines: list[str] = []
    harmless: list[str] = []
    for simulation in measured.simulations:
        name = language.say(_DEFICIENCIES[simulation.deficiency])
        if not simulation.confusions:
            harmless.append(name)
            continue
        count = language.plural(
            "{count} more pair", "{count} more pairs", len(simulation.confusions)
        )
        listed = [
            f"{_pair(each.one, each.other, language)}: "
            f"{_decimal(each.typical, language)} → {_decimal(each.simulated, language)}"
            for each in simulation.confusions
        ]
        lines += [f"**{name}** · {count}", *_first(listed, _MAX_CONFUSIONS, language)]
    if harmless:
        names = format_list(harmless, locale=language.code)
        lines.append(f"**{names}** · " + language.say("no more pairs"))
    return "\n".join(lines)


def _contrast(measured: Check, palette: Palette, language: Language) -> str:
    """List the best pairs for text, and say how many of all pairs reach each level."""
    best = [
        "- "
        + language.say(
            "{text} on {background}: {ratio} : 1 ({level})",
            text=_code(pair.text),
            background=_code(pair.background),
            ratio=_decimal(pair.ratio, language),
            level=language.say(_LEVELS[level(pair.ratio)]),
        )
        for pair in measured.text_pairs
    ]
    lines = [
        "**" + language.say("Best for text (contrast by WCAG 2)") + "**",
        *(best or [_highest_contrast(measured, palette, language)]),
    ]
    ratios = [ratio for row, each in enumerate(measured.contrasts) for ratio in each[:row]]
    for reached, least in MIN_RATIOS.items():
        count = sum(ratio >= least for ratio in ratios)
        if count or least == min(MIN_RATIOS.values()):
            lines.append(
                language.plural(
                    "{count} pair reaches {ratio} : 1 ({level})",
                    "{count} pairs reach {ratio} : 1 ({level})",
                    count,
                    ratio=format_decimal(least, locale=language.code),
                    level=language.say(_LEVELS[reached]),
                )
            )
    return "\n".join(lines)


def _highest_contrast(measured: Check, palette: Palette, language: Language) -> str:
    """Say what the highest contrast is, where even that is too low for text."""
    pairs = list(combinations(range(len(palette)), 2))
    one, other = max(pairs, key=lambda pair: measured.contrasts[pair[0]][pair[1]])
    return language.plural(
        "Of {count} pair, the highest contrast is {ratio} : 1, {one} with {other}.",
        "Of {count} pairs, the highest contrast is {ratio} : 1, {one} with {other}.",
        len(pairs),
        ratio=_decimal(measured.contrasts[one][other], language),
        one=_code(palette.swatches[one]),
        other=_code(palette.swatches[other]),
    )


def _first(listed: Sequence[str], count: int, language: Language) -> list[str]:
    """Return the first of what is listed, as lines, and how many more there are."""
    lines = [f"- {each}" for each in listed[:count]]
    left = len(listed) - count
    if left > 0:
        lines.append(language.plural("… and {count} more", "… and {count} more", left))
    return lines


def _pair(one: Swatch, other: Swatch, language: Language) -> str:
    return " / ".join(f"{_code(each)} {color_name(each.name, language)}" for each in (one, other))


def _decimal(value: float, language: Language) -> str:
    return format_decimal(rounded_down(value), "0.0", language.code)


def _code(swatch: Swatch) -> str:
    return f"`{swatch.hex}`"
