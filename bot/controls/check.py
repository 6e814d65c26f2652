"""Check: what was measured of the palette, in words and as a drawing. Never that it is "safe"."""

from itertools import combinations
from typing import Any

import discord
from babel.numbers import format_decimal
from discord import ui

from bot.color_names import color_name
from bot.delivery import defer, deliver
from bot.language import N_, Language
from bot.reply.uploads import Upload
from bot.ui import MAX_TEXT
from bot.workers.jobs import Checking
from palette import (
    HARD_TO_TELL_APART,
    Check,
    CheckLabels,
    Confusion,
    Deficiency,
    Level,
    Palette,
    Simulation,
    Swatch,
)
from palette.color.contrast import MIN_RATIOS
from palette.vision import rounded_down

from .press import Press

_MAX_FINDINGS = MAX_TEXT - 100  # characters; the rest is for rounding and line breaks

_LEVELS: dict[Level, str] = {
    "AA large": N_("AA for large text"),
    "AA": N_("AA for text"),
    "AAA": N_("AAA for text"),
}
_DEFICIENCIES = {
    Deficiency.PROTANOPIA: N_("Protanopia (no red cones)"),
    Deficiency.DEUTERANOPIA: N_("Deuteranopia (no green cones)"),
    Deficiency.TRITANOPIA: N_("Tritanopia (no blue cones)"),
}


async def check(press: Press) -> None:
    """Send what was measured to the person who pressed."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    language = press.request.language
    job = Checking(press.palette, _labels(language))
    checked = await press.services.engine.run(job, tenant=press.request.tenant)
    shown = ui.Container[Any](accent_color=discord.Color.from_rgb(*press.palette.dominant.rgb))
    uploads: list[Upload] = []
    if press.request.can_attach:
        words = language.say(
            "The contrast of every pair, and how the colours look with a colour deficiency"
        )
        card = Upload(f"check-{press.number}.png", checked.card, words)
        uploads.append(card)
        shown.add_item(ui.MediaGallery[Any](discord.MediaGalleryItem(card.uri, description=words)))
    for text in findings(checked.check, press.palette, language):
        shown.add_item(ui.TextDisplay[Any](text))
    view = ui.LayoutView(timeout=None)
    view.add_item(shown)
    await deliver(
        lambda: press.interaction.edit_original_response(
            view=view, attachments=[upload.file() for upload in uploads]
        )
    )


def _labels(language: Language) -> CheckLabels:
    return CheckLabels(
        language.say("Typical"),
        language.say("Protanopia"),
        language.say("Deuteranopia"),
        language.say("Tritanopia"),
    )


def findings(measured: Check, palette: Palette, language: Language) -> list[str]:
    """Return what was measured, in words that fit one message."""
    if len(palette) == 1:
        return [language.say("There is only one colour: nothing to compare it with.")]
    contrast = _contrast(measured, palette, language)
    method = "-# " + language.say(
        "Simulated at full severity (Viénot 1999, Brettel 1997). “Hard to tell apart” = "
        "ΔE2000 below {threshold} and less than half of normal.",
        threshold=format_decimal(HARD_TO_TELL_APART, locale=language.code),
    )
    max_length = (_MAX_FINDINGS - len(contrast) - len(method)) // len(measured.simulations)
    simulated = (_simulated(each, max_length, language) for each in measured.simulations)
    return [contrast, *simulated, method]


def _contrast(measured: Check, palette: Palette, language: Language) -> str:
    pairs = {
        (palette.swatches[one], palette.swatches[other]): measured.contrasts[one][other]
        for one, other in combinations(range(len(palette)), 2)
    }
    one, other = max(pairs, key=pairs.__getitem__)
    lines = [
        "**" + language.say("Contrast (WCAG 2)") + "**",
        language.plural(
            "Of {count} pair, the highest contrast is {ratio} : 1, {one} with {other}.",
            "Of {count} pairs, the highest contrast is {ratio} : 1, {one} with {other}.",
            len(pairs),
            ratio=_decimal(pairs[one, other], language),
            one=_code(one),
            other=_code(other),
        ),
    ]
    for level, label in _LEVELS.items():
        least = MIN_RATIOS[level]
        reached = language.plural(
            "{count} pair reaches {ratio} : 1 ({level})",
            "{count} pairs reach {ratio} : 1 ({level})",
            sum(ratio >= least for ratio in pairs.values()),
            ratio=format_decimal(least, locale=language.code),
            level=language.say(label),
        )
        lines.append(f"- {reached}")
    return "\n".join(lines)


def _simulated(simulation: Simulation, max_length: int, language: Language) -> str:
    """List the pairs that become hard to tell apart, worst first, in ``max_length`` characters."""
    title = f"**{language.say(_DEFICIENCIES[simulation.deficiency])}**"
    confusions = simulation.confusions
    if not confusions:
        return title + "\n" + language.say("No pair becomes hard to tell apart.")
    lines = [
        title,
        language.plural(
            "{count} pair becomes hard to tell apart:",
            "{count} pairs become hard to tell apart:",
            len(confusions),
        ),
    ]
    listed = [_confusion(confusion, language) for confusion in confusions]
    for number, line in enumerate(listed):
        more = language.plural("… and {count} more", "… and {count} more", len(listed) - number)
        if sum(map(len, lines)) + len(lines) + len(line) + len(more) + 1 > max_length:
            return "\n".join([*lines, more])
        lines.append(line)
    return "\n".join(lines)


def _confusion(confusion: Confusion, language: Language) -> str:
    typical, simulated = (
        _decimal(difference, language) for difference in (confusion.typical, confusion.simulated)
    )
    one, other = (
        f"{_code(swatch)} {color_name(swatch.name, language)}"
        for swatch in (confusion.one, confusion.other)
    )
    return f"- {one} / {other}: {typical} → {simulated}"


def _decimal(value: float, language: Language) -> str:
    return format_decimal(rounded_down(value), "0.0", language.code)


def _code(swatch: Swatch) -> str:
    return f"`{swatch.hex}`"
