"""What downloads may cost."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much, how long, how many.

    ``max_bytes`` is counted after decompression. ``total_seconds`` covers redirects, retries and
    the body, ``idle_seconds`` each wait for the next bytes; waiting for one's turn costs none of
    them. ``parallel`` files are in memory at most, in download or in use: four a worker are
    enough that it finds its next picture there. What would wait longer than ``max_wait`` is
    refused; a user can be answered for 15 minutes.
    """

    max_bytes: int = 20 * 2**20
    total_seconds: float = 30
    idle_seconds: float = 10
    max_redirects: int = 3
    attempts: int = 4
    parallel: int = 8
    max_wait: float = 600

    def for_strangers(self) -> "FetchLimits":
        """Return shorter limits, for who chooses the server chooses its speed, too."""
        return replace(
            self,
            total_seconds=self.total_seconds / 3,
            idle_seconds=self.idle_seconds / 3,
            parallel=max(1, self.parallel // 4),
        )
