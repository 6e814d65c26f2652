"""What the reply to a post says: the palettes of its images, or why there are none."""

import asyncio
from collections.abc import Callable, Iterable

import palette
from bot.delivery import DISCORD_ERRORS
from bot.download.errors import TooBigError
from bot.errors import report
from bot.language import Language
from bot.reply.options import Options
from bot.reply.panel import PaletteEntry
from bot.requests.request import Request
from bot.requests.running import StoppingError
from bot.services import Services
from bot.sources.attachments import may_be_image
from bot.sources.errors import DeletedError, SourceError
from bot.sources.message import truncation_note
from bot.sources.reference import images_meant
from bot.sources.source import Kind, Source
from bot.turns import ClosedError
from bot.workers.job import Job
from bot.workers.jobs import CopyMode, Outcome

from .channel import permissions_in
from .post import Post

MAX_IMAGES = 4  # of one message
# Seconds from a post until an unasked reply, where a proxy may post it anew and then delete it.
# PluralKit deletes it one second after that, and posting an image anew takes a while, too.
PROXY_DELAY = 3.0


async def find_parts(
    services: Services, post: Post, request: Request, *, can_read_again: bool
) -> list[PaletteEntry | str]:
    """Return what the reply says about a post's own images, or else those it replies to.

    What goes wrong is told only to those who asked. ``can_read_again`` says whether the controls of
    the reply will find the images again. Raises
    :class:`~bot.requests.running.StoppingError` if the next process can answer instead.
    """
    settings, language = request.settings, request.language
    options = Options(settings.colors, settings.style, order=settings.order)
    copy: CopyMode = "none" if can_read_again else "new"
    images = post.images
    if not post.images:
        copy = "new"
        try:
            images = await images_meant(post.message)
        except (SourceError, *DISCORD_ERRORS) as error:
            return [report(error, language)]
    job = options.job(language, copy, compact=len(images) > 1)
    results = await _results(services, post, images[:MAX_IMAGES], job, request)
    left = post.keys_left
    if not post.images:
        if any(watch.is_gone for watch in post.watches.values()):
            return [report(DeletedError(), language)]
        left = {image.key for image in images}
    parts: list[PaletteEntry | str] = []
    for number, (image, result) in enumerate(zip(images, results, strict=False), start=1):
        if image.key not in left:
            continue
        if isinstance(result, Outcome):
            parts.append(PaletteEntry(result, options, image))
            continue
        line = _error_line(_reason(result, image), number, len(images), language)
        if post.asked:
            parts.append(line)
    if len(parts) == MAX_IMAGES < len(images):
        parts.append(truncation_note(MAX_IMAGES, len(images), language))
    return parts


async def _results(
    services: Services,
    post: Post,
    images: Iterable[Source],
    job: Callable[[bytes], Job[Outcome]],
    request: Request,
) -> list[Outcome | BaseException]:
    """Return the palettes of images, or why there are none, once a proxy would be done."""
    may_be_proxied = request.settings.proxied and not post.asked and post.message.webhook_id is None
    wait = asyncio.create_task(asyncio.sleep(PROXY_DELAY if may_be_proxied else 0))
    results = await asyncio.gather(
        *(services.process(image, job, tenant=request.tenant) for image in images),
        return_exceptions=True,
    )
    await wait
    if any(isinstance(result, ClosedError) for result in results) and _is_found_again(post):
        raise StoppingError
    return results


def _is_found_again(post: Post) -> bool:
    """Return whether the next process finds a post that is left unanswered now."""
    return post.message.guild is not None and permissions_in(post.message).read_message_history


def _reason(error: BaseException, image: Source) -> BaseException:
    """Return why there is no palette: a large file that is no image is not too large a one."""
    is_file = image.kind is Kind.FILE
    if isinstance(error, TooBigError) and is_file and not may_be_image(image.name, None):
        return palette.NotAnImageError("This file is not an image.")
    return error


def _error_line(error: BaseException, number: int, count: int, language: Language) -> str:
    sentence = report(error, language)
    if count == 1:
        return sentence
    return language.say("Image {number}: {sentence}", number=number, sentence=sentence)
