"""The one table of errors: each type or code, what users read about it, and how it is logged."""

import contextlib
import logging
import secrets
from collections.abc import AsyncGenerator
from typing import NamedTuple

import discord
from discord import app_commands

import palette
from bot.download import errors as download_errors
from bot.guilds import database, guild_settings
from bot.reply.control import NotTheirsError
from bot.reply.state import UnknownControlError
from bot.requests import cooldowns, places
from bot.requests.running import StoppingError
from bot.sources import errors as source_errors
from bot.workers import errors as worker_errors

from . import metrics, turns
from .delivery import DISCORD_ERRORS, deliver, is_transient, respond
from .language import ENGLISH, N_, Language, language_of
from .services import Interaction

_TRANSIENT = N_("Discord is having trouble. Please try again.")
_GONE = N_("That message or channel is gone.")
_FORBIDDEN = N_("I'm not allowed to do that here.")
_CLOSED = N_("This thread is closed. Open it again, then ask me once more.")
_STOPPING = N_("I'm restarting. Please try again in a minute.")

_log = logging.getLogger(__name__)

REFUSALS = (
    palette.PaletteError,
    download_errors.FetchError,
    worker_errors.EngineError,
    turns.BusyError,
    turns.ClosedError,
    source_errors.SourceError,
    cooldowns.CooldownError,
)
"""Errors that are an ordinary answer to a request, not a fault of the bot."""


class _Entry(NamedTuple):
    """What users read about one type of error; ``sentence`` can name fields of the error ``e``."""

    sentence: str
    level: int = logging.INFO


