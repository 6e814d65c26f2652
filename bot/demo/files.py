"""The pictures of the demo: what is posted, what people look like, what the page shows."""

import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import discord
import simcord
from PIL import Image, ImageOps
from yarl import URL

from palette import PaletteError, source_copy


def sample_photos() -> list[Path]:
    """Return the two photos that come with scikit-learn."""
    folder = Path(str(files("sklearn.datasets.images")))
    return [folder / "china.jpg", folder / "flower.jpg"]


def avatars_of(users: Iterable[simcord.UserHandle]) -> dict[str, bytes]:
    """Return avatars of up to two users, by the paths that Discord gives them."""
    return {
        f"/avatars/{user.id}/{user.avatar}.png": _middle(photo)
        for user, photo in zip(users, sample_photos(), strict=False)
    }


def swap_for_copies(env: simcord.Env, messages: Iterable[discord.Message]) -> Mapping[str, bytes]:
    """Let the page show copies of posted pictures; return the originals, by their paths.

    The page shows no large pictures, and not all formats.
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


def _middle(photo: Path) -> bytes:
    file = io.BytesIO()
    ImageOps.fit(Image.open(photo), (256, 256)).save(file, "PNG")
    return file.getvalue()
