"""The modal of ``/palette-of-many``: the images, how many colours, and who sees the answer.

Nothing is kept of a modal that is open, so it can be submitted after a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from discord import SelectOption, ui

from bot.language import Language
from bot.sources.source import IMAGE_FILE_TYPES, Source, from_upload
from palette import MAX_COLORS, ColorCount

from .options import color_count
from .state import UnknownControlError

MANY_FORM = "palette-of-many"
"""The custom id of the form."""

MAX_FILES = 10  # of one upload

_IMAGES, _COLORS, _PRIVATE = "images", "colors", "private"


class ManyForm(ui.Modal):
    """The form; ``colors`` and ``private`` are what it shows as chosen."""

    def __init__(self, colors: ColorCount, language: Language, *, private: bool) -> None:
        say = language.say
        super().__init__(title=say("One palette of many"), timeout=None, custom_id=MANY_FORM)
        images = _ImageUpload(custom_id=_IMAGES, min_values=1, max_values=MAX_FILES)
        self.add_item(ui.Label[Any](text=say("Which images?"), component=images))
        counts: list[ColorCount] = ["auto", *range(1, MAX_COLORS + 1)]
        menu = ui.Select[Any](
            custom_id=_COLORS,
            options=[
                SelectOption(
                    label=color_count(count, language), value=str(count), default=count == colors
                )
                for count in counts
            ],
        )
        self.add_item(ui.Label[Any](text=say("How many colours?"), component=menu))
        box = ui.Checkbox[Any](custom_id=_PRIVATE, default=private)
        self.add_item(ui.Label[Any](text=say("Only you see the answer"), component=box))


class _ImageUpload(ui.FileUpload[Any]):
    """An upload of nothing but images; discord.py has no way to say so yet."""

    def to_component_dict(self) -> Any:  # noqa: ANN401, as discord.py's own, with one key more
        """Return the component as Discord receives it."""
        return {**super().to_component_dict(), "file_types": IMAGE_FILE_TYPES}


@dataclass(frozen=True, slots=True)
class ManyRequest:
    """What somebody filled in."""

    images: tuple[Source, ...]
    colors: ColorCount
    private: bool

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read a submitted form. Raises :class:`UnknownControlError` if it is another one."""
        try:
            parts: list[dict[str, Any]] = [label["component"] for label in data["components"]]
            filled = {part["custom_id"]: part for part in parts}
            uploads: dict[str, dict[str, Any]] = data["resolved"]["attachments"]
            (colors,) = filled[_COLORS]["values"]
            files = [uploads[number] for number in filled[_IMAGES]["values"]]
            return cls(
                tuple(from_upload(file["url"], file["filename"]) for file in files),
                "auto" if colors == "auto" else int(colors),
                private=bool(filled[_PRIVATE]["value"]),
            )
        except (KeyError, ValueError) as error:
            raise UnknownControlError from error
