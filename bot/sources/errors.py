"""Why it is not clear which image is meant.

SourceError
├── AmbiguousSourceError     more than one was pointed at
├── NotCustomEmojiError      an emoji that is no picture on Discord
├── DeletedError             the message was deleted meanwhile
├── NoImageError             the message has none
│   └── VectorStickerError   … but an animated drawing
└── NoRecentImageError       none of the newest messages has one
    └── UnreadableError      … as far as the bot can see
"""


class SourceError(Exception):
    """It is not clear which image is meant."""


class AmbiguousSourceError(SourceError):
    """More than one image was pointed at."""


class NotCustomEmojiError(SourceError):
    """The text is no custom emoji; other emoji look different on each device."""


class NoImageError(SourceError):
    """The message has no image."""


class DeletedError(SourceError):
    """The message with the image was deleted while it was worked on."""


class VectorStickerError(NoImageError):
    """The message has nothing but a Lottie sticker, which is a drawing in motion, not an image."""


class NoRecentImageError(SourceError):
    """None of the newest ``count`` messages has an image."""

    def __init__(self, count: int) -> None:
        super().__init__(f"There is no image among the last {count} messages.")
        self.count = count


class UnreadableError(SourceError):
    """The bot may not see the messages in which the image would be."""
