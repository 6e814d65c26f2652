"""``/help``: what the bot can do where it is asked, what it keeps, and whom to ask."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from pydantic import HttpUrl

from bot.delivery import defer, deliver
from bot.guilds.guild_settings import GuildSettings
from bot.language import N_, Language
from bot.services import Client, Interaction
from bot.settings import Listen

from .palette_settings_menus import menus, shown_in
from .tree import FOR_EVERYONE

_COST_IF_MISSING = {
    "view_channel": N_("I can't see this channel (View Channel), so I miss what is posted here."),
    "send_messages": N_("I can't write here (Send Messages), so I only answer commands."),
    "send_messages_in_threads": N_(
        "I can't write in threads (Send Messages in Threads), so I only answer commands."
    ),
    "attach_files": N_(
        "I can't attach files (Attach Files): you get the codes, but no card and no files."
    ),
    "read_message_history": N_(
        "I can't read earlier messages (Read Message History), "
        "so I can't reply to a message or find the newest image."
    ),
}
"""What it costs if one of :data:`bot.launch.invitation.PERMISSIONS` is missing."""


def add_help(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/help``, for servers, direct messages and people who installed the app."""

    @tree.command(
        name=locale_str("help"),
        description=locale_str("What I can do here, what I keep, and whom to ask"),
        extras={FOR_EVERYONE: True},
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def help_(interaction: Interaction) -> None:
        await defer(interaction, ephemeral=True)
        services = interaction.client.services
        request = await services.request(interaction)
        shown = ui.Container[Any]()
        for heading, text in _sections(interaction, request.settings, request.language):
            shown.add_item(ui.TextDisplay(f"### {heading}\n{text}"))
        about = _about(services.settings.source_url, request.language)
        shown.add_item(ui.TextDisplay(f"-# {about}"))
        view = ui.LayoutView().add_item(shown)
        await deliver(lambda: interaction.edit_original_response(view=view))


def _sections(
    interaction: Interaction, settings: GuildSettings, language: Language
) -> Iterator[tuple[str, str]]:
    say = language.say
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    yield say("What I can do here"), _list(_ways(interaction, settings, language))
    if guild:
        most = interaction.client.services.settings.listen
        chosen = (
            f"{heading}: {shown_in(menu)}"
            for heading, menu in menus(settings, guild, most, language)
        )
        yield say("My settings in this server"), _list(chosen)
        yield say("Permissions in this channel"), _list(_missing(interaction, language))
    yield say("What I keep"), _kept(interaction.client.services.settings.privacy_url, language)
    whom = say("Who can change my settings") if guild else say("How to remove me")
    yield whom, _contact(guild, language)


def _ways(interaction: Interaction, settings: GuildSettings, language: Language) -> Iterator[str]:
    yield _listening(interaction, settings, language)
    if interaction.guild_id and interaction.client.services.is_content_refused:
        yield language.say(
            "Discord doesn't let me read other messages (Message Content Intent). "
            "My host can change that."
        )
    yield language.say(
        "`/{command}` shows the colours of a file, a link, an avatar, an emoji "
        "or the newest image here.",
        command=language.say("palette"),
    )
    yield language.say(
        "`/{command}` finds one palette of up to ten images, each counting the same.",
        command=language.say("palette-of-many"),
    )
    yield language.say(
        "`/{command}` shows one colour in every notation, with its tints and shades.",
        command=language.say("color"),
    )
    yield language.say(
        "Right-click a message or a person (on a phone, press and hold): **Apps → {command}**.",
        command=language.say("Palette"),
    )
    yield language.say(
        "`/{command}` makes me ignore the images you post, or reply to them again.",
        command=language.say("palette-ignore-me"),
    )
    yield language.say("The buttons under a palette copy its codes, download it or change it.")
    yield language.say(
        "An answer that only you see has **{share}**, which posts it for everyone.",
        share=language.say("Share"),
    )


def _listening(interaction: Interaction, settings: GuildSettings, language: Language) -> str:
    guild_id, channel = interaction.guild_id, interaction.channel
    # Who installed the app takes its commands to where the bot itself is not.
    is_here = interaction.client.get_guild(guild_id) if guild_id else interaction.context.dm_channel
    match settings.listen if is_here else Listen.OFF:
        case Listen.OFF:
            return language.say("Here I only answer commands.")
        case _ if not guild_id:
            return language.say("Send me images and I'll reply with their colours.")
        case Listen.MENTIONS:
            return language.say(
                "Mention me in a message with images, or in a reply to one, "
                "and I'll answer with their colours."
            )
        case Listen.EVERYWHERE if isinstance(channel, discord.abc.Messageable) and (
            settings.is_listening_in(channel)
        ):
            return language.say("Post images here and I'll reply with their colours.")
        case Listen.EVERYWHERE:
            return language.say("I ignore images posted in this channel unless you mention me.")


def _missing(interaction: Interaction, language: Language) -> Iterator[str]:
    """Yield what is not permitted; threads have a permission of their own."""
    in_thread = isinstance(interaction.channel, discord.Thread)
    elsewhere = "send_messages" if in_thread else "send_messages_in_threads"
    missing = [
        cost
        for name, cost in _COST_IF_MISSING.items()
        if name != elsewhere and not getattr(interaction.app_permissions, name)
    ]
    yield from map(language.say, missing or [N_("I have everything I need.")])


def _kept(policy: HttpUrl | None, language: Language) -> str:
    said = language.say(
        "Only servers' settings, until I leave the server; the ids of people who want to be "
        "ignored, until they take it back; and, for minutes, how often somebody uses me. I store "
        "no images, palettes or messages: what the buttons under a palette need is in that message "
        "itself."
    )
    if policy is None:
        return said
    where = language.say("My privacy policy: {url}", url=policy)
    return f"{said} {where}"


def _contact(guild: discord.Guild | None, language: Language) -> str:
    if guild is None:
        return language.say("Remove me under **User Settings → Authorised Apps**.")
    return language.say(
        "People who manage this server can change my settings with `/{command}` "
        "and remove me under **Server Settings → Integrations**.",
        command=language.say("palette-settings"),
    )


def _about(source: HttpUrl | None, language: Language) -> str:
    """Return what the bot is, and where its source can be found."""
    said = language.say(
        "I'm HueHarvest {version}, free software under the MIT licence.",
        version=version("hueharvest"),
    )
    if source is None:
        where = language.say("Ask the bot's host for the source code.")
    else:
        where = language.say("My source code: {url}", url=source)
    return f"{said} {where}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
