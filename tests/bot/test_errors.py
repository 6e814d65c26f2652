"""Each error has one sentence for users and one line in the log."""

import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace

import aiohttp
import discord
import pytest

import palette
from bot import metrics
from bot.download.errors import FetchError, TooBigError, UnknownHostError, WebPageError
from bot.errors import REASONS, report
from bot.guilds.database import StoreError
from bot.guilds.guild_settings import NotAllowedError
from bot.language import language_of
from bot.reply.state import UnknownControlError
from bot.requests.cooldowns import CooldownError, ServerCooldownError, UserCooldownError
from bot.requests.running import StoppingError
from bot.sources.errors import NoRecentImageError, SourceError
from bot.turns import BusyError, ClosedError
from bot.workers.errors import EngineError, TimeLimitError
from tests.bot.catalogues import BRITISH, TRANSLATIONS

ARGUMENTS = {
    palette.ImageTooLargeError: (30_000, 10_000, 100_000_000),
    palette.TooManyKeptError: (3, 2),
    TooBigError: (20 * 2**20,),
    WebPageError: (b"<html>", "https://example.org"),
    BusyError: (3.7,),
    TimeLimitError: (20,),
    NoRecentImageError: (50,),
    UserCooldownError: (3.2,),
    ServerCooldownError: (3.2,),
    NotAllowedError: (frozenset({1}),),
}
FAMILIES = (palette.PaletteError, FetchError, EngineError, SourceError, CooldownError)
OTHERS = (BusyError, ClosedError, NotAllowedError, StoppingError, StoreError, UnknownControlError)

REFUSED = SimpleNamespace(status=403, reason="Forbidden")  # the answer


def descendants(kind: type[Exception]) -> Iterator[type[Exception]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


FOUND = {kind for family in FAMILIES for kind in descendants(family)} - {palette.ImageError}
HIDDEN = [UnknownHostError]  # nobody may tell these from others
KINDS = [*sorted(FOUND, key=lambda kind: kind.__name__), *OTHERS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_the_bot_has_its_sentence_and_one_line_in_the_log(
    kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    sentence = report(kind(*ARGUMENTS.get(kind, ())), language_of("en"))
    assert re.fullmatch(r"[A-Z][^{}\n]*[.?!>]", sentence)
    (record,) = caplog.records
    assert kind.__name__ in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_in_the_readers_language(kind: type[Exception]) -> None:
    error = kind(*ARGUMENTS.get(kind, ()))
    english = report(error, language_of("en"))
    assert all(report(error, language_of(code)) != english for code in TRANSLATIONS)
    assert not BRITISH.search(report(error, language_of("en-US")))


@pytest.mark.parametrize(
    "fault", [aiohttp.ServerDisconnectedError(), ConnectionResetError(), TimeoutError()]
)
def test_a_fault_of_the_network_is_a_warning_without_traceback(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert report(fault) == "Discord is having trouble. Please try again."
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.exc_info is None


def test_sentences_contain_the_figures() -> None:
    assert "in 4 s" in report(BusyError(3.7))
    assert "in 4 s" in report(UserCooldownError(3.2))
    assert "20 MiB" in report(TooBigError(20 * 2**20))
    assert "300 megapixels" in report(palette.ImageTooLargeError(30_000, 10_000, 10**8))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Photoshop", "(Photoshop)"),
        ("Video", "a video"),
        ("Raw", "raw"),
        ("TIFF", "TIFF"),
        ("JPEG", "JPEG"),
    ],
)
def test_what_cannot_be_read_is_called_what_it_is(name: str, words: str) -> None:
    error = palette.UnsupportedFormatError("A sentence.", name)
    english = report(error)
    assert words in english
    assert re.fullmatch(r"[A-Z][^{}\n]*[.]", english)
    assert all(report(error, language_of(code)) != english for code in TRANSLATIONS)


def test_an_unexpected_error_is_logged_in_full_under_the_code_that_users_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sentence = report(KeyError("secret"))
    code = re.search("`(.+)`", sentence)
    assert code is not None
    assert "secret" not in sentence
    assert code[1] in caplog.text
    assert "KeyError: 'secret'" in caplog.text


def test_a_fault_of_this_machine_is_not_blamed_on_discord(caplog: pytest.LogCaptureFixture) -> None:
    assert "in my log" in report(FileNotFoundError("a file of the bot")).lower()
    assert "FileNotFoundError" in caplog.text


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        *((kind(*ARGUMENTS.get(kind, ())), kind.__name__) for kind in KINDS if kind not in HIDDEN),
        *((kind(), kind.__base__.__name__) for kind in HIDDEN),
        (palette.UnsupportedFormatError("A sentence.", "Video"), "UnsupportedFormatError"),
        (discord.Forbidden(REFUSED, {"code": 50013, "message": "Missing"}), "Forbidden"),
        (discord.Forbidden(REFUSED, {"code": 200000, "message": "Blocked"}), "200000"),
        (ConnectionResetError("example.org"), "transient"),
        (LookupError("123456789012345678"), "unexpected"),
        (discord.HTTPException(REFUSED, {"code": 12345, "message": "New"}), "unexpected"),
    ],
)
def test_every_error_is_counted_once_for_one_of_a_few_reasons(
    error: Exception, reason: str
) -> None:
    before = metrics.REFUSALS.copy()
    report(error)
    assert metrics.REFUSALS - before == {reason: 1}
    assert reason in REASONS


def test_no_two_errors_are_counted_under_one_name() -> None:
    assert len(set(REASONS)) == len(REASONS)
