"""What went wrong, in the words of a user and at the level of a log."""

import logging
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import discord
from discord import app_commands

import palette

from .requests import cooldowns as cooldown
from .workers import engine
from .download import errors as fetch_errors
from .guilds import guild_settings as guilds, store
from .sources import errors as source_errors
from bot.sources.errors import PictureGoneError
from bot.reply.state import UnknownControlError
from .delivery import FAULTS, deliver, may_pass, respond
from .language import ENGLISH, N_, Language, language_of
from bot.requests.running import StoppingError

_PASSING = N_("Discord has a problem: please try again.")
_GONE = N_("The message or channel this was about is gone.")
_STOPPING = N_("I am being restarted: please try again in a minute.")

_log = logging.getLogger(__name__)


REFUSALS = (
    palette.PaletteError,
    fetch_errors.FetchError,
    engine.EngineError,
    source_errors.SourceError,
    cooldown.CooldownError,
)
"""What there may be instead of a palette in the normal course of things."""


class _Entry(NamedTuple):
    """How one type of error is told; ``sentence`` is formatted with the error as ``e``."""

    sentence: str
    level: int = logging.INFO


_TABLE: dict[type[BaseException], _Entry] = {
    # what is asked for
    palette.ColorCountError: _Entry(N_("A palette has 1 to 20 colours.")),
    palette.UnknownFormatError: _Entry(N_("I do not know this kind of palette file.")),
    palette.ChoiceError: _Entry(N_("These colours cannot be kept or left out.")),
    palette.TooManyKeptError: _Entry(
        N_("I cannot keep {e.kept} colours in a palette of {e.colors}: please choose fewer.")
    ),
    source_errors.AmbiguousSourceError: _Entry(
        N_("Please give me only one of these: an image, a link, a user or an emoji.")
    ),
    source_errors.NotCustomEmojiError: _Entry(
        N_("I can look at custom emoji only: the others look different on every kind of device.")
    ),
    source_errors.VectorStickerError: _Entry(
        N_("This sticker is an animated drawing (Lottie), which I cannot look at.")
    ),
    source_errors.DeletedError: _Entry(_GONE),
    source_errors.NoImageError: _Entry(N_("There is no image in this message.")),
    source_errors.NoRecentImageError: _Entry(
        N_("I see no image in the last {e.count} messages here: please give me one.")
    ),
    source_errors.UnreadableError: _Entry(
        N_(
            "I cannot see the messages here: please give me the image, "
            "or right-click its message → Apps → Palette."
        )
    ),
    cooldown.UserCooldownError: _Entry(
        N_("You are faster than I am: please try again in {e.seconds} s.")
    ),
    cooldown.ServerCooldownError: _Entry(
        N_("This server keeps me busy: please try again in {e.seconds} s.")
    ),
    # the image
    palette.NotAnImageError: _Entry(N_("This file is empty or no image, whatever its name says.")),
    palette.UnsupportedFormatError: _Entry(
        N_("I cannot open this kind of image: try PNG, JPEG, WebP, GIF, AVIF, HEIC, BMP or TIFF.")
    ),
    palette.TruncatedImageError: _Entry(
        N_("This image is damaged or incomplete: please send it again.")
    ),
    palette.ImageTooLargeError: _Entry(
        N_(
            "This image has {e.megapixels:.0f} megapixels, "
            "more than the {e.most_megapixels:g} that I can look at."
        )
    ),
    palette.FullyTransparentError: _Entry(
        N_("This image is fully transparent: there is no colour to see.")
    ),
    palette.NothingLeftError: _Entry(
        N_("Without the colours you left out, nothing remains of this image.")
    ),
    # its way here
    fetch_errors.RefusedLinkError: _Entry(
        N_("This link does not lead to a public place on the web.")
    ),
    fetch_errors.NotFoundError: _Entry(N_("I could not find this image: is it still there?")),
    fetch_errors.TooBigError: _Entry(
        N_("This file is larger than the {e.limit_mib:g} MiB that I download.")
    ),
    fetch_errors.TooSlowError: _Entry(N_("The download took too long: please try again later.")),
    fetch_errors.DownloadFailedError: _Entry(N_("The download failed: please try again later.")),
    # the controls under a reply
    UnknownControlError: _Entry(
        N_("I have changed since I made these controls: please ask for the palette again.")
    ),
    PictureGoneError: _Entry(
        N_(
            "The image this palette was made from is gone, so I cannot do that. "
            "What needs only the colours still works."
        )
    ),
    # the work on it
    engine.BusyError: _Entry(
        N_("I have a lot to do right now: please try again in {e.retry_after:.0f} s.")
    ),
    engine.ClosedError: _Entry(_STOPPING),
    engine.TimeLimitError: _Entry(
        N_("This image took me too long, so I gave up."), logging.WARNING
    ),
    engine.MemoryLimitError: _Entry(N_("This image needs too much memory."), logging.WARNING),
    engine.WorkerDiedError: _Entry(N_("I could not process this image, sorry."), logging.ERROR),
    # a server's settings
    store.StoreError: _Entry(
        N_("I could not save this: please try again in a minute."), logging.WARNING
    ),
    app_commands.NoPrivateMessage: _Entry(
        N_("I have settings only for servers that I am a member of.")
    ),
    app_commands.MissingPermissions: _Entry(
        N_("Only people who manage this server can change my settings.")
    ),
    # Discord
    StoppingError: _Entry(_STOPPING),
    guilds.NotAdmittedError: _Entry(
        N_("In this server only people with one of these roles may use me: {e.roles}")
    ),
    discord.Forbidden: _Entry(N_("I am not allowed to do that here.")),
    discord.NotFound: _Entry(_GONE),
}


