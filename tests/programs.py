"""Programs outside of Python that some tests ask for a second opinion.

A test that needs one is skipped where it is not installed, and fails there instead if
``PERFXL_REQUIRE_ALL=1`` is set.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

LIMIT = 120


def _missing(name: str) -> None:
    if os.environ.get("PERFXL_REQUIRE_ALL") == "1":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


def _validator_command() -> list[str] | None:
    given = os.environ.get("PERFXL_OOXML_VALIDATOR")
    if given:
        return [given]
    found = shutil.which("ooxml-validator")
    if found:
        return [found]
    if not shutil.which("npx"):
        return None
    command = ["npx", "--no-install", "ooxml-validator"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT, check=False)
    except OSError:
        return None
    # Without the package npx refuses; with it the validator asks for a file.
    return None if b"npm" in done.stderr.lower() else command


def validator_errors(path: Path) -> set[tuple[str, str]]:
    """What Microsoft's validator finds in a file: part and description of each error."""
    command = _validator_command()
    if command is None:
        _missing("ooxml-validator")
    done = subprocess.run(
        [*command, str(path)], capture_output=True, timeout=LIMIT, check=False, text=True
    )
    found = json.loads(done.stdout)
    return {(_part(error), error["description"]) for error in found["errors"]}


def _part(error) -> str:
    path = error["path"]
    return path if isinstance(path, str) else json.dumps(path)


def libreoffice(path: Path, target: str, folder: Path) -> Path:
    """A file converted by LibreOffice under a profile of its own: ``pdf``, ``xlsx``, ``fods``."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        _missing("LibreOffice")
    profile = (folder / "profile").absolute().as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(path),
        ],
        capture_output=True,
        timeout=LIMIT,
        check=True,
    )
    return folder / f"{path.stem}.{target.partition(':')[0]}"


def pages_of(paths: list[Path]) -> list[int]:
    """How many pages each workbook prints, by LibreOffice; all in one go, its start takes longest."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        _missing("LibreOffice")
    folder = paths[0].parent
    profile = (folder / "profile").absolute().as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, paths)],
        capture_output=True, timeout=LIMIT, check=True,
    )  # fmt: skip
    pages = re.compile(rb"/Type\s*/Page\b")
    return [len(pages.findall(path.with_suffix(".pdf").read_bytes())) for path in paths]


@contextmanager
def postgresql() -> Iterator[str]:
    """A new, empty database of the server that PERFXL_TEST_POSTGRESQL names, by its URL."""
    server = os.environ.get("PERFXL_TEST_POSTGRESQL")
    if not server:
        _missing("PostgreSQL (PERFXL_TEST_POSTGRESQL)")
    from sqlalchemy import create_engine, make_url, text

    name = f"perfxl_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


class Server:
    """A PostgreSQL of its own, through a socket in a folder, that a test may kill and start again."""

    def __init__(self, folder: Path) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
        found = shutil.which("pg_ctl") or (programs and str(programs[-1]))
        if not found or (os.getuid() == 0 and not shutil.which("runuser")):
            _missing("PostgreSQL")
        self._programs = Path(found).resolve().parent
        self.folder = folder
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        self._do("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def _do(self, program: str, *arguments: str) -> None:
        # It refuses to run as root.
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(
            [*owner, str(self._programs / program), *arguments], cwd=self.folder, check=True,
            timeout=LIMIT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self._do("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def kill(self) -> None:
        """End it as a power failure would."""
        self._do("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"


@contextmanager
def own_server() -> Iterator[Server]:
    """A PostgreSQL that a test may kill; it goes with the test."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # the name of a socket may not be long
        folder = Path(name)
        folder.chmod(0o755)
        server = Server(folder)
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):
                server.kill()


def screenshot(page: Path, target: Path, *, size: str = "1200,1000") -> Path:
    """A picture of a page as Chromium shows it, under a profile of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _missing("chromium")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", f"--user-data-dir={profile}", f"--window-size={size}",
                f"--screenshot={target}", page.as_uri(),
            ],
            capture_output=True, timeout=LIMIT, check=True,
        )  # fmt: skip
    return target