_TABLE: dict[type[BaseException], _Entry] = {
    # what is asked for
    palette.ColorCountError: _Entry(N_("A palette has 1 to 20 colours.")),
    palette.UnknownFormatError: _Entry(N_("I don't know that kind of palette file.")),
    palette.UnknownStyleError: _Entry(N_("I don't know that way to choose colours.")),
    palette.UnknownColorError: _Entry(
        N_(
            "I don't know that colour. Write a code such as `#c0392b` or `rgb(192, 57, 43)`, "
            "or a name such as `navy`."
        )
    ),
    palette.ChoiceError: _Entry(N_("These colours can't be kept or left out.")),
    palette.TooManyKeptError: _Entry(
        N_("I can't keep {e.kept} colours in a palette of {e.colors}. Choose fewer.")
    ),
    source_errors.AmbiguousSourceError: _Entry(
        N_("Please choose just one: an image, a link, a user or an emoji.")
    ),
    source_errors.NotCustomEmojiError: _Entry(
        N_("I work with custom emoji only; standard ones look different on every device.")
    ),
    source_errors.VectorStickerError: _Entry(
        N_("That sticker is a vector animation (Lottie), which I can't read.")
    ),
    source_errors.DeletedError: _Entry(_GONE),
    source_errors.NoImageError: _Entry(N_("There's no image in that message.")),
    source_errors.NothingSentError: _Entry(
        N_("Send me an image, and I reply with its colours. Type `/` to see what else I can do.")
    ),
    source_errors.NoneReadableError: _Entry(N_("I can't read any of these images.")),
    source_errors.NoRecentImageError: _Entry(
        N_("I couldn't find an image in the last {e.count} messages. Attach one or paste a link.")
    ),
    source_errors.UnreadableError: _Entry(
        N_(
            "I can't read messages here. Attach the image, "
            "or right-click its message → Apps → Palette."
        )
    ),
    cooldowns.UserCooldownError: _Entry(N_("That was quick! Please try again in {e.seconds} s.")),
    cooldowns.ServerCooldownError: _Entry(
        N_("This server is keeping me busy. Please try again in {e.seconds} s.")
    ),
    # the image
    palette.NotAnImageError: _Entry(N_("That isn't an image I can read.")),
    palette.UnsupportedFormatError: _Entry(
        N_(
            "I can't open this kind of image ({e.name}). "
            "Try PNG, JPEG, WebP, GIF, AVIF, HEIC, BMP or TIFF."
        )
    ),
    palette.TruncatedImageError: _Entry(
        N_("This image is damaged or incomplete. Please send it again.")
    ),
    palette.ImageTooLargeError: _Entry(
        N_(
            "This image has {e.megapixels:.0f} megapixels; "
            "the most I can open is {e.max_megapixels:g}."
        )
    ),
    palette.FullyTransparentError: _Entry(
        N_("This image is completely transparent: there are no colours to see.")
    ),
    palette.NothingLeftError: _Entry(
        N_("Nothing is left of this image without the colours you left out.")
    ),
    source_errors.ImageGoneError: _Entry(
        N_("The original image was deleted. Copy, Save and Check still work.")
    ),
    # its way here
    download_errors.RefusedLinkError: _Entry(
        N_("I can't open that link. Use a public https:// address.")
    ),
    source_errors.MessageLinkError: _Entry(
        N_(
            "That link leads to a message. Copy the link of its image, "
            "or right-click the message → Apps → Palette."
        )
    ),
    source_errors.ExpiredLinkError: _Entry(
        N_("That link has expired. Open the image on Discord and copy its link again.")
    ),
    download_errors.WebPageError: _Entry(
        N_("This is a web page, not an image. Copy the address of the image itself.")
    ),
    download_errors.NotFoundError: _Entry(N_("I couldn't find that image. Is it still there?")),
    download_errors.TooBigError: _Entry(
        N_("This file is too big: the most I download is {e.limit_mib:g} MiB.")
    ),
    download_errors.TooSlowError: _Entry(N_("The download took too long. Please try again later.")),
    download_errors.DownloadFailedError: _Entry(N_("The download failed. Please try again later.")),
    # the controls under a reply
    UnknownControlError: _Entry(
        N_("These buttons are from an older version of me. Please ask for the palette again.")
    ),
    NotTheirsError: _Entry(
        N_(
            "Only the person who asked, whoever posted the image, "
            "or someone with Manage Messages can delete this."
        )
    ),
    places.MayNotPostError: _Entry(N_("You can't post that here, so I don't either.")),
    # the work on it
    turns.BusyError: _Entry(
        N_("I have a lot to do right now. Please try again in {e.retry_after:.0f} s.")
    ),
    turns.ClosedError: _Entry(_STOPPING),
    worker_errors.TimeLimitError: _Entry(
        N_("This image took too long, so I stopped."), logging.WARNING
    ),
    worker_errors.MemoryLimitError: _Entry(
        N_("This image needs more memory than I have."), logging.WARNING
    ),
    worker_errors.WorkerDiedError: _Entry(
        N_("Sorry, I couldn't process this image."), logging.ERROR
    ),
    # a server's settings
    database.StoreError: _Entry(
        N_("I couldn't save that. Please try again in a minute."), logging.WARNING
    ),
    app_commands.NoPrivateMessage: _Entry(N_("I only have settings for servers I'm a member of.")),
    app_commands.MissingPermissions: _Entry(
        N_("Only people who manage this server can change my settings.")
    ),
    # Discord
    StoppingError: _Entry(_STOPPING),
    guild_settings.NotAllowedError: _Entry(
        N_("In this server, only people with one of these roles can use me: {e.mentions}")
    ),
    discord.Forbidden: _Entry(_FORBIDDEN),
    discord.NotFound: _Entry(_GONE),
}

