"""What a link leads to: an image or, where a web page came instead, the picture that it names."""

from collections.abc import Callable
from dataclasses import replace

from yarl import URL

from bot.download.errors import NotFoundError, RefusedLinkError, WebPageError
from bot.language import Language
from bot.services import Interaction
from bot.sources.renewal import renewed
from bot.sources.source import Source, from_link
from bot.workers.job import Job, Result
from bot.workers.page import PictureSearch

_MAX_NAME = 40  # characters


async def process_linked(
    interaction: Interaction, source: Source, job: Callable[[bytes], Job[Result]], *, tenant: int
) -> tuple[Result, Source]:
    """Do what :meth:`~bot.services.Services.process` does, and return which image it was.

    The picture of a page is fetched like any link, once: if it is no image either, the page is what
    is wrong. Raises, beside what that raises, :class:`~bot.sources.errors.ExpiredLinkError`.
    """
    services = interaction.client.services
    source = await renewed(source, interaction.client)
    try:
        return await services.process(source, job, tenant=tenant), source
    except WebPageError as page:
        search = PictureSearch(page.html, page.url)
        address = await services.engine.run(search, tenant=tenant)
        if not address:
            raise
        picture = replace(from_link(address), spoiler=source.spoiler)
        try:
            return await services.process(picture, job, tenant=tenant), picture
        except (NotFoundError, RefusedLinkError, WebPageError) as error:
            raise page from error


def page_note(picture: Source, language: Language) -> str:
    """Return a line that says which picture of a page was used; nobody can press it."""
    url = URL(picture.url)
    shown = f"{url.raw_host or ''}/…/{url.raw_name}"
    if len(shown) > 2 * _MAX_NAME:
        shown = f"{shown[:_MAX_NAME]}…{shown[-_MAX_NAME:]}"
    return language.say(
        "-# That link is a web page. This is the picture it shows in previews: `{picture}`",
        picture=shown,
    )
