"""Settings come from the environment; what is wrong with them is explained in one sentence."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import AccountSettings, Listen, Rate, Settings, SettingsError
from bot.shards import format_shards, parse_shards
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


def test_secrets_can_be_in_files_of_their_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "discord_token").write_text(f"{TOKEN}\n", encoding="utf-8")
    (folder / "database_url").write_text(f"postgresql://a:{PASSWORD}@b/c\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    monkeypatch.setenv("DATABASE_URL", "")  # as .env.example says where there is none
    settings = AccountSettings.load()
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.database_url.get_secret_value() == f"postgresql://a:{PASSWORD}@b/c"
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    assert AccountSettings.load().database_url.get_secret_value() == "sqlite://"


def test_a_folder_of_secrets_that_is_missing_is_explained_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match=r"^The settings cannot be read: .*missing.*\.$"):
        AccountSettings.load()


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
        ("SHARD_COUNT", "0", "SHARD_COUNT should be greater than or equal to 1."),
        ("DISCORD_API", "nirn", "DISCORD_API should be a valid URL"),
        ("METRICS_PORT", "0", "METRICS_PORT should be greater than or equal to 1."),
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
    ("text", "shards"),
    [("0", (0,)), ("0-3,8", (0, 1, 2, 3, 8)), (" 8 , 2 - 3 ,15", (2, 3, 8, 15))],
)
def test_shards_are_numbers_and_ranges(
    monkeypatch: pytest.MonkeyPatch, text: str, shards: tuple[int, ...]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("SHARD_COUNT", "16")
    monkeypatch.setenv("SHARD_IDS", text)
    assert AccountSettings.load().shard_ids == shards
    assert parse_shards(format_shards(shards), 16) == shards


@pytest.mark.parametrize(
    ("count", "ids", "sentence"),
    [
        ("", "0", "SHARD_IDS needs SHARD_COUNT, the number of shards in all processes together."),
        ("some", "0", "SHARD_COUNT should be a valid integer, unable to parse string as an integ"),
        ("4", "0-4", "SHARD_IDS should be less than SHARD_COUNT, so at most 3."),
        ("4", "0-999999999", "SHARD_IDS should be less than SHARD_COUNT, so at most 3."),
        ("4", "0-2,1", "SHARD_IDS should name each shard once."),
        ("4", "3-0", "SHARD_IDS should be shards such as 0-3,8."),
        ("4", "-1", "SHARD_IDS should be shards such as 0-3,8."),
        ("4", "0,,1", "SHARD_IDS should be shards such as 0-3,8."),
        ("4", "first", "SHARD_IDS should be shards such as 0-3,8."),
    ],
)
def test_wrong_shards_are_explained_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, count: str, ids: str, sentence: str
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("SHARD_COUNT", count)
    monkeypatch.setenv("SHARD_IDS", ids)
    with pytest.raises(SettingsError) as raised:
        AccountSettings.load()
    assert str(raised.value).startswith(sentence)
    assert str(raised.value).count(".") == 1


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
