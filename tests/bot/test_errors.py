"""Users read one sentence about every error."""

import itertools
import logging
import re
from collections.abc import Iterator

import aiohttp
import pytest

import palette
from bot.download.errors import FetchError, TooBigError
from bot.errors import report
from bot.requests.cooldowns import CooldownError, ServerCooldownError, UserCooldownError
from bot.sources.errors import NoRecentImageError, SourceError
from bot.turns import BusyError, ClosedError
from bot.workers.errors import EngineError, TimeLimitError

ARGUMENTS = {
    palette.ImageTooLargeError: (30_000, 10_000, 100_000_000),
    palette.TooManyKeptError: (3, 2),
    TooBigError: (20 * 2**20,),
    BusyError: (3.7,),
    TimeLimitError: (20,),
    NoRecentImageError: (50,),
    UserCooldownError: (3.2,),
    ServerCooldownError: (3.2,),
}


def leaves(kind: type[Exception]) -> Iterator[type[Exception]]:
    children = kind.__subclasses__()
    return itertools.chain.from_iterable(map(leaves, children)) if children else iter([kind])


@pytest.mark.parametrize(
    "kind",
    [
        *leaves(palette.PaletteError),
        *leaves(FetchError),
        *leaves(EngineError),
        BusyError,
        ClosedError,
        *leaves(SourceError),
        *leaves(CooldownError),
    ],
)
def test_every_error_of_ours_has_its_sentence(
    kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    sentence = report(kind(*ARGUMENTS.get(kind, ())))
    assert re.fullmatch(r"[A-Z][^{}\n]*[.?!]", sentence)
    (record,) = caplog.records
    assert kind.__name__ in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize(
    "fault", [aiohttp.ServerDisconnectedError(), ConnectionResetError(), TimeoutError()]
)
def test_a_fault_of_the_network_is_no_bug_of_ours(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert report(fault) == "Discord is having trouble. Please try again."
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.exc_info is None


def test_figures_are_in_the_sentence() -> None:
    assert "in 4 s" in report(BusyError(3.7))
    assert "in 4 s" in report(UserCooldownError(3.2))
    assert "20 MiB" in report(TooBigError(20 * 2**20))
    assert "300 megapixels" in report(palette.ImageTooLargeError(30_000, 10_000, 10**8))


def test_an_unexpected_error_is_logged_in_full_under_the_code_that_users_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sentence = report(KeyError("secret"))
    code = re.search("`(.+)`", sentence)
    assert code is not None
    assert "secret" not in sentence
    assert code[1] in caplog.text
    assert "KeyError: 'secret'" in caplog.text


def test_a_fault_of_this_machine_is_not_called_discords(caplog: pytest.LogCaptureFixture) -> None:
    assert "in my log" in report(FileNotFoundError("a file of mine")).lower()
    assert "FileNotFoundError" in caplog.text
