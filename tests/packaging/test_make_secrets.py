"""deploy/make-secrets.sh: passwords that fit together, and a certificate for both ends."""

import shutil
import ssl
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

CLIENT, SERVER = ssl.Purpose.SERVER_AUTH, ssl.Purpose.CLIENT_AUTH  # named for what they check
SCRIPT = Path(__file__).parents[2] / "deploy" / "make-secrets.sh"

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def run(folder: Path) -> subprocess.CompletedProcess[bytes]:
    script = folder / SCRIPT.name
    shutil.copy(SCRIPT, script)
    return subprocess.run([script], capture_output=True, timeout=60, check=False)  # noqa: S603, ours


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deploy")
    run(folder).check_returncode()
    return folder / "secrets"


def test_the_bot_knows_the_password_of_the_database(secrets: Path) -> None:
    url = make_url((secrets / "database_url").read_text())
    assert url.password == (secrets / "postgres_password").read_text()
    assert (url.drivername, url.username, url.host, url.database) == (
        "postgresql",
        "hueharvest",
        "postgres",
        "hueharvest",
    )


def test_nobody_else_on_the_machine_can_read_what_any_container_can(secrets: Path) -> None:
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    for path in secrets.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o444)
    assert not list(secrets.rglob("ca.key"))


def test_the_ends_of_the_cluster_know_one_another(secrets: Path) -> None:
    handshake(context(secrets, CLIENT), context(secrets, SERVER))


def test_the_key_of_another_cluster_is_refused(secrets: Path, tmp_path: Path) -> None:
    run(tmp_path).check_returncode()
    with pytest.raises(ssl.SSLError):
        handshake(context(tmp_path / "secrets", CLIENT), context(secrets, SERVER))


def test_only_what_is_missing_is_made(secrets: Path) -> None:
    before = contents(secrets)
    run(secrets.parent).check_returncode()
    assert contents(secrets) == before
    shutil.rmtree(secrets / "tls")
    run(secrets.parent).check_returncode()
    changed = {path for path, content in contents(secrets).items() if content != before[path]}
    assert changed == {secrets / "tls" / name for name in ("ca.pem", "cluster.pem", "cluster.key")}


def contents(secrets: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}


def context(secrets: Path, purpose: ssl.Purpose) -> ssl.SSLContext:
    made = ssl.create_default_context(purpose, cafile=str(secrets / "tls" / "ca.pem"))
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    made.load_cert_chain(secrets / "tls" / "cluster.pem", secrets / "tls" / "cluster.key")
    return made


def handshake(client: ssl.SSLContext, server: ssl.SSLContext) -> None:
    """Connect two ends in memory. Raises ``ssl.SSLError`` if one refuses the other."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(to_client, to_server, server_hostname="scheduler"),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):  # each waits for the other several times
        for end in ends:
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    assert all(end.version() for end in ends)
