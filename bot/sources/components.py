"""The images and files that the components of a message show."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from discord.components import (
    Component,
    Container,
    FileComponent,
    MediaGalleryComponent,
    SectionComponent,
    ThumbnailComponent,
    UnfurledMediaItem,
)


class ShownMedia(NamedTuple):
    """What one component shows; ``filename`` if it shows no more than a file's name."""

    media: UnfurledMediaItem
    spoiler: bool
    filename: str | None = None


def media_in(components: Sequence[Component], *, spoiler: bool = False) -> Iterator[ShownMedia]:
    """Yield all media that components show, in order; ``spoiler`` hides everything."""
    for component in components:
        match component:
            case Container():
                yield from media_in(component.children, spoiler=spoiler or component.spoiler)
            case SectionComponent():
                yield from media_in([component.accessory], spoiler=spoiler)
            case MediaGalleryComponent():
                for item in component.items:
                    yield ShownMedia(item.media, spoiler or item.spoiler)
            case ThumbnailComponent():
                yield ShownMedia(component.media, spoiler or component.spoiler)
            case FileComponent():
                name = component.name or component.media.url
                yield ShownMedia(component.media, spoiler or component.spoiler, name)
            case _:
                pass
