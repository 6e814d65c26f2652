"""``/palette-of-many``: one palette of several images, in which each counts the same."""

import asyncio
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.delivery import deliver, respond
from bot.errors import report, reporting_errors
from bot.language import Language
from bot.reply.many import ManyReply
from bot.reply.many_form import ManyForm, ManyRequest
from bot.reply.options import Options
from bot.reply.panel import Layout
from bot.requests.places import can_show_images, is_visitor
from bot.requests.request import Request
from bot.services import Client, Interaction
from bot.sources.errors import NoneReadableError
from bot.sources.source import Source
from bot.workers.together import Joining, ReadImage, Reading

from .answer import acknowledge, unseen_note

_MAX_NAME = 40  # characters of a file's name


def add_palette_of_many(tree: app_commands.CommandTree[Client]) -> None:
    """Add the command, for servers, direct messages and people who installed the app."""

    @tree.command(
        name=locale_str("palette-of-many"),
        description=locale_str("Get one palette of up to ten images together"),
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def open_form(interaction: Interaction) -> None:
        request = await interaction.client.services.request(interaction)
        private = is_visitor(interaction) or not can_show_images(interaction)
        form = ManyForm(request.settings.colors, request.language, private=private)
        await respond(lambda: interaction.response.send_modal(form))


async def answer_form(interaction: Interaction) -> None:
    """Answer with the palette of the images in a submitted form."""
    async with reporting_errors(interaction):
        services = interaction.client.services
        request = await services.begin_if_allowed(interaction)
        data: Any = interaction.data
        wanted = ManyRequest.read(data)
        is_unseen = not (wanted.private or can_show_images(interaction))
        private = wanted.private or is_unseen
        await acknowledge(interaction, request, private=private, images=len(wanted.images))
        language = request.answer_language(private=private)
        settings = request.settings
        options = Options(wanted.colors, settings.style, order=settings.order)
        images, lines = await _read(interaction, request, wanted, language)
        joining = Joining.of(images, options.colors, options.style, options.order, language.code)
        joint = await services.engine.run(joining, tenant=request.tenant)
        reply = ManyReply(
            joint,
            options,
            Layout.of(request, private=private),
            count=len(images),
            spoiler=any(image.spoiler for image in wanted.images),
            lines=[*([unseen_note(language)] if is_unseen else []), *lines],
        )
        await deliver(
            lambda: interaction.edit_original_response(view=reply, attachments=reply.files)
        )


async def _read(
    interaction: Interaction, request: Request, wanted: ManyRequest, language: Language
) -> tuple[list[ReadImage], list[str]]:
    """Read the images; return those that can be, and a line about each of the others.

    Raises :class:`NoneReadableError` or, if they all fail alike, what is wrong with them.
    """
    services = interaction.client.services
    job = partial(Reading, colors=wanted.colors, style=request.settings.style)
    results = await asyncio.gather(
        *(services.process(image, job, tenant=request.tenant) for image in wanted.images),
        return_exceptions=True,
    )
    images = [result for result in results if isinstance(result, ReadImage)]
    errors = [result for result in results if isinstance(result, BaseException)]
    if not images:
        raise errors[0] if len({type(error) for error in errors}) == 1 else NoneReadableError
    return images, [
        _line(number, image, result, language)
        for number, (image, result) in enumerate(zip(wanted.images, results, strict=True), start=1)
        if isinstance(result, BaseException)
    ]


def _line(number: int, image: Source, error: BaseException, language: Language) -> str:
    return language.say(
        "-# Image {number}, {name}: {sentence}",
        number=number,
        name=discord.utils.escape_markdown(image.name[:_MAX_NAME]),
        sentence=report(error, language),
    )
