"""The menus of ``/palette-settings``, each with a heading, showing the current choice.

A menu's custom id names a field of :class:`~bot.guilds.guild_settings.GuildSettings`, and the value
of an option is the field's value in JSON; menus of channels and roles have ids as values.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import ChannelType, SelectDefaultValue, SelectDefaultValueType, SelectOption, ui

from bot.guilds.guild_settings import GuildSettings
from bot.language import LANGUAGES, Language, language_of
from bot.reply.options import ORDER_LABELS, STYLE_LABELS, color_count
from bot.settings import Listen
from bot.ui import MAX_OPTIONS, Menu
from palette import MAX_COLORS, ColorCount

PREFIX = "settings:"  # of the custom ids

_CHANNELS = [
    ChannelType.text,
    ChannelType.news,
    ChannelType.forum,
    ChannelType.media,
    ChannelType.voice,
    ChannelType.stage_voice,
]


def menus(
    settings: GuildSettings, guild: discord.Guild, most: Listen, language: Language
) -> Iterator[tuple[str, Menu]]:
    """Yield headings and menus; ``most`` is the most that the bot's host lets servers choose."""
    say = language.say
    yield say("Reply automatically to"), _listen_menu(settings, most, language)
    if settings.listen is Listen.EVERYWHERE:
        yield say("In these channels"), _channel_menu(settings, guild, language)
    if settings.listen is not Listen.OFF:
        yield say("Posts of webhooks"), _proxied_menu(settings, language)
    yield say("Colours in a palette"), _colors_menu(settings, language)
    yield say("How colours are chosen"), _style_menu(settings, language)
    yield say("Order of the colours"), _order_menu(settings, language)
    yield say("Replies"), _brief_menu(settings, language)
    yield say("Show the image"), _source_menu(settings, language)
    yield say("Language"), _language_menu(settings, guild, language)
    yield (
        say("Who can use the bot (managers always can)"),
        _role_menu(settings, guild, language),
    )


def shown_in(menu: Menu) -> str:
    """Return what a menu shows as chosen; channels and roles are mentions."""
    if isinstance(menu, ui.Select):
        return next(option.label for option in menu.options if option.default)
    sign = "#" if isinstance(menu, ui.ChannelSelect) else "@&"
    chosen = " ".join(f"<{sign}{value.id}>" for value in menu.default_values)
    return chosen or menu.placeholder or ""


def _listen_menu(settings: GuildSettings, most: Listen, language: Language) -> Menu:
    labels = {
        Listen.EVERYWHERE: language.say("Every image"),
        Listen.MENTIONS: language.say("Images in messages that mention me"),
        Listen.OFF: language.say("Nothing (commands only)"),
    }
    allowed = list(Listen)[list(Listen).index(most) :]
    return _menu("listen", [(value, labels[value]) for value in allowed], settings.listen)


def _proxied_menu(settings: GuildSettings, language: Language) -> Menu:
    labels = [
        (False, language.say("Ignore them")),
        (True, language.say("Treat them like posts of people (PluralKit, Tupperbox)")),
    ]
    return _menu("proxied", labels, settings.proxied)


def _colors_menu(settings: GuildSettings, language: Language) -> Menu:
    counts: list[ColorCount] = ["auto", *range(1, MAX_COLORS + 1)]
    labels = ((count, color_count(count, language)) for count in counts)
    return _menu("colors", labels, settings.colors)


def _style_menu(settings: GuildSettings, language: Language) -> Menu:
    labels = ((style, language.say(label)) for style, label in STYLE_LABELS.items())
    return _menu("style", labels, settings.style)


def _order_menu(settings: GuildSettings, language: Language) -> Menu:
    labels = ((order, language.say(label)) for order, label in ORDER_LABELS.items())
    return _menu("order", labels, settings.order)


def _brief_menu(settings: GuildSettings, language: Language) -> Menu:
    labels = [
        (False, language.say("Full: codes to copy and every button")),
        (True, language.say("Compact: the card and one row of buttons")),
    ]
    return _menu("brief", labels, settings.brief)


def _source_menu(settings: GuildSettings, language: Language) -> Menu:
    labels = [
        (True, language.say("Thumbnail")),
        (False, language.say("Attached file")),
    ]
    return _menu("show_source", labels, settings.show_source)


def _language_menu(settings: GuildSettings, guild: discord.Guild, language: Language) -> Menu:
    own = language_of(guild.preferred_locale).name
    labels = [(None, language.say("Same as the server: {language}", language=own))]
    return _menu("language", [*labels, *LANGUAGES.items()], settings.language)


def _menu(field: str, labels: Iterable[tuple[object, str]], chosen: object) -> Menu:
    return ui.Select[Any](
        custom_id=PREFIX + field,
        options=[
            SelectOption(label=label, value=json.dumps(value), default=value == chosen)
            for value, label in labels
        ],
    )


def _channel_menu(settings: GuildSettings, guild: discord.Guild, language: Language) -> Menu:
    existing = [channel for channel in settings.channels if guild.get_channel(channel)]
    gone = language.say("These channels are gone: choose others")
    menu = ui.ChannelSelect[Any](
        channel_types=_CHANNELS,
        placeholder=gone
        if settings.channels and not existing
        else language.say("All channels except announcements"),
        default_values=_defaults(existing, SelectDefaultValueType.channel),
    )
    return _of_any_number("channels", menu)


def _role_menu(settings: GuildSettings, guild: discord.Guild, language: Language) -> Menu:
    existing = [role for role in settings.roles if guild.get_role(role)]
    gone = language.say("These roles are gone: choose others")
    menu = ui.RoleSelect[Any](
        placeholder=gone if settings.roles and not existing else language.say("Everyone"),
        default_values=_defaults(existing, SelectDefaultValueType.role),
    )
    return _of_any_number("roles", menu)


def _of_any_number(field: str, menu: ui.ChannelSelect[Any] | ui.RoleSelect[Any]) -> Menu:
    menu.custom_id, menu.min_values, menu.max_values = PREFIX + field, 0, MAX_OPTIONS
    return menu


def _defaults(ids: Iterable[int], kind: SelectDefaultValueType) -> list[SelectDefaultValue]:
    return [SelectDefaultValue(id=id_, type=kind) for id_ in sorted(ids)]
