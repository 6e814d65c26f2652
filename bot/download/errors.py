"""Why a download did not arrive.

FetchError                   anything that kept the bytes from arriving
├── RefusedLinkError         not a plain link to a public address
│   └── UnknownHostError     its name has no address
├── NotFoundError            the server has nothing there, or not for everyone
├── TooBigError              more bytes than allowed
├── TooSlowError             the bytes did not arrive in time
└── DownloadFailedError      the server or the way to it failed, again and again

None of them carries an address, a host or a status: a stranger's link must not become a probe of
the network that the bot runs in.
"""


class FetchError(Exception):
    """Anything that kept the bytes from arriving."""


class RefusedLinkError(FetchError):
    """The link, or one it redirects to, is not a plain http(s) link to a public address."""


class UnknownHostError(RefusedLinkError):
    """The host name has no address; users read the same as of any refusal, and learn no names."""


class NotFoundError(FetchError):
    """The server has nothing at this address, or shows it only to those who log in."""


class TooBigError(FetchError):
    """The file has more than ``limit`` bytes; hardly more than that were read."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    @property
    def limit_mib(self) -> float:
        """The limit in MiB."""
        return self.limit / 2**20


class TooSlowError(FetchError):
    """The bytes did not arrive in time."""


class DownloadFailedError(FetchError):
    """The server or the way to it failed, also when tried again."""