_FORMATS: dict[str, _Entry] = {
    "Video": _Entry(
        N_("That's a video. I can read images and animations such as GIF, but no videos.")
    ),
    "Raw": _Entry(
        N_("There's no preview in this raw photo, so I can't read it. Try a JPEG or HEIC of it.")
    ),
    "JPEG": _Entry(N_("I can't read this kind of JPEG. Try it with 8 bits a channel, or as PNG.")),
    "TIFF": _Entry(N_("I can't read this kind of TIFF. Try it with 8 bits a channel, or as PNG.")),
}
"""Formats that are not called by their names, or whose name would say too little."""

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_CODES: dict[int, _Entry] = {
    30046: _Entry(
        N_("This message is old and has been changed too often. Please ask for the palette again.")
    ),
    40005: _Entry(N_("My answer is too big for Discord. A smaller image may work.")),
    50027: _Entry(_TRANSIENT),  # the interaction expired: nobody can be told
    50083: _Entry(_CLOSED),
    160002: _Entry(_FORBIDDEN),
    160005: _Entry(_CLOSED),
    200000: _Entry(N_("This server's AutoMod blocked my answer.")),
    240000: _Entry(N_("Discord blocked my answer: it takes a link in it for harmful.")),
    400001: _Entry(N_("Discord doesn't let me send files in this server at the moment.")),
}
"""What says more than the type: Discord's own code of a refusal."""

_PASSING, _UNEXPECTED = "transient", "unexpected"
REASONS = (*(kind.__name__ for kind in _TABLE), *map(str, _CODES), _PASSING, _UNEXPECTED)
"""Under what errors are counted: all there are, so nothing of a request gets into metrics."""


def report(error: BaseException, language: Language = ENGLISH) -> str:
    """Log an error and return the sentence that users read about it, in their language.

    An error that is neither in the table nor transient is logged in full, with a code that is also
    in the sentence.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    reason, entry = _classify(error)
    metrics.REFUSALS[reason] += 1
    if entry:
        _log.log(entry.level, "%r", error)
        return language.say(entry.sentence, e=error)
    code = secrets.token_hex(3)
    _log.error("unexpected error %s", code, exc_info=error)
    return language.say(
        "Sorry, something went wrong on my side. In my log it's called `{code}`.", code=code
    )


def _classify(error: BaseException) -> tuple[str, _Entry | None]:
    """Return which of :data:`REASONS` an error is, and its entry unless it is unexpected."""
    if isinstance(error, discord.HTTPException) and error.code in _CODES:
        return str(error.code), _CODES[error.code]
    for kind in type(error).__mro__:
        if entry := _TABLE.get(kind):
            if isinstance(error, palette.UnsupportedFormatError):
                entry = _FORMATS.get(error.name, entry)
            return kind.__name__, entry
    if is_transient(error):
        return _PASSING, _Entry(_TRANSIENT, logging.WARNING)
    return _UNEXPECTED, None


async def send_error(interaction: Interaction, error: BaseException) -> None:
    """Report an error to the person who asked for something, and to nobody else."""
    sentence = report(error, language_of(interaction.locale))
    try:
        await _send_private(interaction, sentence)
    except DISCORD_ERRORS as failure:
        report(failure)


async def _send_private(interaction: Interaction, sentence: str) -> None:
    response = interaction.response
    if not response.is_done():
        await respond(lambda: response.send_message(sentence, ephemeral=True))
        return
    # Discord shows the first message after a public deferral to everyone, unless the deferral is
    # deleted before. The original response of an update is the reply itself.
    if response.type is discord.InteractionResponseType.deferred_channel_message:
        with contextlib.suppress(discord.NotFound):  # deleted by somebody, or at the first attempt
            await deliver(interaction.delete_original_response)
    await deliver(lambda: interaction.followup.send(sentence, ephemeral=True))


@contextlib.asynccontextmanager
async def reporting_refusals(interaction: Interaction) -> AsyncGenerator[None]:
    """Report a refusal instead of letting discord.py count it as a failure."""
    try:
        yield
    except REFUSALS as error:
        await send_error(interaction, error)


@contextlib.asynccontextmanager
async def reporting_errors(interaction: Interaction) -> AsyncGenerator[None]:
    """Report any error, which discord.py would only log."""
    try:
        yield
    except Exception as error:  # noqa: BLE001, nothing else reports it; logged if unexpected
        await send_error(interaction, error)