def report(error: BaseException, language: Language = ENGLISH) -> str:
    """Log an error and return the sentence that tells it to a user, in their language.

    One that is neither in the table nor a passing fault of the network is logged in full, with a
    code that is also in the sentence.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    known = filter(None, map(_TABLE.get, type(error).__mro__))
    entry = next(known, _Entry(_PASSING, logging.WARNING) if may_pass(error) else None)
    if entry:
        _log.log(entry.level, "%s: %s", type(error).__name__, error)
        return language.say(entry.sentence, e=error)
    code = secrets.token_hex(3)
    _log.error("unexpected error %s", code, exc_info=error)
    return language.say(
        "Something went wrong on my side, sorry. In my log it is called `{code}`.", code=code
    )


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Report an error to the person who asked for something, and to nobody else."""
    sentence = report(error, language_of(interaction.locale))
    try:
        await _tell(interaction, sentence)
    except FAULTS as failure:
        report(failure)


async def _tell(interaction: discord.Interaction[Any], sentence: str) -> None:
    response = interaction.response
    if not response.is_done():
        await respond(lambda: response.send_message(sentence, ephemeral=True))
        return
    # Discord makes the first message after a public deferral public: fill it, tell, remove it. The
    # original of an update is the reply itself.
    has_promised = response.type is discord.InteractionResponseType.deferred_channel_message
    if has_promised:
        await deliver(lambda: interaction.edit_original_response(content=sentence))
    await deliver(lambda: interaction.followup.send(sentence, ephemeral=True))
    if has_promised:
        await deliver(interaction.delete_original_response)


@asynccontextmanager
async def telling(interaction: discord.Interaction[Any]) -> AsyncGenerator[None]:
    """End the block at a refusal, which is told: discord.py is not to count it as a failure."""
    try:
        yield
    except REFUSALS as error:
        await tell(interaction, error)


@asynccontextmanager
async def handling(interaction: discord.Interaction[Any]) -> AsyncGenerator[None]:
    """End the block at any error, which is told, as it is of commands: discord.py only logs it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001, nobody else tells it; logged if unexpected
        await tell(interaction, error)
