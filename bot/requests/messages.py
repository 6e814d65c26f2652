"""Messages that are deleted while somebody is at work on them."""

from collections.abc import Iterable
from weakref import WeakValueDictionary


class Watch:
    """Whether a message was deleted since it is watched; hold on to it as long as that matters."""

    def __init__(self) -> None:
        self.is_gone = False


class Deletions:
    """Tells those who watch a message that it was deleted, as far as Discord tells the bot."""

    def __init__(self) -> None:
        self._watched: WeakValueDictionary[int, Watch] = WeakValueDictionary()

    def watch(self, message_id: int) -> Watch:
        """Watch a message from now on."""
        return self._watched.setdefault(message_id, Watch())

    def see(self, message_ids: Iterable[int]) -> None:
        """Tell that messages were deleted."""
        for message_id in message_ids:
            if watch := self._watched.get(message_id):
                watch.is_gone = True
