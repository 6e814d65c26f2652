"""Why it is not clear which image is meant, or where it is.

SourceError
├── AmbiguousSourceError     more than one was pointed at
├── NotCustomEmojiError      an emoji that Discord has no image of
├── MessageLinkError         a link to a message, not to an image
├── ExpiredLinkError         a link to a file on Discord that is too old
├── DeletedError             the message was deleted in the meantime
├── ImageGoneError           the image is no longer where the reply found it
├── NoneReadableError        none of several images can be read
├── NoImageError             the message has none
│   ├── VectorStickerError   … but an animated drawing
│   └── NothingSentError     … and was sent to nobody but the bot
├── NoRecentImageError       none of the newest messages has one
└── UnreadableError          the bot may not see the messages
"""


class SourceError(Exception):
    """It is not clear which image is meant, or it is gone."""


class AmbiguousSourceError(SourceError):
    """More than one image was pointed at."""


class NotCustomEmojiError(SourceError):
    """The text is not a custom emoji; other emoji look different on each device."""


class MessageLinkError(SourceError):
    """The link leads to a message on Discord, not to an image."""


class ExpiredLinkError(SourceError):
    """The link to a file on Discord is too old, and Discord gives no new one."""


class DeletedError(SourceError):
    """The message with the image was deleted while the bot worked on it."""


class ImageGoneError(SourceError):
    """The image is no longer where the reply found it."""


class NoneReadableError(SourceError):
    """None of several images can be read."""


class NoImageError(SourceError):
    """The message has no image."""


class VectorStickerError(NoImageError):
    """The message has nothing but a Lottie sticker, which is an animated drawing, not an image."""


class NothingSentError(NoImageError):
    """The message has no image, and was sent to nobody but the bot."""


class NoRecentImageError(SourceError):
    """None of the newest ``count`` messages has an image."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class UnreadableError(SourceError):
    """The bot may not see the messages in which the image would be."""
