"""``/color``: one colour by itself, by its code or its name."""

from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.delivery import deliver
from bot.errors import reporting_refusals
from bot.language import language_of
from bot.reply.one_color import OneColor
from bot.requests.places import is_visitor
from bot.services import Client, Interaction
from bot.ui import MAX_OPTIONS
from bot.workers.jobs import Scale
from palette import hex_code

from .answer import acknowledge
from .known_colors import find_color, matching_colors


def add_color(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/color``, for servers, direct messages and people who installed the app."""

    @tree.command(
        name=locale_str("color"),
        description=locale_str("Get one colour in every notation, with its tints and shades"),
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.rename(color=locale_str("color"), private=locale_str("private"))
    @app_commands.describe(
        color=locale_str("A code such as #c0392b, or a name"),
        private=locale_str("Only you see the answer"),
    )
    @app_commands.autocomplete(color=_names)
    async def color_(
        interaction: Interaction,
        color: app_commands.Range[str, 1, 100],
        private: bool | None = None,  # noqa: FBT001, discord.py passes options by name
    ) -> None:
        async with reporting_refusals(interaction):
            services = interaction.client.services
            request = await services.request(interaction)
            rgb = find_color(color, request.language)
            private = is_visitor(interaction) if private is None else private
            await acknowledge(interaction, request, private=private)
            language = request.answer_language(private=private)
            outcome = await services.engine.run(Scale(rgb, language.code), tenant=request.tenant)
            message = OneColor(outcome, language, attach=request.can_attach, private=private)
            await deliver(
                lambda: interaction.edit_original_response(view=message, attachments=message.files)
            )


async def _names(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer names; the value is the code, so that nothing is left to be understood."""
    found = matching_colors(typed, language_of(interaction.locale))[:MAX_OPTIONS]
    codes = ((name, hex_code(rgb)) for name, rgb in found)
    return [Choice(name=f"{name} · {code}", value=code) for name, code in codes]
