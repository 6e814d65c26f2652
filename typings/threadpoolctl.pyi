# The one class this project uses; threadpoolctl ships no types.

from contextlib import AbstractContextManager

class ThreadpoolController:
    def limit(self, *, limits: int) -> AbstractContextManager[None]: ...
