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
from contextlib import contextmanager
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
