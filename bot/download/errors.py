"""What can keep a download from arriving, as a tree of types.

    FetchError                   anything that kept the bytes from arriving
    ├── RefusedLinkError         not a plain link to a public address
    │   └── UnknownHostError     its name has no address
    ├── NotFoundError            the server has nothing there, or not for everyone
    ├── TooBigError              more bytes than allowed
    ├── TooSlowError             the bytes did not arrive in time
    └── DownloadFailedError      the server or the way to it failed, again and again

Every error is one sentence when printed. None of them names an address, a host or a status: a
stranger's link must not become a probe of the network the bot runs in.
"""


class FetchError(Exception):
    """Anything that kept the bytes from arriving; the sentence is fit for a user to read."""


class RefusedLinkError(FetchError):
    """The link, or one it redirects to, is no plain http(s) link to a public address."""

    def __init__(self) -> None:
        super().__init__("This link does not lead to a public place on the web.")


class UnknownHostError(RefusedLinkError):
    """The host name has no address; told like any refusal, so that no name can be guessed."""


class NotFoundError(FetchError):
    """The server has nothing at this address, or shows it only to those who log in."""

    def __init__(self) -> None:
        super().__init__("There is nothing to download here, or not for everyone.")


class TooBigError(FetchError):
    """The file has more than ``limit`` bytes; hardly more than that were read."""

    def __init__(self, limit: int) -> None:
        self.limit_mib = limit / 2**20
        super().__init__(f"The file is larger than the {self.limit_mib:g} MiB allowed.")
        self.limit = limit


class TooSlowError(FetchError):
    """The bytes did not arrive in time."""

    def __init__(self) -> None:
        super().__init__("The download took too long.")


class DownloadFailedError(FetchError):
    """The server or the way to it failed, also when tried again."""

    def __init__(self) -> None:
        super().__init__("The download failed. It may work later.")
