"""The images of the demo: sample photos, avatars, and what the page shows."""

import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import discord
import simcord
from PIL import Image, ImageOps
from yarl import URL

from bot.chips.chips import color_of
from bot.chips.image import draw_chip
from palette import PaletteError, source_copy


def sample_photos() -> list[Path]:
    """Return the two photos that come with scikit-learn."""
    folder = Path(str(files("sklearn.datasets.images")))
    return [folder / "china.jpg", folder / "flower.jpg"]


def avatars_of(users: Iterable[simcord.UserHandle]) -> dict[str, bytes]:
    """Return the avatars of up to two users, by their paths on Discord's CDN."""
    return {
        f"/avatars/{user.id}/{user.avatar}.png": _square_png(photo)
        for user, photo in zip(users, sample_photos(), strict=False)
    }


def replace_with_copies(
    env: simcord.Env, messages: Iterable[discord.Message]
) -> Mapping[str, bytes]:
    """Replace posted images with small copies; return the originals, by their paths on the CDN.

    The page cannot show large images, or every format. Files that are not images stay.
    """
    originals: dict[str, bytes] = {}
    cdn = env.backend.cdn
    for message in messages:
        for file in message.attachments:
            original = cdn.get(file.url) or b""
            with suppress(PaletteError):
                copy = source_copy(original).data
                cdn.store_attachment(file.id, message.channel.id, file.filename, copy, None)
                originals[URL(file.url).path] = original
    return originals


def serve_chips(env: simcord.Env) -> None:
    """Put the chips of colours on the CDN: the simulation keeps only the names of emoji."""
    cdn = env.backend.cdn
    get_file = cdn.get

    def get(url: str) -> bytes | None:
        folder, _, file = URL(url).path.rpartition("/")
        emoji_id = file.removesuffix(".png")
        if folder == "/emojis" and emoji_id.isdecimal():
            emoji = env.backend.application_emojis.get(int(emoji_id))
            if emoji is not None and (rgb := color_of(emoji.name)) is not None:
                return draw_chip(rgb)
        return get_file(url)

    cdn.get = get


def _square_png(photo: Path) -> bytes:
    file = io.BytesIO()
    ImageOps.fit(Image.open(photo), (256, 256)).save(file, "PNG")
    return file.getvalue()
