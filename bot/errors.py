"""What went wrong, in the words of a user and at the level of a log."""

import logging
import secrets
from typing import Any, NamedTuple

import discord
from discord import app_commands

import palette

from . import engine, fetch_errors, guilds
from .language import ENGLISH, N_, Language, language_of

_STOPPING = N_("I am being restarted: please try again in a minute.")

_log = logging.getLogger(__name__)


REFUSALS = (palette.PaletteError, fetch_errors.FetchError, engine.EngineError)
"""What there may be instead of a palette in the normal course of things."""


class StoppingError(app_commands.CheckFailure):
    """The bot finishes what it has begun and takes nothing new."""


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
    # the work on it
    engine.BusyError: _Entry(
        N_("I have a lot to do right now: please try again in {e.retry_after:.0f} s.")
    ),
    engine.ClosedError: _Entry(_STOPPING),
    engine.TimeLimitError: _Entry(
        N_("This image took me too long, so I gave up."), logging.WARNING
    ),
    engine.MemoryLimitError: _Entry(N_("This image needs too much memory."), logging.WARNING),
    engine.WorkerDiedError: _Entry(N_("This image was too much for me, sorry."), logging.ERROR),
    # Discord
    StoppingError: _Entry(_STOPPING),
    guilds.NotAdmittedError: _Entry(
        N_("In this server only people with one of these roles may use me: {e.roles}")
    ),
    discord.Forbidden: _Entry(N_("I am not allowed to do that here.")),
    discord.NotFound: _Entry(N_("What this was about is gone.")),
    discord.DiscordServerError: _Entry(
        N_("Discord has a problem: please try again."), logging.WARNING
    ),
}


def report(error: BaseException, language: Language = ENGLISH) -> str:
    """Log an error and return the sentence that tells it to a user, in their language.

    An error that is not in the table is logged in full, with a code that is also in the sentence.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    for kind in type(error).__mro__:
        if entry := _TABLE.get(kind):
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
        if not interaction.response.is_done():
            await interaction.response.send_message(sentence, ephemeral=True)
            return
        # Discord makes the first message after a public deferral public: fill it, tell, remove it.
        await interaction.edit_original_response(content=sentence)
        await interaction.followup.send(sentence, ephemeral=True)
        await interaction.delete_original_response()
    except discord.HTTPException as failure:
        report(failure)
