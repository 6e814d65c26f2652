"""Why a download failed.

FetchError                   the file could not be fetched
├── RefusedLinkError         not an ordinary web link to a public address
│   └── UnknownHostError     the host name has no address
├── NotFoundError            the server has nothing there, or wants a login
├── TooBigError              more bytes than allowed
├── WebPageError             a web page came instead of an image
├── TooSlowError             the bytes did not arrive in time
└── DownloadFailedError      the server or the network failed, even after retries

None of them tells an address, a host or a status: links must not become a way to probe the network
that the bot runs in.
"""


class FetchError(Exception):
    """The file could not be fetched."""


class RefusedLinkError(FetchError):
    """The link, or one it redirects to, is not an ordinary http(s) link to a public address."""


class UnknownHostError(RefusedLinkError):
    """The host name has no address; users must not be able to tell this from other refusals."""


class NotFoundError(FetchError):
    """The server has nothing at this address, or shows it only after a login."""


class TooBigError(FetchError):
    """The file has more than ``limit`` bytes; the rest was not read."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    @property
    def limit_mib(self) -> float:
        """The limit in MiB."""
        return self.limit / 2**20


class WebPageError(FetchError):
    """A web page came instead of an image: ``html``, or its beginning, from the address ``url``."""

    def __init__(self, html: bytes, url: str) -> None:
        super().__init__()
        self.html = html
        self.url = url


class TooSlowError(FetchError):
    """The bytes did not arrive in time."""


class DownloadFailedError(FetchError):
    """The server or the network failed, even after retries."""
