"""Settings come from the environment; what is wrong with them is explained in one sentence."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import AccountSettings, Listen, Rate, Settings, SettingsError
from tests.bot.account import APPLICATION_ID, TOKEN

EXAMPLE = Path(__file__).parents[2] / ".env.example"
PASSWORD = "hunter2"  # noqa: S105, made up


@pytest.fixture(autouse=True)
def _no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_only_the_token_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = AccountSettings.load()
    assert settings.listen is Listen.EVERYWHERE
    assert settings.colors == 10
    assert settings.application_id == APPLICATION_ID


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        f"DISCORD_TOKEN={TOKEN}\nLISTEN=off\nCOLORS=5\nUSER_LIMIT=3/20\n", encoding="utf-8"
    )
    monkeypatch.setenv("LISTEN", "mentions")
    settings = AccountSettings.load()
    assert settings.listen is Listen.MENTIONS
    assert settings.colors == 5
    assert settings.user_limit == Rate(3, 20)


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DISCORD_TOKEN", None, "DISCORD_TOKEN is not set: copy it from https://discord.com"),
        ("DISCORD_TOKEN", "", "DISCORD_TOKEN is not set: copy it from https://discord.com"),
        ("DISCORD_TOKEN", "hunter2", "DISCORD_TOKEN does not look like a bot token: copy"),
        ("DISCORD_TOKEN", "bm90.a.number", "DISCORD_TOKEN does not look like a bot token: copy"),
        ("LISTEN", "sometimes", "LISTEN should be 'everywhere', 'mentions' or 'off'."),
        ("COLORS", "21", "COLORS should be less than or equal to 20."),
        ("COLORS", "ten", "COLORS should be a valid integer"),
        ("MAX_BYTES", "much", "MAX_BYTES should be a number of bytes such as 20MiB."),
        ("WORKERS", "0", "WORKERS should be greater than or equal to 1."),
        ("TIME_LIMIT", "-1", "TIME_LIMIT should be greater than 0."),
        ("USER_LIMIT", "10", "USER_LIMIT should be requests/seconds such as 10/60."),
        ("SERVER_LIMIT", "0/60", "SERVER_LIMIT should be requests/seconds such as 10/60."),
        ("ENGINE", "dask", "ENGINE should be local, tcp://host:port or tls://host:port."),
        ("ENGINE", "tcp://cluster", "ENGINE should be local, tcp://host:port or tls://host:port."),
        ("ENGINE", "tcp://10.0.0.1:8786", "ENGINE may use tcp:// on this machine only, since"),
        ("ENGINE", "tcp://localhost.example:8786", "ENGINE may use tcp:// on this machine only"),
        ("ENGINE", "tls://cluster:8786", "ENGINE needs CLUSTER_CA, CLUSTER_CERT and CLUSTER_KEY"),
        ("CLUSTER_KEY", "/missing.pem", "CLUSTER_KEY should be the path of a file."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."),
    ],
)
def test_what_is_missing_or_wrong_is_explained_in_one_sentence_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, remedy: str
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        AccountSettings.load()
    sentence = str(raised.value)
    assert sentence.startswith(remedy)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not value or value in remedy or value not in sentence


@pytest.mark.parametrize(
    "address", ["tcp://localhost:8786", "tcp://127.0.0.2:8786", "tcp://[::1]:8786"]
)
def test_a_cluster_on_this_machine_needs_no_tls(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("ENGINE", address)
    assert AccountSettings.load().engine == address


def test_a_cluster_elsewhere_needs_all_files_of_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("ENGINE", "tls://cluster.example:8786")
    for name in ("CA", "CERT", "KEY"):
        with pytest.raises(SettingsError, match=r"^ENGINE needs .*\.$"):
            AccountSettings.load()
        Path(name).touch()
        monkeypatch.setenv(f"CLUSTER_{name}", name)
    assert AccountSettings.load().cluster_key == Path("KEY")


def test_a_file_that_is_not_text_is_explained_in_one_sentence() -> None:
    Path(".env").write_text(f"DISCORD_TOKEN={TOKEN}", encoding="utf-16")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read: 'utf-8' codec .*\.$"):
        AccountSettings.load()


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:{PASSWORD}@host/name")
    settings = AccountSettings.load()
    assert settings.discord_token.get_secret_value() == TOKEN
    assert PASSWORD in settings.database_url.get_secret_value()
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in shown
    assert PASSWORD not in shown


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().colors = 3


def test_the_example_file_lists_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    example = dotenv_values(EXAMPLE)
    assert {name.lower() for name in example} == set(AccountSettings.model_fields)
    defaults = AccountSettings.load()
    Path(".env").write_bytes(EXAMPLE.read_bytes())
    assert AccountSettings.load() == defaults
